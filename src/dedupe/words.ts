import { foldKey, markedKey } from "../vietnamese/fold.ts";

/** A phrase as it is compared: typed with marks or without. */
export interface Words {
  readonly text: string;
  /** Without marks. */
  readonly folded: string;
  /** With them, the tone behind its syllable; the same as `folded` where it was typed without. */
  readonly marked: string;
}

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;

export type Likeness = "same" | "marks-differ" | "different";

/** A phrase in the forms in which it is compared, or `null` where it has neither letter nor digit. */
export function wordsOf(text: string): Words | null {
  const folded = foldKey(text);
  return folded === "" ? null : { text, folded, marked: tonesBehind(markedKey(text)) };
}

/** Catalogues put tones on wrong letters, "quy họach", "tòan tập", and mean the same words: a syllable has one tone. */
function tonesBehind(marked: string): string {
  const syllables = marked.normalize("NFD").split(" ");
  return syllables.map((one) => one.replace(TONE, "") + (one.match(TONE) ?? []).join("")).join(" ");
}

/**
 * "Kinh te hoc" is "Kinh tế học" typed without marks; "Nguyễn Văn Dũng" and "Nguyễn Văn Dụng", both with marks, are two
 * people.
 */
export function compareWords(a: Words, b: Words): Likeness {
  if (a.folded !== b.folded) return "different";
  const oneIsUnmarked = a.marked === a.folded || b.marked === b.folded;
  return oneIsUnmarked || a.marked === b.marked ? "same" : "marks-differ";
}
