/** How a run ended. Computed from what happened, never set. */
export type Outcome = "complete" | "complete_with_rejects" | "partial" | "empty_unexpected" | "failed";

/** What is known of a run when it ends. */
export interface RunFacts {
  readonly windowsClosed: number;
  readonly windows: number;
  readonly pages: number;
  readonly received: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly repeated: number;
  /** Records received in the windows as they were last read, restarts not counted twice. */
  readonly listed: number;
  /** What the repository said the list would bring; `null` where it did not say. */
  readonly completeListSize: number | null;
  readonly failure: string | null;
  /** A harvest that asks for everything must bring something; one that asks for what is new need not. */
  readonly full: boolean;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** What is missing or wrong, in a sentence; `null` when nothing is. */
  readonly reason: string | null;
}

/** Repositories count their lists while they change: this much fewer is no proof that something was lost. */
const SIZE_TOLERANCE = 0.01;
/** More rejected records than this and the run does not count as complete. */
const REJECT_LIMIT = 0.1;

/** Judges a run by its invariants; only `complete` and `complete_with_rejects` let the cursor move. */
export function computeOutcome(facts: RunFacts): Verdict {
  const stored = facts.added + facts.changed + facts.unchanged + facts.rejected + facts.repeated;
  if (facts.failure !== null) return { outcome: facts.pages === 0 ? "failed" : "partial", reason: facts.failure };
  if (facts.windowsClosed < facts.windows) {
    return {
      outcome: "partial",
      reason: `${facts.windows - facts.windowsClosed} of ${facts.windows} windows were not read to their end`,
    };
  }
  if (facts.received !== stored) {
    return { outcome: "partial", reason: `${facts.received} records were received, ${stored} are accounted for` };
  }
  return judgeNumbers(facts);
}

function judgeNumbers(facts: RunFacts): Verdict {
  const { listed, completeListSize, rejected, received } = facts;
  if (completeListSize !== null && listed < completeListSize * (1 - SIZE_TOLERANCE)) {
    return {
      outcome: "partial",
      reason: `the repository promised ${completeListSize} records and delivered ${listed}`,
    };
  }
  if (received === 0 && facts.full) {
    return {
      outcome: "empty_unexpected",
      reason: "everything was asked for and the repository delivered no record at all",
    };
  }
  if (rejected > received * REJECT_LIMIT) {
    return { outcome: "partial", reason: `${rejected} of ${received} records could not be read` };
  }
  if (rejected > 0) return { outcome: "complete_with_rejects", reason: `${rejected} records could not be read` };
  return { outcome: "complete", reason: null };
}

/** Whether the repository's cursor may move. */
export function movesCursor(outcome: Outcome): boolean {
  return outcome === "complete" || outcome === "complete_with_rejects";
}
