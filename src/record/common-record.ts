import type Type from "typebox";
import type { commonRecordSchema } from "./schema.ts";

type Mutable = Type.Static<typeof commonRecordSchema>;

/** The common record: what every source format becomes and every output format is made from (`docs/data-model.md`). */
export type CommonRecord = { readonly [Field in keyof Mutable]: DeepReadonly<Mutable[Field]> };

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** A record in which nothing is known: every plural field empty, every other one `null`. */
export const EMPTY_RECORD: CommonRecord = Object.freeze({
  identifier: null,
  alternateIdentifiers: [],
  landingPage: null,
  titles: [],
  creators: [],
  contributors: [],
  publishers: [],
  issued: null,
  dates: [],
  resourceType: null,
  languages: [],
  descriptions: [],
  subjects: [],
  accessRights: null,
  embargoEnd: null,
  license: null,
  rightsNotes: [],
  version: null,
  files: [],
  formats: [],
  extents: [],
  relations: [],
  host: null,
  series: [],
  coverage: [],
  funding: [],
  thesis: null,
  audience: [],
  edition: null,
  holdings: [],
  sourceNotes: [],
});

/** The fields of the common record, in the order of the design. */
export const RECORD_FIELDS = Object.keys(EMPTY_RECORD) as readonly (keyof CommonRecord)[];

/** The record without what it does not have: the form that is stored and digested. */
export type StoredRecord = Partial<CommonRecord>;

/** Leaves out empty lists and nulls: they would be two thirds of the bytes of a small record. */
export function toStored(record: CommonRecord): StoredRecord {
  const stored: Record<string, unknown> = {};
  for (const field of RECORD_FIELDS) {
    const value = record[field];
    if (value !== null && !(Array.isArray(value) && value.length === 0)) stored[field] = value;
  }
  return stored;
}

/** Puts back what `toStored` left out. */
export function fromStored(stored: StoredRecord): CommonRecord {
  return { ...EMPTY_RECORD, ...stored };
}

/** The main title, or `null`: a record without one is not published. */
export function mainTitle(record: CommonRecord): string | null {
  return record.titles.find((title) => title.type === "main")?.value ?? null;
}
