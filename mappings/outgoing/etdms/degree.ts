import type { CommonRecord } from "../../../src/record/common-record.ts";
import { textElement } from "../element.ts";

/** The namespace of ETD-MS. */
export const ETDMS = "http://www.ndltd.org/standards/metadata/etdms/1.0/";

/** The words of ETD-MS §3.14 for the level of education; "other" says nothing. */
const LEVELS = { bachelor: "bachelor's", master: "master's", doctoral: "doctoral", other: undefined } as const;

/** The elements inside of `degree`: name, level, discipline, grantor (with the department below it). */
export function degreeParts(thesis: NonNullable<CommonRecord["thesis"]>, prefix: string): string {
  const { degreeName, level, discipline, grantor, department } = thesis;
  const code = discipline?.code === undefined ? "" : ` (${discipline.code})`;
  return (
    textElement(`${prefix}name`, degreeName) +
    textElement(`${prefix}level`, level === undefined ? null : LEVELS[level]) +
    textElement(`${prefix}discipline`, discipline === undefined ? null : discipline.label + code) +
    textElement(`${prefix}grantor`, grantor?.name) +
    textElement(`${prefix}grantor`, department)
  );
}
