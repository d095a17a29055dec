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

/** The cases of a kind; `[id, input, expected]` for `test.each`. */
export function vocabCases(kind: string): readonly (readonly [id: string, input: string, expected: unknown])[] {
  return allVocabCases()
    .filter((single) => single.kind === kind)
    .map(({ id, input, expected }) => [id, input as string, expected] as const);
}
