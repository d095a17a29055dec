import type { ThesisLevel } from "./resource-types.ts";

/** The Ministry's codes of study programmes: one digit for the level since 2017 (seven digits), two before (eight or six). */
const LEVELS_OF_2017: Readonly<Record<string, ThesisLevel>> = { 9: "doctoral", 8: "master", 7: "bachelor" };
const LEVELS_BEFORE: Readonly<Record<string, ThesisLevel>> = { 62: "doctoral", 60: "master", 52: "bachelor" };
const CODE = /^\d{2}(?:[ .]?\d{2}){2,3}$|^\d{7}$/;

/** The level that the code of a study programme implies ("60 32 20", "8320203"), or `null`. */
export function levelOfMajorCode(code: string): ThesisLevel | null {
  const digits = code.trim();
  if (!CODE.test(digits)) return null;
  const plain = digits.replace(/[ .]/g, "");
  return (plain.length === 7 ? LEVELS_OF_2017[plain.slice(0, 1)] : LEVELS_BEFORE[plain.slice(0, 2)]) ?? null;
}
