import type { OwnDiagnosis } from "../store/schema.ts";

/** What a run would do to a repository's place in the feed. */
export interface RunEffect {
  /** Records that would leave the feed now, those that earlier runs proposed included. */
  readonly proposed: number;
  /** Records of the repository in the feed now, and when the run began. */
  readonly live: number;
  readonly liveBefore: number;
  /** Live records that a list of everything brought; `null` where not everything was asked for. */
  readonly listed: number | null;
}

/** What the guard says: hold the run for a person to look at, warn, or nothing. */
export type GuardVerdict =
  | { readonly verdict: "pass" }
  | { readonly verdict: "warn" | "hold"; readonly reason: string; readonly diagnosis: OwnDiagnosis };

/** Repositories weed: so many records at once need nobody's attention. */
export const FEW = 10;
const MOST_DELETED = 0.05;
const HOLD_BELOW = 0.7;
const WARN_BELOW = 0.85;

/** So many records of a repository with `live` ones are more than happens by itself. */
export function isMany(records: number, live: number): boolean {
  return records > Math.max(FEW, live * MOST_DELETED);
}

/**
 * Deletion is a decision: more than ten records and more than a twentieth of a repository do not leave the feed without
 * one, and neither does a list that brings much less than is known count as the truth.
 */
export function guardRun({ proposed, live, liveBefore, listed }: RunEffect): GuardVerdict {
  if (isMany(proposed, live))
    return {
      verdict: "hold",
      reason: `${proposed} of ${live} records would leave the feed`,
      diagnosis: "too_many_deletions",
    };
  if (listed === null || liveBefore <= FEW) return { verdict: "pass" };
  const diagnosis = "too_few_records";
  const reason = `everything was asked for and brought ${listed} records, where ${liveBefore} are known`;
  if (listed < liveBefore * HOLD_BELOW) return { verdict: "hold", reason, diagnosis };
  return listed < liveBefore * WARN_BELOW ? { verdict: "warn", reason, diagnosis } : { verdict: "pass" };
}
