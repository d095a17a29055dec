import { foldKey } from "../vietnamese/fold.ts";

const ORDINALS: readonly (readonly string[])[] = [
  ["nhat", "mot", "first", "dau"],
  ["hai", "second"],
  ["ba", "third"],
  ["tu", "bon", "fourth"],
  ["nam", "fifth"],
];

/**
 * An edition statement in a form that can be compared: `edition 2` for "Xuất bản lần thứ hai" and "2nd ed.", `reprint 2` for
 * "Tái bản lần 2", its words where it has no number. `null` for none and for the first edition, which is seldom stated.
 */
export function editionOf(text: string | null): string | null {
  const folded = foldKey(text ?? "");
  if (folded === "") return null;
  const number = numberIn(folded);
  if (number === null) return folded;
  const reprint = /\btai ban\b/.test(folded);
  return number === 1 && !reprint ? null : `${reprint ? "reprint" : "edition"} ${number}`;
}

function numberIn(folded: string): number | null {
  const digits = /\b(\d{1,3})(?:st|nd|rd|th)?\b/.exec(folded)?.[1];
  if (digits !== undefined) return Number(digits);
  const word = /\blan (?:thu )?(\p{L}+)/u.exec(folded)?.[1] ?? /^(\p{L}+) ed/u.exec(folded)?.[1] ?? "";
  const found = ORDINALS.findIndex((words) => words.includes(word));
  return found < 0 ? null : found + 1;
}
