import { type CommonRecord, mainTitle, RECORD_FIELDS } from "../record/common-record.ts";
import { excerpt, type Issue } from "../record/issue.ts";
import type { Overrides } from "../record/overrides.ts";
import type { XmlElement } from "../xml/element.ts";
import type { IncomingCrosswalk, Note } from "./crosswalk.ts";
import { type OverrideKind, overriddenReader, type ReadOverridden } from "./overridden-source.ts";
import { type DecodedText, readableMetadata } from "./readable-metadata.ts";
import { type RepairedText, repairOf } from "./repaired-text.ts";
import { type FieldResult, isList, type Mapped, type Source, type SourceNode, valuesOf } from "./source.ts";

/** What mapping needs to know beside the metadata. */
export interface MappingContext {
  /** The identifier in the record's header; it stands in where the metadata has none. */
  readonly identifier: string;
  /** What the repository declared for records that do not say; `null` where it declared nothing. */
  readonly defaultAccessRights: { readonly uri: string; readonly label: string } | null;
  /** What holds for this repository only. */
  readonly overrides?: Overrides | null;
}

/** One line of a trace: this value of this field came from these places in the source. */
export interface TraceLine {
  readonly field: keyof CommonRecord;
  /** Position in a plural field; 0 elsewhere. */
  readonly index: number;
  readonly paths: readonly string[];
  /** The places whose text had to be repaired, as it was found; not given where there are none. */
  readonly repaired?: readonly RepairedText[];
  /** What of the repository's overrides decided the value; not given where the crosswalk did alone. */
  readonly override?: OverrideKind;
}

/** The outcome of mapping one record. */
export interface Mapping {
  readonly record: CommonRecord;
  readonly issues: readonly Issue[];
  /** Text of the source that no field has read. */
  readonly unmapped: readonly { readonly path: string; readonly value: string }[];
  /** Where each value came from; made on demand, since mapping is pure and most callers do not ask. */
  readonly trace: () => readonly TraceLine[];
  /** What stood at the places that a trace names, before overrides and after decoding, by their paths. */
  readonly texts: () => ReadonlyMap<string, string>;
}

/** A field as mapped, and which of its values the repository's overrides decided. */
interface ReadField {
  readonly result: FieldResult;
  /** What the crosswalk reads without overrides. */
  readonly usual: FieldResult;
  readonly kind: (value: Mapped<unknown>) => OverrideKind | undefined;
}

/** Maps the metadata of one record. Never throws for what the values say: that becomes issues. */
export function applyCrosswalk<From extends Source>(
  crosswalk: IncomingCrosswalk<From>,
  metadata: XmlElement,
  context: MappingContext,
): Mapping {
  const { metadata: readable, decoded, issues } = readableMetadata(metadata);
  const { overrides = null } = context;
  const overridden = overrides === null ? null : overriddenReader(crosswalk, readable, overrides);
  const mapping = mapSource(crosswalk, crosswalk.open(readable), context, decoded, overridden);
  return issues.length === 0 ? mapping : { ...mapping, issues: [...issues, ...mapping.issues] };
}

/**
 * Maps a record that is open already; `decoded` says which of its texts were decoded before it was opened, `overridden`
 * reads the fields about which its repository has overrides.
 */
export function mapSource<From extends Source>(
  crosswalk: IncomingCrosswalk<From>,
  source: From,
  context: MappingContext,
  decoded: DecodedText | null = null,
  overridden: ReadOverridden | null = null,
): Mapping {
  const issues: Issue[] = [];
  const record: Record<string, unknown> = {};
  const fields: ReadField[] = [];
  let current = "";
  const note = noteInto(issues, () => current);
  for (const field of RECORD_FIELDS) {
    current = field;
    const own = overridden?.(field, note) ?? null;
    // read in any case: what an override passes over is not left over
    const usual: FieldResult = crosswalk.fields[field](source, own === null ? note : () => {});
    const read: ReadField = own === null ? { result: usual, kind: byCrosswalk, usual } : { ...own, usual };
    record[field] = isList(read.result) ? read.result.map(({ value }) => value) : (read.result?.value ?? null);
    fields.push(read);
  }
  const unmapped = source.unread().map(({ path, text }) => ({ path, value: excerpt(text.trim()) }));
  for (const { path, value } of unmapped)
    issues.push({ code: "unmapped-element", severity: "info", field: null, path, value });
  const complete = withDefaults(record as CommonRecord, context, issues);
  return {
    record: complete,
    issues,
    unmapped,
    trace: () => traceOf(fields, complete, context, decoded),
    texts: () => textsOf(fields),
  };
}

