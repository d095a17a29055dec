import { readRows } from "../../mappings/tables.ts";

/** How a letter of Unicode looks in text of a legacy encoding that was stored as windows-1252. */
export type Encoder = (text: string) => string;

/**
 * Encoders written from the tables alone: the inverse of each, the first row where a letter has several (VNI writes the mark
 * of a capital vowel in capitals, and now and then small). TCVN3 has no capitals with a tone: whoever typed them
 * used a font that shows small letters as capitals, so they are small letters in the text.
 */
export const ENCODERS = {
  tcvn3: encoder(inverse("tcvn3", "unicode", "seen_as_windows1252"), (letter) => letter.toLowerCase()),
  vni: encoder(inverse("vni", "unicode", "seen_as_windows1252")),
  viscii: encoder(inverse("viscii", "unicode", "seen_as_windows1252")),
  viqr: encoder(inverse("viqr", "unicode", "viqr")),
} satisfies Readonly<Record<string, Encoder>>;

function inverse(table: string, letter: string, written: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const row of readRows(table)) {
    const [from = "", to = ""] = [row[letter], row[written]];
    // the six letters of VISCII that are control characters cannot stand in XML
    if (!map.has(from) && !to.startsWith("U+00")) map.set(from, to);
  }
  return map;
}

function encoder(letters: ReadonlyMap<string, string>, otherwise = (letter: string) => letter): Encoder {
  const encode = (letter: string) => letters.get(letter) ?? letters.get(otherwise(letter)) ?? letter;
  return (text) => [...text].map(encode).join("");
}
