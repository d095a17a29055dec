import type { IssueCode } from "./issue-texts.ts";

/** `error`: the record cannot be published as it is; `warning`: a value is lost or doubtful; `info`: somebody may like to know. */
export type Severity = "error" | "warning" | "info";

/** A remark on a record: data, stored beside it and shown to librarians, never thrown. */
export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** Field of the common record, or `null` where the remark is about the record as a whole. */
  readonly field: string | null;
  /** Where in the source, e.g. `/oai_dc:dc/dc:date[2]` or `245[1]$a`; `null` where it has no one place. */
  readonly path: string | null;
  /** The value as found, cut to a readable length. */
  readonly value: string | null;
}

const MAX_VALUE_LENGTH = 300;

/** Cuts a value as found to what an issue carries. */
export function excerpt(value: string): string {
  return value.length <= MAX_VALUE_LENGTH ? value : `${value.slice(0, MAX_VALUE_LENGTH - 1)}…`;
}