/** Overrides read words in place of which others were sent: where the crosswalk reads a place too, it has what was sent. */
function textsOf(fields: readonly ReadField[]): ReadonlyMap<string, string> {
  const read = [...fields.map(({ result }) => result), ...fields.map(({ usual }) => usual)];
  return new Map(read.flatMap((result) => valuesOf(result).flatMap(({ from }) => from.map(textAt))));
}

function textAt({ path, text }: SourceNode): readonly [path: string, text: string] {
  return [path, text];
}

/** Said of what no override decided. */
function byCrosswalk(): undefined {}

function noteInto(issues: Issue[], field: () => string): Note {
  return (code, about = {}) => {
    const value = about.value ?? about.node?.text ?? null;
    issues.push({
      code,
      severity: about.severity ?? "warning",
      field: field(),
      path: about.node?.path ?? null,
      value: value === null ? null : excerpt(value.trim()),
    });
  };
}

/** Fills what the envelope knows and remarks on what is missing; the same for every format. */
function withDefaults(record: CommonRecord, context: MappingContext, issues: Issue[]): CommonRecord {
  const missing = (code: Issue["code"], field: string, severity: Issue["severity"] = "warning") =>
    issues.push({ code, severity, field, path: null, value: null });
  if (mainTitle(record) === null) missing("title-missing", "titles", "error");
  if (record.issued === null) missing("date-missing", "issued");
  if (record.resourceType === null) missing("type-missing", "resourceType");
  if (record.identifier === null) missing("identifier-missing", "identifier", "info");
  if (record.accessRights === null) missing("access-rights-unknown", "accessRights");
  return {
    ...record,
    ...defaultsFor(record, context.overrides?.defaults ?? {}),
    identifier: record.identifier ?? { value: context.identifier, scheme: "OAI" },
    accessRights: record.accessRights ?? context.defaultAccessRights,
  };
}

/** What the repository's overrides say of fields that are empty. */
function defaultsFor(
  { languages, publishers, license }: CommonRecord,
  defaults: NonNullable<Overrides["defaults"]>,
): Partial<CommonRecord> {
  return {
    languages: languages.length === 0 ? (defaults.languages ?? []) : languages,
    publishers: publishers.length === 0 ? (defaults.publishers ?? []).map((name) => ({ name })) : publishers,
    license: license ?? (defaults.license === undefined ? null : { uri: defaults.license }),
  };
}

/** `fields` come in the order of the record's. */
function traceOf(
  fields: readonly ReadField[],
  record: CommonRecord,
  { overrides }: MappingContext,
  decoded: DecodedText | null,
): TraceLine[] {
  return RECORD_FIELDS.flatMap((field, position) => {
    const { result = null, kind } = fields[position] ?? {};
    const values = valuesOf(result);
    if (values.length === 0 && Object.hasOwn(overrides?.defaults ?? {}, field)) return defaultLines(field, record);
    return values.map((value, index) => {
      const repaired = value.from.flatMap((node) => repairOf(node, decoded) ?? []);
      const override = kind?.(value);
      return {
        field,
        index,
        paths: value.from.map(({ path }) => path),
        ...(repaired.length === 0 ? {} : { repaired }),
        ...(override === undefined ? {} : { override }),
      };
    });
  });
}

function defaultLines(field: keyof CommonRecord, record: CommonRecord): TraceLine[] {
  const value = record[field];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((_, index) => ({ field, index, paths: [], override: "default" }));
}
