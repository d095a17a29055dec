import type { MatchFacts } from "./facts.ts";

/** By what two records are brought together to be compared; none of it alone makes them the same. */
export type MatchKeyKind = "doi" | "isbn" | "title-author" | "title-institution";

/** One key of a record. */
export interface MatchKey {
  readonly kind: MatchKeyKind;
  readonly key: string;
}

/** The authors that are looked for; catalogues name three before they say "et al.". */
const AUTHORS = 3;

/**
 * The keys of a record, each once. Titles come without subtitle, number of the part and marks, names with their syllables
 * sorted, so that "Nguyễn, Mai Đăng" meets "Dang Mai Nguyen". The year is left to the verdict: many records have none.
 */
export function matchKeys(facts: MatchFacts): readonly MatchKey[] {
  const authors = facts.authors.slice(0, AUTHORS).map(({ folded }) => folded.split(" ").sort().join(" "));
  const titles = facts.titles.map(({ proper }) => proper.folded);
  const keys: readonly MatchKey[] = [
    ...facts.dois.map((key) => ({ kind: "doi", key }) as const),
    ...facts.isbns.map((key) => ({ kind: "isbn", key }) as const),
    ...pairs("title-author", titles, authors),
    ...pairs("title-institution", titles, facts.institutions),
  ];
  return [...new Map(keys.map((one) => [`${one.kind}\n${one.key}`, one])).values()];
}

function pairs(kind: MatchKeyKind, titles: readonly string[], others: readonly string[]): readonly MatchKey[] {
  return titles.flatMap((title) => others.map((other) => ({ kind, key: `${title}\n${other}` })));
}
