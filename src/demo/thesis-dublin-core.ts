import { disciplineNamed } from "./disciplines.ts";
import { invertName } from "./person-names.ts";
import { wrapDublinCore, writeElement } from "./sample-xml.ts";
import { nameOfWork, programmeCode, type Thesis, UNIVERSITY } from "./thesis.ts";

/** What the repository itself knows about a deposited thesis. */
export interface Deposit {
  readonly handle: string;
  /** The moment of accession, which DSpace writes into dc:date, twice and first. */
  readonly accession: string;
  /** Depositors fill in the same form differently; this number says in which of the ways. */
  readonly habit: number;
}

const LANGUAGES = ["vi", "vi_VN", "vi", "vi_VN", "vie"] as const;
const RIGHTS = [
  "http://creativecommons.org/licenses/by-nc-nd/4.0/",
  "Attribution-NonCommercial-NoDerivatives 4.0 International",
  "Toàn văn chỉ phục vụ bạn đọc có tài khoản của nhà trường",
  `Bản quyền thuộc về tác giả và ${UNIVERSITY}`,
] as const;

/** The metadata of a thesis in the order, and with the peculiarities, of DSpace's oai_dc. */
export function writeThesisDublinCore(thesis: Thesis, deposit: Deposit): string {
  const elements: readonly (readonly [string, string])[] = [
    ["title", thesis.title],
    ...(thesis.titleInEnglish === undefined ? [] : [["title", thesis.titleInEnglish] as const]),
    ["creator", deposit.habit % 3 === 0 ? thesis.author : invertName(thesis.author)],
    ...thesis.advisors.map((advisor) => ["contributor", advisor] as const),
    ...subjectsOf(thesis, deposit).map((subject) => ["subject", subject] as const),
    ...descriptionsOf(thesis).map((description) => ["description", description] as const),
    ["date", deposit.accession],
    ["date", deposit.accession],
    ["date", String(thesis.year)],
    ["type", typeOf(thesis, deposit)],
    ["identifier", citationOf(thesis)],
    ["identifier", deposit.handle],
    ["language", LANGUAGES[deposit.habit % LANGUAGES.length] ?? "vi"],
    ["rights", RIGHTS[deposit.habit % RIGHTS.length] ?? RIGHTS[0]],
    ["format", `${thesis.pages} tr.`],
    ["format", "application/pdf"],
    ["publisher", UNIVERSITY],
  ];
  return wrapDublinCore(elements.map(([name, text]) => writeElement(`dc:${name}`, text)));
}

/** Some depositors put the class number among the keywords. */
function subjectsOf(thesis: Thesis, deposit: Deposit): readonly string[] {
  return deposit.habit % 7 === 0 ? [...thesis.keywords, disciplineNamed(thesis.discipline).ddc] : thesis.keywords;
}

function descriptionsOf(thesis: Thesis): string[] {
  const degree = `${nameOfWork(thesis.level)} ${thesis.discipline}: ${programmeCode(thesis)}`;
  return [thesis.abstract, thesis.abstractInEnglish ?? "", thesis.level === "đại học" ? "" : degree].filter(
    (description) => description !== "",
  );
}

function typeOf(thesis: Thesis, deposit: Deposit): string {
  return deposit.habit % 2 === 0 ? "Thesis" : nameOfWork(thesis.level);
}

/** "Nguyễn, T. M. H. (2019). …": what the reader is asked to cite. */
function citationOf(thesis: Thesis): string {
  const [family = "", names = ""] = invertName(thesis.author).split(", ");
  const initials = names
    .split(" ")
    .map((name) => `${name.slice(0, 1)}.`)
    .join(" ");
  return `${family}, ${initials} (${thesis.year}). ${thesis.title}. ${nameOfWork(thesis.level)}, ${UNIVERSITY}.`;
}
