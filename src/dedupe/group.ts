/** How two records of a group stand to each other. */
export interface Relation {
  readonly answer: "same" | "different" | "unsure";
  /** Whom to join first: the lower, the surer. */
  readonly rank: number;
}

/** A group of at least two, by names, in their order. */
export type Group = readonly string[];

/**
 * Joins what is the same, surest pairs first, and never two groups of which one member is different from one of the other.
 * `names` must be what records keep for ever: their order alone decides between pairs that are equally sure, so that the
 * groups do not depend on the order in which records came.
 */
export function groupsOf(names: readonly string[], relationOf: (a: string, b: string) => Relation): readonly Group[] {
  const sorted = [...names].sort();
  const groups = new Map(sorted.map((name) => [name, [name]]));
  for (const { a, b } of samePairs(sorted, relationOf)) {
    const [one, other] = [groups.get(a) ?? [], groups.get(b) ?? []];
    if (one === other || one.some((x) => other.some((y) => relationOf(x, y).answer === "different"))) continue;
    const joined = [...one, ...other].sort();
    for (const name of joined) groups.set(name, joined);
  }
  return [...new Set(groups.values())].filter((group) => group.length > 1);
}

function samePairs(sorted: readonly string[], relationOf: (a: string, b: string) => Relation) {
  const pairs = sorted.flatMap((a, at) => sorted.slice(at + 1).map((b) => ({ a, b, ...relationOf(a, b) })));
  // the sort is stable: pairs of one rank stay in the order of their names
  return pairs.filter(({ answer }) => answer === "same").sort((x, y) => x.rank - y.rank);
}
