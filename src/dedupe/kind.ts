import type { CommonRecord } from "../record/common-record.ts";

const COAR = "http://purl.org/coar/resource_type/";
/** What is never the same as something of another kind. Reports, lectures, plain texts and what is unknown have no kind. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  thesis: ["c_46ec", "c_db06", "c_bdcc", "c_7a1f"],
  book: ["c_2f33"],
  article: ["c_6501", "c_2df8fbb1", "c_dcae04bc", "c_beb9", "c_998f", "c_545b", "c_b239"],
  contribution: ["c_3248", "c_5794"],
  periodical: ["c_0640", "c_2659", "c_2fe3"],
  data: ["c_ddb1"],
  software: ["c_5ce6"],
  image: ["c_c513", "c_ecc8"],
  map: ["c_12cc", "c_12cd"],
  sound: ["c_18cc"],
  video: ["c_12ce", "c_8a7e"],
  score: ["c_18cw"],
};
const KIND_OF = new Map(Object.entries(KINDS).flatMap(([kind, ids]) => ids.map((id) => [COAR + id, kind] as const)));
const LEVEL_OF: Readonly<Record<string, string>> = {
  [`${COAR}c_db06`]: "doctoral",
  [`${COAR}c_bdcc`]: "master",
  [`${COAR}c_7a1f`]: "bachelor",
};
/** The booklet that a candidate sends to the examiners has author, title and year of the thesis, and is not the thesis. */
const BOOKLET = /^(?:ban )?tom tat (?:luan|de an|khoa luan)/;

/** `thesis`, `book`, `article` …, or `null` where the type does not tell. */
export function kindOf({ resourceType, thesis }: CommonRecord): string | null {
  const kind = KIND_OF.get(resourceType?.uri ?? "");
  if (kind !== undefined) return kind;
  if (resourceType?.general === "dataset") return "data";
  if (resourceType?.general === "software") return "software";
  return thesis === null ? null : "thesis";
}

/** The level of a thesis, or `null` where it is unknown. */
export function levelOf({ resourceType, thesis }: CommonRecord): string | null {
  return thesis?.level ?? LEVEL_OF[resourceType?.uri ?? ""] ?? null;
}

/** Whether a folded type or title says that this is the abstract booklet of a thesis. */
export function isBooklet(folded: string): boolean {
  return BOOKLET.test(folded);
}
