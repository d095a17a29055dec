import { isDeepStrictEqual } from "node:util";
import { RECORD_FIELDS, type StoredRecord } from "./common-record.ts";

/** What became of a field of one record. */
export interface FieldDifference {
  readonly field: string;
  /** `added`: it had no value before; `lost`: it has none any more. */
  readonly kind: "changed" | "added" | "lost";
  readonly before: unknown;
  readonly after: unknown;
}

/** The fields in which two forms of a record differ; a record that is not there has no fields. */
export function fieldDifferences(before: StoredRecord | null, after: StoredRecord | null): readonly FieldDifference[] {
  return RECORD_FIELDS.flatMap((field): FieldDifference[] => {
    const [was, is] = [before?.[field], after?.[field]];
    if (isDeepStrictEqual(was, is)) return [];
    const kind = was === undefined ? "added" : is === undefined ? "lost" : "changed";
    return [{ field, kind, before: was, after: is }];
  });
}
