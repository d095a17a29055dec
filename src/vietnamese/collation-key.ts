/** The Vietnamese alphabet with the four letters of other languages in their Latin places. */
const ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/** No tone, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries (CLDR, locale `vi`). */
const TONES: readonly string[] = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"];
const HATS = /[\u0302\u0306\u031b]/;
const MARK = /\p{M}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const FIRST_PLACE = "A".charCodeAt(0);
/** Marks of other languages come behind the tones. */
const OTHER_MARK = TONES.length;
const BETWEEN_LEVELS = "\u0001";

/**
 * A key whose code units sort as the Vietnamese alphabet does, so that any database or program can sort by it: first by
 * letters (a ă â b c d đ …), where these are the same by tones, then small before capital. What is neither letter nor digit
 * counts as one blank. "Ăn" comes behind "Az", "đi" behind "dy", "bà ba" before "ba bò".
 */
export function collationKey(text: string): string {
  let [letters, tones, capitals] = ["", "", ""];
  for (const character of wordsOf(text)) {
    const small = character.toLowerCase();
    const { base, tone } = apart(small);
    letters += placeOf(base);
    tones += String(tone);
    capitals += small === character ? "0" : "1";
  }
  return [letters, tones.replace(/0+$/, ""), capitals.replace(/0+$/, "")].join(BETWEEN_LEVELS);
}

/** Letters and digits, composed, with one blank wherever there is something else between them. */
function wordsOf(text: string): string {
  let words = "";
  for (const character of text.normalize("NFC")) {
    if (LETTER_OR_DIGIT.test(character)) words += character;
    else if (MARK.test(character)) continue;
    else if (words !== "" && !words.endsWith(" ")) words += " ";
  }
  return words.trimEnd();
}

/** A letter of the alphabet and the place of its tone. */
function apart(letter: string): { readonly base: string; readonly tone: number } {
  const [plain = letter, ...marks] = letter.normalize("NFD");
  const hatted = `${plain}${marks.find((mark) => HATS.test(mark)) ?? ""}`.normalize("NFC");
  // î has a hat and is no letter of the alphabet
  const base = ALPHABET.includes(hatted) ? hatted : plain;
  const [mark = ""] = base === plain ? marks : marks.filter((each) => !HATS.test(each));
  const tone = TONES.indexOf(mark);
  return { base, tone: tone < 0 ? OTHER_MARK : tone };
}

/** Blanks and digits stand before all letters, letters of other scripts behind them. */
function placeOf(base: string): string {
  const place = ALPHABET.indexOf(base);
  return place < 0 ? base : String.fromCharCode(FIRST_PLACE + place);
}
