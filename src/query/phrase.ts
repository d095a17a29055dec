import { foldKey, markedKey } from "../vietnamese/fold.ts";

/** Words that are looked for, one behind the other. */
export interface Phrase {
  readonly folded: string;
  /** `null` where they were typed without marks: then the marks of a text do not matter. */
  readonly marked: string | null;
}

/** Characters are written without blanks: what is looked for may stand anywhere among them. */
const HAN = /^[\p{Script=Han} ]+$/u;

/** The phrase for a value of a condition; `null` where it has neither letters nor digits. */
export function readPhrase(value: string): Phrase | null {
  const folded = foldKey(value);
  if (folded === "") return null;
  if (HAN.test(folded)) return { folded, marked: null };
  const marked = markedKey(value);
  return { folded: bounded(folded), marked: marked === folded ? null : bounded(marked) };
}

/** A text of a record in which phrases are looked for. It is folded when the first one is. */
export class SearchedText {
  readonly #text: string;
  #folded: string | null = null;
  #marked: string | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Whole words, in whatever case. What was typed with marks is found with the same marks, and in texts that were typed without any:
   * "đường" is not found in "dương" but in "duong".
   */
  has({ folded, marked }: Phrase): boolean {
    this.#folded ??= bounded(foldKey(this.#text));
    // most texts are done here: what is not there without marks is not there with them
    if (!this.#folded.includes(folded)) return false;
    if (marked === null) return true;
    this.#marked ??= bounded(markedKey(this.#text));
    return this.#marked === this.#folded || this.#marked.includes(marked);
  }
}

/** With a blank on both sides whole words are found by looking for text. */
function bounded(key: string): string {
  return ` ${key} `;
}
