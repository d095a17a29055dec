import { isSyllable } from "./syllable.ts";

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
const WORD = /\p{L}+/gu;
/** One capital begins any name; two make a word in capitals. */
const CAPITALS = 2;

const SMALL_BEFORE_CAPITAL = /\p{Ll}.*\p{Lu}/u;

type Case = "capitals" | "small" | "open";

/**
 * Restores the capitals of a text whose encoding has none with tones: "TRƯờNG ĐạI HọC" is "TRƯỜNG ĐẠI HỌC". The letters
 * without a tone tell; a word that has too few of them ("Hà" in "Hà NộI") follows the words beside it.
 */
export function restoreCapitals(text: string): string {
  if (!/\p{Lu}/u.test(text)) return text;
  const words = [...text.matchAll(WORD)].map(([word]) => word);
  const cases = words.map(caseOf);
  let position = -1;
  return text.replace(WORD, (word) => {
    position += 1;
    const own = cases[position];
    const capitals = own === "capitals" || (own === "open" && isAmongCapitals(words, cases, position));
    return capitals ? word.toUpperCase() : word;
  });
}

/** Whether no small letter stands before a capital, letters with a tone left aside. */
export function hasUsualCase(word: string): boolean {
  return !SMALL_BEFORE_CAPITAL.test(withoutToned(word).join(""));
}

function withoutToned(word: string): readonly string[] {
  return [...word].filter((letter) => !TONE.test(letter.normalize("NFD")));
}

function caseOf(word: string): Case {
  const sure = withoutToned(word);
  if (sure.some((letter) => letter !== letter.toUpperCase())) return "small";
  return sure.length >= CAPITALS ? "capitals" : "open";
}

/** The nearest words that tell, on either side; an abbreviation ("UBND") tells nothing about its neighbours. */
function isAmongCapitals(words: readonly string[], cases: readonly Case[], position: number): boolean {
  const tells = (index: number) =>
    cases[index] === "small" || (cases[index] === "capitals" && isSyllable(words[index] ?? ""));
  const before = cases.findLastIndex((_, index) => index < position && tells(index));
  const after = cases.findIndex((_, index) => index > position && tells(index));
  const found = [before, after].flatMap((index) => cases[index] ?? []);
  return found.length > 0 && found.every((neighbour) => neighbour === "capitals");
}
