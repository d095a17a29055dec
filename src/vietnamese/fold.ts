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
  return (foldedLatin(text) ?? folded(text).replace(NOT_LETTERS, " ").trim()).replace(FINAL_Y, "$1i");
}

function folded(text: string): string {
  return text.normalize("NFD").replace(MARKS, "").toLowerCase().replaceAll("đ", "d");
}

/** Latin, Greek, Cyrillic … and the dashes and quotation marks. */
const TABLE_SIZE = 0x2100;
const MARK = 1;
const BLANK = 32;
let table: Uint8Array | null = null;
let space = new Uint8Array(1 << 14);

/**
 * The same for a text whose letters all fold to a-z, letter by letter: a tenth of the time, which tells where every text of a
 * record is folded. `null` where another letter is among them.
 */
function foldedLatin(text: string): string | null {
  table ??= foldTable();
  if (text.length > space.length) space = new Uint8Array(text.length);
  let end = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = table[text.charCodeAt(index)] ?? 0;
    if (code === 0) return null;
    if (code === MARK || (code === BLANK && (end === 0 || space[end - 1] === BLANK))) continue;
    space[end++] = code;
  }
  if (space[end - 1] === BLANK) end -= 1;
  return Buffer.from(space.buffer, 0, end).toString("latin1");
}

/** By character code: what it folds to, `BLANK` for what divides, `MARK` for what is left out, 0 for all that takes more than a table. */
function foldTable(): Uint8Array {
  return Uint8Array.from({ length: TABLE_SIZE }, (_, code) => {
    const letter = folded(String.fromCharCode(code));
    if (letter === "") return MARK;
    if (letter.replace(NOT_LETTERS, "") === "") return BLANK;
    return /^[a-z0-9]$/.test(letter) ? letter.charCodeAt(0) : 0;
  });
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
