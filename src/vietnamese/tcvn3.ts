import { isSyllable } from "./syllable.ts";

/** The letters of TCVN 5712-3 (ABC) from byte A1 to FE, a full stop where there is none: `mappings/tables/tcvn3.tsv`. */
const LETTERS = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";
const FIRST = 0xa1;
const SOFT_HYPHEN = "\u00ad";

/** What the bytes look like in windows-1252 → letters. PDF makes a minus sign of the soft hyphen, NFKC a mu of the micro sign. */
export const TCVN3: ReadonlyMap<string, string> = new Map([
  ...[...LETTERS].flatMap((letter, index): [string, string][] =>
    letter === "." ? [] : [[String.fromCharCode(FIRST + index), letter]],
  ),
  ["\u2212", "ư"],
  ["\u03bc", "à"],
]);

/** More hyphens than that are a list of words, none of them a lost letter. */
const MOST_HYPHENS = 4;

/**
 * The readings of a word with hyphens: some programs wrote a hyphen for the soft one, which is `ư`. The hyphens that
 * are none are soft ones in the first reading that makes syllables only ("tr-êng" is "trường", "Hµ-Néi" stays two words);
 * where no reading does, they stay.
 */
export function withSoftHyphens(word: string, decode: (part: string) => string): string {
  const [first = "", ...rest] = word.split("-");
  if (rest.length === 0 || rest.length > MOST_HYPHENS) return word;
  for (let choice = 0; choice < 1 << rest.length; choice += 1) {
    const reading = rest.reduce(
      (read, part, index) => `${read}${(choice >> index) & 1 ? SOFT_HYPHEN : "-"}${part}`,
      first,
    );
    if (reading.split("-").every((part) => isSyllable(decode(part)))) return reading;
  }
  return word;
}
