import type { MatchFacts } from "./facts.ts";
import type { Reason } from "./reason-texts.ts";
import { compareWords, type Likeness, type Words } from "./words.ts";

/** What names say: authors and translators. */
export function compareAgents(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  return [...comparedAuthors(a, b), ...comparedTranslators(a, b)];
}

/** People whom a body stands against may have written for it. */
function comparedAuthors(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  const same = findPair(a.authors, b.authors, (one, other) => compareNames(one, other) === "same");
  if (same !== null) return [{ code: "author-same", a: same[0].text, b: same[1].text }];
  const [first, other] = [a.authors[0], b.authors[0]];
  if (first === undefined || other === undefined) return [];
  const unlike = a.hasCorporateAuthor || b.hasCorporateAuthor || findPair(a.authors, b.authors, mayBeInitials) !== null;
  return [{ code: unlike ? "author-unlike" : "author-differs", a: first.text, b: other.text }];
}

function comparedTranslators(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  const [first, other] = [a.translators[0], b.translators[0]];
  if (first === undefined || other === undefined) return [];
  const same = findPair(a.translators, b.translators, (one, two) => compareNames(one, two) === "same");
  return same === null ? [{ code: "translator-differs", a: first.text, b: other.text }] : [];
}

/** A name in the order of Vietnam, turned round, or with the family name put last; other orders are other people. */
function compareNames(a: Words, b: Words): Likeness {
  const orders = [
    b,
    reordered(b, (words) => [...words].reverse()),
    reordered(b, familyLast),
    reordered(b, familyFirst),
  ];
  return orders.some((order) => compareWords(a, order) === "same") ? "same" : compareWords(a, b);
}

function reordered({ text, folded, marked }: Words, order: (words: readonly string[]) => readonly string[]): Words {
  return { text, folded: order(folded.split(" ")).join(" "), marked: order(marked.split(" ")).join(" ") };
}

function familyLast(words: readonly string[]): readonly string[] {
  return [...words.slice(1), ...words.slice(0, 1)];
}

function familyFirst(words: readonly string[]): readonly string[] {
  return [...words.slice(-1), ...words.slice(0, -1)];
}

/** "Nguyễn M. Đ." may be "Nguyễn Mai Đăng". */
function mayBeInitials(a: Words, b: Words): boolean {
  const [one, other] = [a.folded.split(" "), b.folded.split(" ")];
  if (one.length !== other.length) return false;
  const pairs = one.map((word, at) => [word, other[at] ?? ""] as const);
  return (
    pairs.some(([x, y]) => x === y && x.length > 1) &&
    pairs.some(([x, y]) => x !== y) &&
    pairs.every(([x, y]) => x === y || (Math.min(x.length, y.length) === 1 && x[0] === y[0]))
  );
}

function findPair(
  a: readonly Words[],
  b: readonly Words[],
  holds: (one: Words, other: Words) => boolean,
): readonly [Words, Words] | null {
  for (const one of a) {
    for (const other of b) if (holds(one, other)) return [one, other];
  }
  return null;
}
