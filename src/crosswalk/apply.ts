import { type CommonRecord, mainTitle, RECORD_FIELDS } from "../record/common-record.ts";
import { excerpt, type Issue } from "../record/issue.ts";
import type { XmlElement } from "../xml/element.ts";
import type { IncomingCrosswalk, Note } from "./crosswalk.ts";
import { type DecodedText, readableMetadata } from "./readable-metadata.ts";
import { type RepairedText, repairOf } from "./repaired-text.ts";
import type { Mapped, Source } from "./source.ts";

/** What mapping needs to know beside the metadata. */
export interface MappingContext {
  /** The identifier in the record's header; it stands in where the metadata has none. */
  readonly identifier: string;
  /** What the repository declared for records that do not say; `null` where it declared nothing. */
  readonly defaultAccessRights: { readonly uri: string; readonly label: string } | null;
}

/** One line of a trace: this value of this field came from these places in the source. */
export interface TraceLine {
  readonly field: keyof CommonRecord;
  /** Position in a plural field; 0 elsewhere. */
  readonly index: number;
  readonly paths: readonly string[];
  /** The places whose text had to be repaired, as it was found; not given where there are none. */
  readonly repaired?: readonly RepairedText[];
}

/** The outcome of mapping one record. */
export interface Mapping {
  readonly record: CommonRecord;
  readonly issues: readonly Issue[];
  /** Text of the source that no field has read. */
  readonly unmapped: readonly { readonly path: string; readonly value: string }[];
  /** Where each value came from; made on demand, since mapping is pure and most callers do not ask. */
  readonly trace: () => readonly TraceLine[];
}

type FieldResult = Mapped<unknown> | readonly Mapped<unknown>[] | null;

/** Maps the metadata of one record. Never throws for what the values say: that becomes issues. */
export function applyCrosswalk<From extends Source>(
  crosswalk: IncomingCrosswalk<From>,
  metadata: XmlElement,
  context: MappingContext,
): Mapping {
  const { metadata: readable, decoded, issues } = readableMetadata(metadata);
  const mapping = mapSource(crosswalk, crosswalk.open(readable), context, decoded);
  return issues.length === 0 ? mapping : { ...mapping, issues: [...issues, ...mapping.issues] };
}

/** Maps a record that is open already (tests); `decoded` says which of its texts were decoded before it was opened. */
export function mapSource<From extends Source>(
  crosswalk: IncomingCrosswalk<From>,
  source: From,
  context: MappingContext,
  decoded: DecodedText | null = null,
): Mapping {
  const issues: Issue[] = [];
  const record: Record<string, unknown> = {};
  const results: FieldResult[] = [];
  let current = "";
  const note = noteInto(issues, () => current);
  for (const field of RECORD_FIELDS) {
    current = field;
    const result: FieldResult = crosswalk.fields[field](source, note);
    record[field] = isList(result) ? result.map(({ value }) => value) : (result?.value ?? null);
    results.push(result);
  }
  const unmapped = source.unread().map(({ path, text }) => ({ path, value: excerpt(text.trim()) }));
  for (const { path, value } of unmapped)
    issues.push({ code: "unmapped-element", severity: "info", field: null, path, value });
  const complete = withDefaults(record as CommonRecord, context, issues);
  return { record: complete, issues, unmapped, trace: () => traceOf(results, decoded) };
}

function isList<Item>(result: Item | readonly Item[] | null): result is readonly Item[] {
  return Array.isArray(result);
}

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
    identifier: record.identifier ?? { value: context.identifier, scheme: "OAI" },
    accessRights: record.accessRights ?? context.defaultAccessRights,
  };
}

/** `results` come in the order of the record's fields. */
function traceOf(results: readonly FieldResult[], decoded: DecodedText | null): TraceLine[] {
  return RECORD_FIELDS.flatMap((field, position) => {
    const result = results[position] ?? null;
    const values = result === null ? [] : isList(result) ? result : [result];
    return values.map(({ from }, index) => {
      const repaired = from.flatMap((node) => repairOf(node, decoded) ?? []);
      const line = { field, index, paths: from.map(({ path }) => path) };
      return repaired.length === 0 ? line : { ...line, repaired };
    });
  });
}
