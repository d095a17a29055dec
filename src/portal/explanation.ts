import type { Language } from "./messages/messages.ts";

/** Where the values of a record came from, as its page shows it. */
export interface Explanation {
  /** The crosswalk and its version. */
  readonly crosswalk: string;
  /** Whether the record was mapped by the rules that hold now, by which it is explained. */
  readonly isPresent: boolean;
  /** In the order of the common record; only fields that have a value. */
  readonly fields: readonly ExplainedField[];
  /** What no field has read. */
  readonly unread: readonly { readonly path: string; readonly value: string }[];
}

/** A field of the common record and its values. */
export interface ExplainedField {
  readonly field: string;
  readonly label: Readonly<Record<Language, string>>;
  readonly values: readonly ExplainedValue[];
}

/** A value, and the texts of the source that it was made from; none where the record's envelope gave it. */
export interface ExplainedValue {
  readonly value: unknown;
  readonly from: readonly ExplainedText[];
  /** What of the repository's overrides decided it; `null` where the crosswalk did alone. */
  readonly override: string | null;
}

/** A text as it was sent, and what was mended before it was read. */
export interface ExplainedText {
  readonly path: string;
  readonly text: string;
  readonly repairs: readonly string[];
}
