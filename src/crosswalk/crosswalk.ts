import type { CommonRecord } from "../record/common-record.ts";
import type { Severity } from "../record/issue.ts";
import type { IssueCode } from "../record/issue-texts.ts";
import type { XmlElement } from "../xml/element.ts";
import type { Mapped, Source, SourceNode } from "./source.ts";

/** Leaves a remark on the record while a field is mapped; the field is known from where it is called. */
export type Note = (
  code: IssueCode,
  about?: { readonly severity?: Severity; readonly node?: SourceNode; readonly value?: string },
) => void;

/** What was worked out for several fields, with the remarks that the one which owns them leaves. */
export interface Noted<Result> {
  readonly result: Result;
  readonly remarks: readonly Parameters<Note>[];
}

/** Does `work` and keeps its remarks for later. */
export function noted<Result>(work: (note: Note) => Result): Noted<Result> {
  const remarks: Parameters<Note>[] = [];
  const result = work((...remark) => void remarks.push(remark));
  return { result, remarks };
}

/** Leaves the remarks that were kept, and gives the result. */
export function resultOf<Result>({ result, remarks }: Noted<Result>, note: Note): Result {
  for (const remark of remarks) note(...remark);
  return result;
}

/** What a field's function returns: each value with the nodes it came from. */
export type MappedField<Value> = Value extends readonly (infer Item)[]
  ? readonly Mapped<Item>[]
  : Mapped<NonNullable<Value>> | null;

/**
 * A mapping of one format into the common record: one function per field. The compiler names the crosswalks that a new
 * field breaks, and a variant of a crosswalk is a spread.
 */
export type Crosswalk<From extends Source> = {
  readonly [Field in keyof CommonRecord]: (source: From, note: Note) => MappedField<CommonRecord[Field]>;
};

/** A crosswalk with its name and how it opens a record's metadata. */
export interface IncomingCrosswalk<From extends Source = Source> {
  /** The name of its folder below `mappings/incoming`. */
  readonly id: string;
  /** Raised by hand whenever the result may change; stored with every record it made. */
  readonly version: number;
  /** Namespaces of the metadata's root element that it understands. */
  readonly namespaces: readonly string[];
  /** Opens the element that stands inside `<metadata>`. Throws where that is not what it expects. */
  readonly open: (metadata: XmlElement) => From;
  readonly fields: Crosswalk<From>;
}
