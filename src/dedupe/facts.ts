import ISBN from "isbn3";
import { type CommonRecord, fromStored, type StoredRecord } from "../record/common-record.ts";
import { foldKey } from "../vietnamese/fold.ts";
import { editionOf } from "./edition.ts";
import { isBooklet, kindOf, levelOf } from "./kind.ts";
import { isTitleOf, partNumber, partOf, type Title, titlesOf } from "./title.ts";
import { type Words, wordsOf } from "./words.ts";

/** What is compared of a record. Empty and `null`: it does not tell. */
export interface MatchFacts {
  /** Lower case. */
  readonly dois: readonly string[];
  /** Thirteen digits. That of the book that an article or chapter stands in is none of its own. */
  readonly isbns: readonly string[];
  readonly titles: readonly Title[];
  /** The number of the volume or part. */
  readonly part: string | null;
  readonly authors: readonly Words[];
  readonly hasCorporateAuthor: boolean;
  readonly translators: readonly Words[];
  readonly year: number | null;
  readonly languages: readonly string[];
  readonly kind: string | null;
  readonly level: string | null;
  readonly booklet: boolean;
  /** Folded: who granted the degree, who published it. */
  readonly institutions: readonly string[];
  readonly pages: number | null;
  readonly edition: string | null;
  /** Volume and issue of the periodical, e.g. `12/3`; only where both are known they name one place. */
  readonly issue: string | null;
  /** `folded title of the series\nnumber` */
  readonly seriesNumbers: readonly string[];
}

type Agent = CommonRecord["creators"][number];

/** Numbers before "tr.", "trang", "p.", "pages", "s."; the longest sequence counts. */
const PAGES = /(\d+)\s*(?:tr|trang|p|pp|pages?|s)\b/giu;
/** "H." is Hà Nội, a place; half of all institutions are some "Đại học". */
const NO_INSTITUTION = /^(?:.{0,2}|dai hoc|dai hoc quoc gia|hoc vien|cao dang)$/;
const PARTS_OF_BOOKS = ["article", "contribution"];

/** Reads what is compared out of a published record. */
export function matchFacts(stored: StoredRecord): MatchFacts {
  const record = fromStored(stored);
  const titles = titlesOf(record);
  const kind = kindOf(record);
  const rawType = foldKey(record.resourceType?.raw ?? "");
  const names = [rawType, ...titles.map(({ whole }) => whole.folded)];
  return {
    dois: identifiers(record, "DOI").map((value) => value.toLowerCase()),
    isbns: PARTS_OF_BOOKS.includes(kind ?? "")
      ? []
      : identifiers(record, "ISBN").flatMap((value) => ISBN.asIsbn13(value) ?? []),
    titles,
    part: partOf(titles, record.series),
    authors: namesOf(record.creators.filter(({ nameType }) => nameType !== "organizational")),
    hasCorporateAuthor: record.creators.some(({ nameType }) => nameType === "organizational"),
    translators: namesOf(record.contributors.filter(({ role }) => role === "trl")),
    year: yearOf(record),
    languages: record.languages,
    kind,
    level: levelOf(record),
    booklet: names.some(isBooklet),
    institutions: institutionsOf(record),
    pages: pagesOf(record.extents),
    edition: editionOf(record.edition),
    issue: issueOf(record),
    seriesNumbers: record.series.flatMap(({ title, number }) =>
      number === undefined || isTitleOf(titles, title) ? [] : [`${foldKey(title)}\n${partNumber(number)}`],
    ),
  };
}

/** A handle is no key: three universities of Vietnam use the prefix that DSpace is delivered with. */
function identifiers(record: CommonRecord, scheme: "DOI" | "ISBN"): readonly string[] {
  const all = [record.identifier ?? [], record.alternateIdentifiers].flat();
  const valid = all.filter((identifier) => identifier.scheme === scheme && identifier.invalid !== true);
  return [...new Set(valid.map(({ value }) => value))];
}

function namesOf(agents: readonly Agent[]): readonly Words[] {
  return agents.flatMap(({ name }) => wordsOf(name) ?? []);
}

/** A decade, a century or a range is no year. */
function yearOf({ issued }: CommonRecord): number | null {
  if (issued === null || !["day", "month", "year"].includes(issued.precision)) return null;
  const year = /^\d{4}/.exec(issued.value)?.[0];
  return year === undefined ? null : Number(year);
}

function pagesOf(extents: readonly string[]): number | null {
  const counts = extents.flatMap((extent) => [...extent.matchAll(PAGES)].map((match) => Number(match[1])));
  return counts.length === 0 ? null : Math.max(...counts);
}

function issueOf({ host }: CommonRecord): string | null {
  const { volume, issue } = host ?? {};
  return volume === undefined || issue === undefined ? null : `${foldKey(volume)}/${foldKey(issue)}`;
}

function institutionsOf({ thesis, publishers }: CommonRecord): readonly string[] {
  const names = [thesis?.grantor?.name ?? [], publishers.map(({ name }) => name)].flat();
  return [...new Set(names.map(institutionKey).filter((key) => !NO_INSTITUTION.test(key)))];
}

/** "Trường ĐH Thủy lợi" and "Đại học Thủy lợi" are one, "Nxb. Giáo dục" and "Nhà xuất bản Giáo dục" too. */
function institutionKey(name: string): string {
  return foldKey(name)
    .replace(/^(?:dhqg)\b/, "dai hoc quoc gia")
    .replace(/\b(?:dh)\b/g, "dai hoc")
    .replace(/^truong (?=dai hoc|hoc vien|cao dang)/, "")
    .replace(/^(?:nxb|nha xuat ban) /, "");
}
