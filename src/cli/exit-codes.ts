import type { Outcome } from "../jobs/outcome.ts";

/** What a harvest or an import tells the shell: 0 done, 2 done but for some records, 3 waits for a person, 1 everything else. */
export const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  complete: 0,
  complete_with_rejects: 2,
  partial: 1,
  empty_unexpected: 1,
  failed: 1,
  cancelled: 1,
  held_for_review: 3,
};
