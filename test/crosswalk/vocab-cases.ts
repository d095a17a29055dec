import { readFileSync } from "node:fs";

/** One of the cases that librarians wrote; the expected object names only the keys that matter. */
export interface VocabCase {
  readonly id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly expected: unknown;
}

const FILE = new URL("../fixtures/vocab-cases.tsv", import.meta.url);

/** All cases, invisible characters included. */
export function allVocabCases(): readonly VocabCase[] {
  const [, ...lines] = readFileSync(FILE, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => {
    const [id = "", kind = "", input = "null", expected = "null"] = line.split("\t");
    return { id, kind, input: JSON.parse(input), expected: JSON.parse(expected) };
  });
}

/** The cases of a kind but for those that need a decoder of legacy fonts; `[id, input, expected]` for `test.each`. */
export function vocabCases(kind: string): readonly (readonly [id: string, input: string, expected: unknown])[] {
  return allVocabCases()
    .filter((single) => single.kind === kind && !NOT_YET.has(single.id))
    .map(({ id, input, expected }) => [id, input as string, expected] as const);
}

/** TCVN3, VNI and tone placement: decoders that are not here yet. The count is asserted, so the list cannot grow unseen. */
export const NOT_YET: ReadonlySet<string> = new Set([
  "clean-001",
  "clean-002",
  "clean-003",
  "clean-004",
  "clean-005",
  "clean-006",
  "clean-007",
  "date-084",
  "name-050",
  "name-051",
  "tone-001",
  "tone-002",
  "tone-003",
  "tone-004",
  "tone-005",
  "tone-006",
]);
