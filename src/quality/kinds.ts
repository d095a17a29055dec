import type { CommonRecord } from "../record/common-record.ts";

/** What matters of a resource type for the question which fields apply. */
export type Kind =
  | "thesis"
  | "article"
  | "conference"
  | "preprint"
  | "report"
  | "book"
  | "part"
  | "serial"
  | "collection"
  | "manuscript"
  | "dataset"
  | "other";

const COAR = "http://purl.org/coar/resource_type/";
/** Concepts of COAR Resource Types 3.2; what is not listed is `other`. */
const CONCEPTS: Readonly<Record<Exclude<Kind, "dataset" | "other">, readonly string[]>> = {
  thesis: ["c_46ec", "c_7a1f", "c_bdcc", "c_db06"],
  article: ["c_6501", "c_2df8fbb1", "c_dcae04bc", "c_beb9", "c_7bab", "43KC-T6DC", "c_998f"],
  conference: ["c_c94f", "c_5794", "c_18cp"],
  preprint: ["c_816b", "c_8042"],
  report: ["c_93fc", "c_18ws", "c_18gh", "c_186u", "c_7877"],
  book: ["c_2f33"],
  part: ["c_3248"],
  serial: ["c_0640", "c_2fe3", "c_2cd9", "QX5C-AR31"],
  collection: ["RMP5-3GQ6", "YC9F-HGCF", "c_f744", "c_86bc"],
  manuscript: ["c_0040"],
};
const KIND_OF = new Map<string, Kind>(
  Object.entries(CONCEPTS).flatMap(([kind, ids]) => ids.map((id) => [`${COAR}${id}`, kind as Kind] as const)),
);

/** The kind of item that a record describes, or `null` where its type is not known. */
export function kindOf({ resourceType }: CommonRecord): Kind | null {
  if (resourceType === null) return null;
  return KIND_OF.get(resourceType.uri) ?? (resourceType.general === "dataset" ? "dataset" : "other");
}

/** The URI of a concept of COAR Resource Types. */
export function coarType(id: string): string {
  return `${COAR}${id}`;
}
