import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import {
  isThesis,
  levelOfType,
  type ResourceType,
  type ThesisLevel,
  thesisUri,
  typeRank,
} from "../../../src/crosswalk/resource-types.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readThesisNote } from "../../../src/crosswalk/thesis-note.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { readType } from "../../values.ts";
import { type StatedDegree, statedDegree } from "./degree.ts";
import { type DescribedValue, thesisNoteOf } from "./descriptions.ts";
import type { DcValue, DublinCore } from "./dublin-core.ts";

/** Said about the review or the version of a document, not about its kind. */
const NOT_A_TYPE =
  /^(?:(?:non|not)? ?-?peer-? ?review(?:ed)?|info:eu-repo\/semantics\/(?:draft|\w+Version|\w+Access)|https?:\/\/purl\.org\/coar\/version\/\S+)$/i;
const OTHER = "http://purl.org/coar/resource_type/c_1843";
/** The rank of types that say no more than "text" (`typeRank`). */
const VAGUE = 1;

/** COAR's versions by the words of `info:eu-repo/semantics/`. */
const VERSIONS: Readonly<Record<string, readonly [id: string, label: string]>> = {
  draft: ["c_b1a7d7d4d402bcce", "AO"],
  submittedversion: ["c_71e4c1898caa6e32", "SMUR"],
  acceptedversion: ["c_ab4af688f83e57aa", "AM"],
  publishedversion: ["c_970fb48d4fbd8a85", "VoR"],
  updatedversion: ["c_dc82b40f9837b551", "EVoR"],
  proof: ["c_fa2ee174bc00049f", "P"],
  correctedversion: ["c_e19f295774971610", "CVoR"],
  notapplicable: ["c_be7fb7dd8ff6fe43", "NA"],
};

interface ReadType {
  readonly value: DcValue;
  /** `null` where no vocabulary knows it. */
  readonly type: ResourceType | null;
}

/** What the kind of a document was concluded from. */
export interface ThesisEvidence {
  readonly level: ThesisLevel | null;
  readonly note: DescribedValue | null;
  /** Where the level was found. */
  readonly from: readonly DcValue[];
}

/** The type that says most; a thesis of unknown level takes the level of its description or title. */
export function resourceType(dc: DublinCore, note: Note): Mapped<ResourceType> | null {
  const types = dc.kept(readTypes);
  for (const { value, type } of types)
    if (type === null) note("unmatched-type", { node: value.node, value: value.text });
  const best = dc.kept(bestType);
  const evidence = dc.kept(thesisEvidence);
  if (best === null) return fromNote(evidence, note) ?? fromDegree(dc, evidence, note) ?? unmatched(types[0]);
  if (evidence === null || levelOfType(best.type) !== null) return mapped(best.type, best.value.node);
  const exact = readType(thesisUri(evidence.level)) ?? best.type;
  const evident = evidence.from.filter((value) => value !== best.value).map(({ node }) => node);
  return mapped({ ...exact, raw: best.type.raw }, best.value.node, ...(evidence.level === null ? [] : evident));
}

/**
 * Whether and what thesis it is: by type, by a degree in elements of its own, else by a note like "Luận văn thạc sĩ …:
 * 60340102"; `null` for anything else.
 */
export function thesisEvidence(dc: DublinCore): ThesisEvidence | null {
  const best = dc.kept(bestType);
  const note = dc.kept(thesisNoteOf);
  const degree = dc.kept(statedDegree);
  if (best === null ? note === null && degree === null : !mayBeThesis(best.type, degree)) return null;
  const typed = best === null ? null : levelOfType(best.type);
  if (best !== null && typed !== null) return { level: typed, note, from: [best.value] };
  if (degree !== null && degree.level !== null) return { level: degree.level, note, from: [degree.value] };
  if (note?.thesis?.level != null) return { level: note.thesis.level, note, from: [note.value] };
  const title = dc.values("title")[0];
  const level = title === undefined ? null : (readThesisNote(title.text)?.level ?? null);
  return { level, note, from: level === null || title === undefined ? [] : [title] };
}

/** A type that says no more than "text" does not contradict a degree. */
function mayBeThesis(type: ResourceType, degree: StatedDegree | null): boolean {
  return isThesis(type) || (degree !== null && typeRank(type) <= VAGUE);
}

type Version = NonNullable<CommonRecord["version"]>;

/** What dc:type says of the version, and of a qualified format the element that is there for it. */
export function version(dc: DublinCore): Mapped<Version> | null {
  for (const { text, node, refinement } of dc.values("type")) {
    const known = refinement === "version" || !/^\w+$/.test(text) ? versionOf(text) : null;
    if (known !== null) return mapped(known, node);
  }
  return null;
}

/** A version of COAR by its address, its short label, or the word of `info:eu-repo/semantics/`; or `null`. */
export function versionOf(text: string): Version | null {
  const word = text.replace(/^info:eu-repo\/semantics\//i, "").toLowerCase();
  const id = /^https?:\/\/purl\.org\/coar\/version\/(c_\w+)$/i.exec(text)?.[1];
  const known =
    VERSIONS[word] ?? Object.values(VERSIONS).find(([candidate, label]) => candidate === id || label === text);
  return known === undefined ? null : { uri: `http://purl.org/coar/version/${known[0]}`, label: known[1] };
}

function readTypes(dc: DublinCore): readonly ReadType[] {
  return dc
    .values("type")
    .filter(({ text, refinement }) => text !== "" && refinement !== "version" && !NOT_A_TYPE.test(text))
    .map((value) => ({ value, type: readType(value.text) ?? typeOfPhrase(value.text) }));
}

/** "Luận văn thạc sĩ ngành Kế toán" is in no table; its first words say what it is. */
function typeOfPhrase(text: string): ResourceType | null {
  const note = readThesisNote(text);
  const type = note === null ? null : readType(thesisUri(note.level));
  return type === null ? null : { ...type, raw: text };
}

function bestType(dc: DublinCore): { readonly value: DcValue; readonly type: ResourceType } | null {
  let best: { readonly value: DcValue; readonly type: ResourceType } | null = null;
  for (const { value, type } of dc.kept(readTypes)) {
    if (type !== null && (best === null || typeRank(type) > typeRank(best.type))) best = { value, type };
  }
  return best;
}

function fromNote(evidence: ThesisEvidence | null, note: Note): Mapped<ResourceType> | null {
  const found = evidence?.note ?? null;
  const type = found === null ? null : readType(thesisUri(evidence?.level ?? null));
  if (found === null || type === null) return null;
  note("type-derived", { severity: "info", node: found.value.node, value: found.value.text });
  return mapped({ ...type, raw: found.thesis?.phrase ?? found.value.text }, found.value.node);
}

/** A degree is granted for a thesis, even where no type says that it is one. */
function fromDegree(dc: DublinCore, evidence: ThesisEvidence | null, note: Note): Mapped<ResourceType> | null {
  const degree = dc.kept(statedDegree);
  const type = degree === null ? null : readType(thesisUri(evidence?.level ?? null));
  if (degree === null || type === null) return null;
  note("type-derived", { severity: "info", node: degree.value.node, value: degree.value.text });
  return mapped({ ...type, raw: degree.value.text }, degree.value.node);
}

/** Of a type that no vocabulary knows the words are kept. */
function unmatched(first: ReadType | undefined): Mapped<ResourceType> | null {
  const other = readType(OTHER);
  return first === undefined || other === null ? null : mapped({ ...other, raw: first.value.text }, first.value.node);
}
