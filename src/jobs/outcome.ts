import { findGaps, type WindowRange } from "./window-range.ts";

/** How a run ended. Computed from what happened, never set. */
export type Outcome =
  | "complete"
  | "complete_with_rejects"
  | "partial"
  | "empty_unexpected"
  | "failed"
  | "held_for_review"
  | "cancelled";

/** What is known of a window when its run ends; one that was split is not among them, its parts are. */
export interface WindowFacts extends WindowRange {
  readonly closed: boolean;
  /** Records received in it as it was last read, restarts not counted twice. */
  readonly received: number;
  /** What the repository said the window would bring; `null` where it did not say. */
  readonly completeListSize: number | null;
}

/** What is known of a run when it ends. */
export interface RunFacts {
  readonly windows: readonly WindowFacts[];
  readonly pages: number;
  readonly received: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly repeated: number;
  readonly failure: string | null;
  /** A harvest that asks for everything must bring something; one that asks for what is new need not. */
  readonly full: boolean;
  /** A person stopped it. */
  readonly cancelled: boolean;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** What is missing or wrong, in a sentence; `null` when nothing is. */
  readonly reason: string | null;
}

/** Repositories count their lists while they change: this much fewer is no proof that something was lost. */
export const SIZE_TOLERANCE = 0.01;
/** More rejected records than this and the run does not count as complete. */
const REJECT_LIMIT = 0.1;

/** Judges a run by its invariants; only `complete` and `complete_with_rejects` let the cursor move. */
export function computeOutcome(facts: RunFacts): Verdict {
  if (facts.cancelled) return { outcome: "cancelled", reason: "a person stopped it" };
  if (facts.failure !== null) return { outcome: facts.pages === 0 ? "failed" : "partial", reason: facts.failure };
  const reason = openWindows(facts) ?? gaps(facts) ?? wrongLedger(facts) ?? shortWindow(facts);
  return reason === null ? judgeNumbers(facts) : { outcome: "partial", reason };
}

function openWindows({ windows }: RunFacts): string | null {
  const open = windows.filter(({ closed }) => !closed).length;
  return open === 0 ? null : `${open} of ${windows.length} windows were not read to their end`;
}

function gaps({ windows }: RunFacts): string | null {
  const [gap] = findGaps(windows);
  return gap === undefined ? null : `nothing was asked for between ${gap.from ?? "the beginning"} and ${gap.until}`;
}

function wrongLedger(facts: RunFacts): string | null {
  const stored = facts.added + facts.changed + facts.unchanged + facts.rejected + facts.repeated;
  return facts.received === stored ? null : `${facts.received} records were received, ${stored} are accounted for`;
}

function shortWindow({ windows }: RunFacts): string | null {
  for (const { received, completeListSize, from, until } of windows) {
    if (completeListSize === null || received >= completeListSize * (1 - SIZE_TOLERANCE)) continue;
    const which = from === null && until === null ? "" : ` between ${from ?? "the beginning"} and ${until ?? "now"}`;
    return `the repository promised ${completeListSize} records${which} and delivered ${received}`;
  }
  return null;
}

function judgeNumbers({ received, full, rejected }: RunFacts): Verdict {
  if (received === 0 && full) {
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
