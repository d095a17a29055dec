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
  | { readonly verdict: "warn" | "hold"; readonly reason: string };

/** Repositories weed: so many records at once need nobody's attention. */
const FEW = 10;
const MOST_DELETED = 0.05;
const HOLD_BELOW = 0.7;
const WARN_BELOW = 0.85;

/**
 * Deletion is a decision: more than ten records and more than a twentieth of a repository do not leave the feed without
 * one, and neither does a list that brings much less than is known count as the truth.
 */
export function guardRun({ proposed, live, liveBefore, listed }: RunEffect): GuardVerdict {
  if (proposed > Math.max(FEW, live * MOST_DELETED))
    return { verdict: "hold", reason: `${proposed} of ${live} records would leave the feed` };
  if (listed === null || liveBefore <= FEW) return { verdict: "pass" };
  const reason = `everything was asked for and brought ${listed} records, where ${liveBefore} are known`;
  if (listed < liveBefore * HOLD_BELOW) return { verdict: "hold", reason };
  return listed < liveBefore * WARN_BELOW ? { verdict: "warn", reason } : { verdict: "pass" };
}
