import type { CommonRecord } from "../record/common-record.ts";
import type { XmlElement } from "../xml/element.ts";
import { type IncomingCrosswalk, noted } from "./crosswalk.ts";
import { readableMetadata } from "./readable-metadata.ts";
import { type RepairedText, repairOf } from "./repaired-text.ts";
import { type FieldResult, type Source, valuesOf } from "./source.ts";

/** A value of one field with the texts it was made from. */
export interface TracedValue {
  readonly value: unknown;
  readonly from: readonly TracedText[];
}

/** A text of the source: where it stands, as it was sent, and what was mended before it was read. */
export interface TracedText {
  readonly path: string;
  readonly text: string;
  readonly repairs: RepairedText["repairs"];
}

/** What a crosswalk made of one field. */
export interface TracedField {
  /** The name of the function that reads the field. */
  readonly rule: string;
  /** The record as the crosswalk opened it. */
  readonly source: Source;
  readonly values: readonly TracedValue[];
  /** What the function remarked, in the order in which it did. */
  readonly remarks: readonly { readonly code: string; readonly path: string | null }[];
}

/** Maps one field of a record and keeps the texts that its values came from. Throws where `metadata` cannot be opened. */
export function traceField(crosswalk: IncomingCrosswalk, metadata: XmlElement, field: keyof CommonRecord): TracedField {
  const { metadata: readable, decoded } = readableMetadata(metadata);
  const read = crosswalk.fields[field];
  const source = crosswalk.open(readable);
  const { result, remarks } = noted<FieldResult>((note) => read(source, note));
  const values = valuesOf(result).map(({ value, from }) => ({
    value,
    from: from.map((node) => {
      const repair = repairOf(node, decoded);
      return { path: node.path, text: repair?.original ?? node.text, repairs: repair?.repairs ?? [] };
    }),
  }));
  return {
    rule: read.name === "" ? field : read.name,
    source,
    values,
    remarks: remarks.map(([code, about]) => ({ code, path: about?.node?.path ?? null })),
  };
}
