import { foldKey } from "../vietnamese/fold.ts";
import { levelOfMajorCode } from "./degree-level.ts";
import { type Memory, remembered } from "./remembered.ts";
import type { ThesisLevel } from "./resource-types.ts";

/** What a note about a thesis says: "Luận văn thạc sĩ Khoa học máy tính: 60480101". */
export interface ThesisNote {
  /** The words that name the work: "Luận văn thạc sĩ". */
  readonly phrase: string;
  readonly level: ThesisLevel | null;
  readonly degreeName: string | null;
  readonly discipline: { readonly label: string; readonly code?: string } | null;
}

const WORK = /^((?:tóm tắt )?(?:luận án|luận văn|khóa luận|khoá luận|đồ án))(?![\p{L}])/iu;
const DEGREE =
  /^ ?(tiến s[ĩỹ](?: khoa học)?|phó tiến s[ĩỹ]|thạc s[ĩỹ]|cao học|sau đại học|bác s[ĩỹ] nội trú|chuyên khoa (?:cấp )?(?:II|I|2|1)|tốt nghiệp(?: đại học)?|đại học|cử nhân|kỹ sư|TSKH|TS|PTS|ThS|Th\.S|CKII|CKI|BSNT)(?!\p{L})\.?/iu;
const CODE =
  /[\s.:;,(–-]*(?:(?:chuyên ngành|ngành)\s*:?\s*)?(?:mã (?:số|ngành))?\s*:?\s*(\d{2}(?:[ .]?\d{2}){2,3}|\d{7})\)?\.?$/iu;
const FIELD = /^[\s.:;,–-]*(?:(?:thuộc )?(?:chuyên ngành|ngành)\s*:?\s*)?/iu;
/** What follows the discipline in the notes of national universities: "… -- Trường Đại học Kinh tế, 2010". */
const TAIL = /\s*(?:--| – | - |\().*$/;
/** How a note goes on after its first words: "Luận văn thạc sĩ này nghiên cứu …" goes on otherwise, it is an abstract. */
const GOES_ON = /^ ?(?:$|--|[:.,;(–-]|(?:thuộc )?(?:chuyên ngành|ngành)(?!\p{L})|\p{Lu})/u;
const SAYS_FIELD = /^ ?(?:thuộc )?(?:chuyên ngành|ngành)(?!\p{L})/u;
const MAX_LENGTH = 300;
/** The theses of a programme have the same note; titles of theses have none. */
const NOTES: Memory = { entries: 1_000, longest: 120 };
const MAX_DISCIPLINE_LENGTH = 100;

/** Degree words, folded, with the level they mean; medical specialists and residents have a level of their own. */
const LEVELS: readonly (readonly [words: RegExp, level: ThesisLevel])[] = [
  [/^(?:pho )?tien si|^tskh$|^p?ts$/, "doctoral"],
  [/^thac si|^cao hoc|^sau dai hoc|^ths$|^th s$/, "master"],
  [/^chuyen khoa|^bac si noi tru|^cki|^bsnt/, "other"],
  [/^tot nghiep|^dai hoc|^cu nhan|^ki su/, "bachelor"],
];

/** Reads a note about a thesis, or `null` where the text does not begin with the name of one or goes on as prose. */
export function readThesisNote(text: string): ThesisNote | null {
  return text.length > MAX_LENGTH || !WORK.test(text) ? null : noteOf(text);
}

const noteOf = remembered((text: string): ThesisNote | null => {
  const work = WORK.exec(text);
  if (work === null) return null;
  const degree = DEGREE.exec(text.slice(work[0].length));
  const phrase = text.slice(0, work[0].length + (degree?.[0].length ?? 0)).replace(/[ .]+$/, "");
  const rest = text.slice(work[0].length + (degree?.[0].length ?? 0));
  const code = CODE.exec(rest);
  const isNote = degree === null ? code !== null || SAYS_FIELD.test(rest) : GOES_ON.test(rest);
  if (!isNote) return null;
  const level = levelOf(work[1] ?? "", degree?.[1] ?? null) ?? (code === null ? null : levelOfMajorCode(code[1] ?? ""));
  return { phrase, level, degreeName: degree?.[1] ?? null, discipline: disciplineOf(rest, code) };
}, NOTES);

function levelOf(work: string, degree: string | null): ThesisLevel | null {
  const key = foldKey(degree ?? "");
  const level = LEVELS.find(([words]) => words.test(key))?.[1];
  if (level !== undefined) return level;
  const name = foldKey(work);
  if (name.endsWith("luan an")) return "doctoral";
  return name.endsWith("khoa luan") || name.endsWith("do an") ? "bachelor" : null;
}

function disciplineOf(rest: string, code: RegExpExecArray | null): ThesisNote["discipline"] {
  const before = code === null ? rest : rest.slice(0, code.index);
  const label = before
    .replace(FIELD, "")
    .replace(TAIL, "")
    .replace(/[\s.:;,–-]+$/, "");
  if (label === "" || label.length > MAX_DISCIPLINE_LENGTH) return null;
  const digits = code?.[1];
  return digits === undefined ? { label } : { label, code: digits };
}
