import { withNewTones } from "./tone-placement.ts";

const MARKS = /\p{M}+/gu;
const NOT_LETTERS = /[^\p{L}\p{N}]+/gu;
/** A syllable that ends in an only vowel y may be written with i: "kỹ" and "kĩ", "quý" and "quí" are the same word. */
const FINAL_Y = /\b(b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)y\b/g;

/**
 * The form in which phrases are compared, and the `key` column of the tables: lower case, no diacritics, `đ` as `d`,
 * anything but letters and digits as one blank, final y as i. For looking up and searching, never a unique key: different
 * words fold to the same form.
 */
export function foldKey(text: string): string {
  return text
    .normalize("NFD")
    .replace(MARKS, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replace(NOT_LETTERS, " ")
    .trim()
    .replace(FINAL_Y, "$1i");
}

/** The same with marks, on composed text. */
const FINAL_Y_WITH_TONE =
  /(?<!\p{L})(b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)([yýỳỷỹỵ])(?!\p{L})/gu;
const I_OF_Y: Readonly<Record<string, string>> = { y: "i", ý: "í", ỳ: "ì", ỷ: "ỉ", ỹ: "ĩ", ỵ: "ị" };

/**
 * The form in which phrases are compared that were typed with marks: as `foldKey`, but the marks stay. Where the tone of "hoà"
 * and "hòa" stands and whether "kỹ" is written "kĩ" says nothing; "dương" and "đường" are different words.
 */
export function markedKey(text: string): string {
  return withNewTones(text.normalize("NFC").toLowerCase())
    .replace(NOT_LETTERS, " ")
    .trim()
    .replace(FINAL_Y_WITH_TONE, (_, onset: string, y: string) => `${onset}${I_OF_Y[y] ?? y}`);
}
