import { readFileSync } from "node:fs";

/** The cases of a syntax file below `test/fixtures`: one a line, kept to the last space; `#` begins a heading. */
export function linesOf(file: string): readonly string[] {
  const text = readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8");
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}
