import type { OwnDiagnosis } from "../store/schema.ts";
import type { RunDiagnosis } from "./reason.ts";
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
  /** The failure in a word. */
  readonly diagnosis: RunDiagnosis | null;
  /** A harvest that asks for everything must bring something; one that asks for what is new need not. */
  readonly full: boolean;
  /** A person stopped it. */
  readonly cancelled: boolean;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** What is missing or wrong, in a sentence; `null` when nothing is. */
  readonly reason: string | null;
  /** The same in a word that has its texts in both languages. */
  readonly diagnosis: RunDiagnosis | null;
}

/** An invariant that does not hold. */
interface Complaint {
  readonly reason: string;
  readonly diagnosis: OwnDiagnosis;
}

/** Repositories count their lists while they change: this much fewer is no proof that something was lost. */
export const SIZE_TOLERANCE = 0.01;
/** More rejected records than this and the run does not count as complete. */
const REJECT_LIMIT = 0.1;

/** Judges a run by its invariants; only `complete` and `complete_with_rejects` let the cursor move. */
export function computeOutcome(facts: RunFacts): Verdict {
  const { failure, diagnosis, pages, received, cancelled } = facts;
  if (cancelled) return { outcome: "cancelled", reason: "a person stopped it", diagnosis: "cancelled" };
  if (failure !== null)
    return { outcome: pages === 0 && received === 0 ? "failed" : "partial", reason: failure, diagnosis };
  const complaint = openWindows(facts) ?? gaps(facts) ?? wrongLedger(facts) ?? shortWindow(facts);
  return complaint === null ? judgeNumbers(facts) : { outcome: "partial", ...complaint };
}

function openWindows({ windows }: RunFacts): Complaint | null {
  const open = windows.filter(({ closed }) => !closed).length;
  if (open === 0) return null;
  return { reason: `${open} of ${windows.length} windows were not read to their end`, diagnosis: "windows_unread" };
}

function gaps({ windows }: RunFacts): Complaint | null {
  const [gap] = findGaps(windows);
  if (gap === undefined) return null;
  const reason = `nothing was asked for between ${gap.from ?? "the beginning"} and ${gap.until}`;
  return { reason, diagnosis: "not_asked" };
}

function wrongLedger(facts: RunFacts): Complaint | null {
  const stored = facts.added + facts.changed + facts.unchanged + facts.rejected + facts.repeated;
  if (facts.received === stored) return null;
  const reason = `${facts.received} records were received, ${stored} are accounted for`;
  return { reason, diagnosis: "ledger_wrong" };
}

function shortWindow({ windows }: RunFacts): Complaint | null {
  for (const { received, completeListSize, from, until } of windows) {
    if (completeListSize === null || received >= completeListSize * (1 - SIZE_TOLERANCE)) continue;
    const which = from === null && until === null ? "" : ` between ${from ?? "the beginning"} and ${until ?? "now"}`;
    const reason = `the repository promised ${completeListSize} records${which} and delivered ${received}`;
    return { reason, diagnosis: "list_short" };
  }
  return null;
}

function judgeNumbers({ received, full, rejected }: RunFacts): Verdict {
  if (received === 0 && full) {
    return {
      outcome: "empty_unexpected",
      reason: "everything was asked for and the repository delivered no record at all",
      diagnosis: "nothing_came",
    };
  }
  if (rejected > received * REJECT_LIMIT) {
    const reason = `${rejected} of ${received} records could not be read`;
    return { outcome: "partial", reason, diagnosis: "many_rejected" };
  }
  if (rejected === 0) return { outcome: "complete", reason: null, diagnosis: null };
  return { outcome: "complete_with_rejects", reason: `${rejected} records could not be read`, diagnosis: null };
}

/** Whether the repository's cursor may move. */
export function movesCursor(outcome: Outcome): boolean {
  return outcome === "complete" || outcome === "complete_with_rejects";
}
