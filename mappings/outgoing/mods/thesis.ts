import type { CommonRecord } from "../../../src/record/common-record.ts";
import { parentElement } from "../element.ts";
import { degreeParts, ETDMS } from "../etdms/degree.ts";

/** The degree of a thesis, for which MODS has no element: that of ETD-MS, in an extension. */
export function degree({ thesis }: CommonRecord): string {
  const content = thesis === null ? "" : degreeParts(thesis, "etd:");
  return parentElement("extension", parentElement("etd:degree", content, { "xmlns:etd": ETDMS }));
}
