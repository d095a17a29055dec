import type { ThesisLevel } from "../../../src/crosswalk/resource-types.ts";
import { levelOfDegree } from "../marc21/degrees.ts";
import type { DcValue, DublinCore } from "./dublin-core.ts";

/** What a qualified format says of the degree in elements of its own (`thesis.degree.name`, `degree/level`). */
export interface StatedDegree {
  readonly level: ThesisLevel | null;
  /** The value that the level was read from, or that names the degree. */
  readonly value: DcValue;
}

/** ETD-MS 1.1 §degree/level: 0 undergraduate, 1 master's, 2 doctoral, as numbers and as words. */
const LEVELS: Readonly<Record<string, ThesisLevel>> = {
  "0": "bachelor",
  "1": "master",
  "2": "doctoral",
  undergraduate: "bachelor",
  "masters (pre-doctoral)": "master",
  postgraduate: "master",
  doctorate: "doctoral",
  "post-doctoral": "doctoral",
};

/** The degree by its level, else by its name, or `null` where neither is stated. */
export function statedDegree(dc: DublinCore): StatedDegree | null {
  const values = dc.values("thesis").filter(({ text }) => text !== "");
  const named = ["level", "degreeName"].flatMap((part) => values.filter(({ refinement }) => refinement === part));
  const read = named.map((value) => ({ value, level: levelIn(value.text) }));
  return read.find(({ level }) => level !== null) ?? read[0] ?? null;
}

function levelIn(text: string): ThesisLevel | null {
  return LEVELS[text.toLowerCase()] ?? levelOfDegree(text);
}
