import type { CommonRecord } from "../record/common-record.ts";
import { foldKey } from "../vietnamese/fold.ts";
import { type Words, wordsOf } from "./words.ts";

/** A title taken apart. */
export interface Title {
  /** Without the remainder and the number of the part. */
  readonly proper: Words;
  /** All of it but the number of the part. */
  readonly whole: Words;
  /** The number of the volume or part, `1` for "Tập 1", "T. I" and "Vol. 1". */
  readonly part: string | null;
  readonly main: boolean;
}

const ARABIC_PART = /(?<!\p{L})(?:tập|tap|quyển|quyen|phần|phan|vol(?:ume)?\.?|part|t\.|q\.)\s*(\d+)(?![\p{L}\d])/iu;
/** In capitals "BÀI TẬP VI XỬ LÝ" would be the sixth volume of exercises: there only digits are read. */
const ROMAN_PART =
  /(?<!\p{L})(?:[Tt]ập|[Qq]uyển|[Pp]hần|[Vv]ol(?:ume)?\.?|[Pp]art|[TtQq]\.)\s*([IVX]{1,6})(?![\p{L}\d])/u;
const ROMAN_VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
/** ISBD writes " : " before other title information; repositories also write ": ". */
const REMAINDER = /\s*:\s+/u;
/** Other forms of a title are compared where they are long enough to tell something. */
const TELLING_SYLLABLES = 4;

/** All titles of a record: the main one with its subtitle, and other forms of it in any language. */
export function titlesOf(record: CommonRecord): readonly Title[] {
  const subtitle = record.titles.find(({ type }) => type === "subtitle")?.value;
  return record.titles.flatMap(({ type, value }) => {
    if (type === "subtitle") return [];
    const main = type === "main";
    const title = titleOf(main && subtitle !== undefined ? `${value} : ${subtitle}` : value, main);
    return title !== null && (main || title.whole.folded.split(" ").length >= TELLING_SYLLABLES) ? [title] : [];
  });
}

function titleOf(text: string, main: boolean): Title | null {
  const found = ARABIC_PART.exec(text) ?? ROMAN_PART.exec(text);
  const rest = found === null ? text : `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
  const whole = wordsOf(rest);
  if (whole === null) return null;
  return {
    proper: wordsOf(rest.split(REMAINDER)[0] ?? "") ?? whole,
    whole,
    part: found === null ? null : partNumber(found[1] ?? ""),
    main,
  };
}

/**
 * The number of the volume: that in the title, or in a series that has the title of the book itself, as Koha's users write
 * it (`490 $a Mạ điện $v T. II`).
 */
export function partOf(titles: readonly Title[], series: CommonRecord["series"]): string | null {
  const main = titles.find((title) => title.main);
  if (main === undefined || main.part !== null) return main?.part ?? null;
  const own = series.find(({ title }) => isTitleOf(titles, title))?.number;
  return own === undefined ? null : partNumber(own);
}

/** Whether a series is nothing but the book itself. */
export function isTitleOf(titles: readonly Title[], series: string): boolean {
  const title = titleOf(series, false);
  return titles.some(({ main, whole }) => main && title !== null && whole.folded === title.whole.folded);
}

/** `2` for "T.02", "2", "Q. II" and "t. ii"; what has no number as it is, folded. */
export function partNumber(text: string): string {
  const digits = /\d+/.exec(text)?.[0];
  if (digits !== undefined) return String(Number(digits));
  const roman = /(?<!\p{L})[IVX]+(?!\p{L})/iu.exec(text)?.[0];
  if (roman === undefined) return foldKey(text);
  const values = [...roman.toUpperCase()].map((letter) => ROMAN_VALUES[letter] ?? 0);
  return String(values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0));
}
