import type { CommonRecord } from "../record/common-record.ts";
import type { OverriddenVocabulary, Overrides } from "../record/overrides.ts";
import type { XmlElement } from "../xml/element.ts";
import type { IncomingCrosswalk, Note } from "./crosswalk.ts";
import { onlyLeaves, type TranslatedMetadata, translated } from "./overridden-tree.ts";
import { type FieldResult, isList, type Mapped, type Source } from "./source.ts";

/** What of the repository's overrides decided a value: the meaning of a word, the place to read it from, or a default. */
export type OverrideKind = "value" | "preference" | "default";

/** A field as read by the overrides of the repository. */
export interface OverriddenField {
  readonly result: FieldResult;
  readonly kind: (value: Mapped<unknown>) => OverrideKind | undefined;
}

/** Reads a field by the overrides, or `null` where they say nothing about it in this record. */
export type ReadOverridden = (field: keyof CommonRecord, note: Note) => OverriddenField | null;

/** The fields that are read from the words of a vocabulary. */
const FIELDS_OF: Readonly<Record<OverriddenVocabulary, readonly (keyof CommonRecord)[]>> = {
  resourceType: ["resourceType", "thesis", "version"],
  languages: ["languages"],
  accessRights: ["accessRights", "embargoEnd", "license", "rightsNotes"],
};

/**
 * Makes a reader of fields from the metadata of a record, changed as the repository's overrides say: words of a vocabulary
 * become what they mean there, and a field with a preference sees only the preferred element. A field whose preferred
 * elements are not there, or say nothing that the crosswalk understands, is read as everywhere else.
 */
export function overriddenReader<From extends Source>(
  crosswalk: IncomingCrosswalk<From>,
  metadata: XmlElement,
  overrides: Overrides,
): ReadOverridden {
  const views = viewsOf(metadata, overrides);
  const opened = new Map<XmlElement, From>();
  const openOnce = (root: XmlElement): From => {
    const source = opened.get(root) ?? crosswalk.open(root);
    opened.set(root, source);
    return source;
  };
  return (field, note) => {
    const view = views(field);
    const originals = view?.originals ?? NONE;
    // what the crosswalk remarks on a record of one element says nothing about the record
    const alone = (root: XmlElement) => crosswalk.fields[field](crosswalk.open(root), () => {});
    const preferred = firstGiven(view?.metadata ?? metadata, overrides.preferences?.[field] ?? [], alone);
    if (preferred !== null) return { result: withRaw(preferred, originals), kind: () => "preference" };
    if (view === null) return null;
    const result = crosswalk.fields[field](openOnce(view.metadata), noteAsFound(note, originals));
    const isTranslated = ({ from }: Mapped<unknown>) => from.some(({ text }) => originals.has(text));
    return { result: withRaw(result, originals), kind: (value) => (isTranslated(value) ? "value" : undefined) };
  };
}

/** The metadata as each field is to see it; `null`: as it is. Made when the first field asks. */
function viewsOf(metadata: XmlElement, overrides: Overrides) {
  const made = new Map<OverriddenVocabulary, TranslatedMetadata | null>();
  return (field: keyof CommonRecord): TranslatedMetadata | null => {
    const vocabulary = vocabularyOf(field, overrides);
    if (vocabulary === null) return null;
    const known = made.get(vocabulary);
    if (known !== undefined) return known;
    const view = translated(metadata, overrides.values?.[vocabulary] ?? {});
    made.set(vocabulary, view);
    return view;
  };
}

/** What the first of the named elements gives that is there and gives anything, or `null`. */
function firstGiven(
  metadata: XmlElement,
  names: readonly string[],
  read: (root: XmlElement) => FieldResult,
): FieldResult {
  for (const name of names) {
    const reduced = onlyLeaves(metadata, name);
    const result = reduced === null ? null : read(reduced);
    if (result !== null && !(isList(result) && result.length === 0)) return result;
  }
  return null;
}

const NONE: ReadonlyMap<string, string> = new Map();

function vocabularyOf(field: keyof CommonRecord, { values = {} }: Overrides): OverriddenVocabulary | null {
  const vocabularies = Object.keys(values) as OverriddenVocabulary[];
  return vocabularies.find((vocabulary) => FIELDS_OF[vocabulary].includes(field)) ?? null;
}

/** The record keeps what the repository wrote. */
function withRaw(result: FieldResult, originals: ReadonlyMap<string, string>): FieldResult {
  if (originals.size === 0 || result === null) return result;
  return isList(result) ? result.map((value) => rawOf(value, originals)) : rawOf(result, originals);
}

function rawOf({ value, from }: Mapped<unknown>, originals: ReadonlyMap<string, string>): Mapped<unknown> {
  if (value === null || typeof value !== "object" || !("raw" in value)) return { value, from };
  const original = originals.get(String(value.raw))?.trim();
  return original === undefined ? { value, from } : { value: { ...value, raw: original }, from };
}

function noteAsFound(note: Note, originals: ReadonlyMap<string, string>): Note {
  return (code, about = {}) => {
    const value = about.value ?? about.node?.text;
    note(code, { ...about, ...(value === undefined ? {} : { value: originals.get(value) ?? value }) });
  };
}
