import type { CommonRecord } from "../record/common-record.ts";
import type { Severity } from "../record/issue.ts";
import type { IssueCode } from "../record/issue-texts.ts";
import type { RuleCode } from "../record/rule-texts.ts";

/** A remark on a record as far as the rules look at it; its code may be one that is not raised any more. */
export interface Remark {
  readonly code: string;
  /** Field of the common record, or `null` where it is about the record as a whole. */
  readonly field: string | null;
  readonly value: string | null;
}

/** What a good record has, as data: the profiles say how much it weighs. Its sentences stand in `src/record/rule-texts`. */
export interface QualityRule {
  readonly code: RuleCode;
  /** Its place in the stored bits of missed rules; never given to another rule, and below 31. */
  readonly bit: number;
  readonly fields: readonly (keyof CommonRecord)[];
  /** `error`: a record that misses it cannot be published; `warning`: it is hard to find or to use; `info`: it could say more. */
  readonly severity: Severity;
  /** Whether the item calls for it; not asked where a profile makes the rule mandatory. Not given: every item does. */
  readonly applies?: (record: CommonRecord, remarks: readonly Remark[]) => boolean;
  readonly met: (record: CommonRecord, remarks: readonly Remark[]) => boolean;
  /** The value that it looks at, good or bad, or `null` where the record has none. */
  readonly value: (record: CommonRecord) => string | null;
  /** Remarks on its fields that tell why it is missed; the first one that has a value shows what the source said. */
  readonly because: readonly IssueCode[];
}
