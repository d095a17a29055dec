import { levelOfType, type ThesisLevel } from "../../../src/crosswalk/resource-types.ts";
import { foldKey } from "../../../src/vietnamese/fold.ts";
import { readRows } from "../../tables.ts";
import { readType } from "../../values.ts";

/** Codes of `degree-levels.tsv` that are levels of ours; medical specialists, residents and colleges are `other`. */
const LEVELS: Readonly<Record<string, ThesisLevel>> = {
  doctoral: "doctoral",
  "doctoral-higher": "doctoral",
  candidate: "doctoral",
  master: "master",
  bachelor: "bachelor",
};
/** Degrees of foreign universities, folded, that the table does not have. */
const FOREIGN: readonly (readonly [degree: string, level: ThesisLevel])[] = [
  ["d phil", "doctoral"],
  ["ed d", "doctoral"],
  ["d sc", "doctoral"],
  ["sc d", "doctoral"],
  ["dr", "doctoral"],
  ["doctoral", "doctoral"],
  ["masters", "master"],
  ["m s", "master"],
  ["m sc", "master"],
  ["m ed", "master"],
  ["m eng", "master"],
  ["m phil", "master"],
  ["b a", "bachelor"],
  ["b s", "bachelor"],
  ["b sc", "bachelor"],
  ["b eng", "bachelor"],
];

let byDegree: readonly (readonly [degree: string, level: ThesisLevel])[] | null = null;

/** The level of a degree as it is named in 502 $b or in the brackets of 502 $a: "Thạc sĩ", "ThS. Luật học", "Ph. D."; or `null`. */
export function levelOfDegree(text: string): ThesisLevel | null {
  const key = foldKey(text);
  const known = degrees().find(([degree]) => key === degree || key.startsWith(`${degree} `));
  if (known !== undefined) return known[1];
  const type = readType(text);
  return type === null ? null : levelOfType(type);
}

/** Longer names first: "Bác sĩ nội trú" before "Bác sĩ". */
function degrees(): readonly (readonly [degree: string, level: ThesisLevel])[] {
  if (byDegree !== null) return byDegree;
  const rows = readRows("degree-levels").flatMap(({ code = "", name_vi = "", name_en = "", ...row }) => {
    const { aliases_pipe_separated: aliases = "" } = row;
    const level = LEVELS[code] ?? "other";
    return [name_vi, name_en, ...aliases.split("|")].map((name) => [foldKey(name), level] as const);
  });
  byDegree = [...rows, ...FOREIGN].sort(([a], [b]) => b.length - a.length);
  return byDegree;
}
