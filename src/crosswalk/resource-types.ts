import type { CommonRecord } from "../record/common-record.ts";
import type { LookupTable } from "./lookup.ts";
import { type Memory, remembered } from "./remembered.ts";

export type ResourceType = NonNullable<CommonRecord["resourceType"]>;
export type ThesisLevel = NonNullable<NonNullable<CommonRecord["thesis"]>["level"]>;

/** A concept of COAR Resource Types. */
export interface CoarType {
  readonly id: string;
  readonly label: string;
  /** Empty where nobody has named it in Vietnamese. */
  readonly label_vi: string;
  readonly general: string;
}

export interface TypeTables {
  /** Phrases as librarians write them. */
  readonly phrases: LookupTable<{ readonly coar_uri: string }>;
  readonly coar: {
    byId(id: string): CoarType | null;
    /** By COAR's own label and by the term of `info:eu-repo/semantics/`. */
    byTerm(term: string): CoarType | null;
  };
}

/** Reads a type; `null` where the text is in no vocabulary. */
export type TypeReader = (text: string) => ResourceType | null;

/** The same few hundred words for kinds come back in every record. */
const KINDS: Memory = { entries: 1_000, longest: 100 };
const COAR = "http://purl.org/coar/resource_type/";
const COAR_URI = /^https?:\/\/(?:www\.)?purl\.org\/coar\/resource_type\/([\w-]+)\/?$/i;
/** `doc-type:` is what the guidelines of DRIVER wrote before OpenAIRE took them over. */
const EU_REPO = /^(?:info:eu-repo\/semantics\/|doc-type:)(\w+)$/i;
const GENERAL = new Map<string, ResourceType["general"]>([
  ["literature", "literature"],
  ["dataset", "dataset"],
  ["software", "software"],
]);
/** What says little gives way to what says more; concepts that are not listed are specific. */
const RANKS: Readonly<Record<string, number>> = { c_1843: 0, c_18cf: 1, "RMP5-3GQ6": 1, c_c513: 2, c_46ec: 3 };
const GENERIC = new Set(["c_93fc", "c_2f33", "c_0640", "c_6501", "c_c94f", "c_ddb1", "c_5ce6", "c_18cc", "c_12ce"]);
const GENERIC_RANK = 3;
const SPECIFIC_RANK = 4;
const LEVELS: Readonly<Record<string, ThesisLevel>> = { c_db06: "doctoral", c_bdcc: "master", c_7a1f: "bachelor" };

/** Makes a reader: COAR URIs, `info:eu-repo/semantics/…`, COAR's labels and the phrases of the table. */
export function typeReader(tables: TypeTables): TypeReader {
  return remembered((text) => {
    const id = COAR_URI.exec(text)?.[1];
    if (id !== undefined) return typed(tables.coar.byId(id), text);
    const term = EU_REPO.exec(text)?.[1];
    if (term !== undefined) return typed(tables.coar.byTerm(term), text);
    const row = tables.phrases.find(text);
    const concept = row === null ? tables.coar.byTerm(text) : tables.coar.byId(row.coar_uri.slice(COAR.length));
    return typed(concept, text);
  }, KINDS);
}

/** The id of a type of ours: `c_46ec`. */
export function typeId(type: ResourceType): string {
  return type.uri.slice(COAR.length);
}

/** How much a type says; of several, the one with the highest rank is the record's. */
export function typeRank(type: ResourceType): number {
  const id = typeId(type);
  return RANKS[id] ?? (GENERIC.has(id) ? GENERIC_RANK : SPECIFIC_RANK);
}

/** Whether it is a thesis of whatever level. */
export function isThesis(type: ResourceType): boolean {
  return typeId(type) === "c_46ec" || LEVELS[typeId(type)] !== undefined;
}

/** The level a type of thesis implies, or `null`. */
export function levelOfType(type: ResourceType): ThesisLevel | null {
  return LEVELS[typeId(type)] ?? null;
}

/** The COAR URI of theses of a level; `other` and unknown levels have the general one. */
export function thesisUri(level: ThesisLevel | null): string {
  const id = Object.entries(LEVELS).find(([, candidate]) => candidate === level)?.[0];
  return `${COAR}${id ?? "c_46ec"}`;
}

function typed(concept: CoarType | null, raw: string): ResourceType | null {
  if (concept === null) return null;
  return {
    uri: `${COAR}${concept.id}`,
    label: { en: concept.label, ...(concept.label_vi === "" ? {} : { vi: concept.label_vi }) },
    general: GENERAL.get(concept.general) ?? "other",
    raw,
  };
}
