import type { MatchFacts } from "./facts.ts";
import type { Reason, ReasonCode } from "./reason-texts.ts";
import type { Title } from "./title.ts";
import { compareWords } from "./words.ts";

const ARABIC = /(?<![\p{L}\p{M}\p{N}])\d+(?![\p{L}\p{M}\p{N}])/gu;
const ROMAN = /(?<![\p{L}\p{M}\p{N}])[ivx]+(?![\p{L}\p{M}\p{N}])/gu;

/** What titles say: whether they are the same in some form, and whether they name different volumes. */
export function compareTitles(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  const [mainA, mainB] = [mainOf(a), mainOf(b)];
  if (mainA === null || mainB === null) return [];
  const say = (code: ReasonCode): Reason => ({ code, a: mainA.whole.text.trim(), b: mainB.whole.text.trim() });
  return [...comparedParts(a.part, b.part), say(likeness(a, b, mainA, mainB))];
}

function mainOf({ titles }: MatchFacts): Title | null {
  return titles.find(({ main }) => main) ?? null;
}

function likeness(a: MatchFacts, b: MatchFacts, mainA: Title, mainB: Title): ReasonCode {
  const whole = compareWords(mainA.whole, mainB.whole);
  if (whole === "same") return "title-same";
  if (a.titles.some((one) => b.titles.some((other) => isVariant(one, other)))) return "title-variant";
  if (whole === "marks-differ" || compareWords(mainA.proper, mainB.proper) === "marks-differ")
    return "title-marks-differ";
  return shapeOf(mainA) === shapeOf(mainB) ? "title-number-differs" : "title-differs";
}

/** Two forms of one title, or one that lacks the subtitle of the other; two subtitles make two titles. */
function isVariant(a: Title, b: Title): boolean {
  if (compareWords(a.whole, b.whole) === "same") return true;
  return (isWithoutRemainder(a) || isWithoutRemainder(b)) && compareWords(a.proper, b.proper) === "same";
}

function isWithoutRemainder({ proper, whole }: Title): boolean {
  return proper.folded === whole.folded;
}

/** The title with its numbers taken out: two of one shape that are not the same differ in a number only. */
function shapeOf({ whole }: Title): string {
  return whole.marked.replace(ARABIC, "#").replace(ROMAN, "@");
}

function comparedParts(a: string | null, b: string | null): readonly Reason[] {
  if (a === b) return [];
  if (a === null || b === null) return [{ code: "part-once", a: a ?? b ?? "", b: "" }];
  return [{ code: "part-differs", a, b }];
}
