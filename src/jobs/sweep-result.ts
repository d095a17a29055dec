import type { Run } from "../store/runs.ts";
import { countFindings, type FindingCounts } from "../store/sweep-findings.ts";
import { FEW } from "./guard.ts";
import type { PlannedRun } from "./plan-harvest.ts";
import type { Services } from "./services.ts";

/** What a sweep found beside what is there and what is gone. */
export interface SweepResult {
  /** For a person; `null` where there is nothing to say. */
  readonly note: string | null;
  /** Only a list of everything brings what it found, and none has tried yet. */
  readonly wantsFull: boolean;
  /** Many records are not here: what is gone may go on among them, so that nothing is decided before they have come. */
  readonly bringsMany: boolean;
}

/**
 * Weighs what a complete sweep found in the list and not here. What a harvest by date brings anyway is only told; the rest
 * needs a list of everything, once: what that does not bring either cannot be had.
 */
export async function weighFindings({ db }: Services, run: Run, { datesTrusted }: PlannedRun): Promise<SweepResult> {
  const key = { repositoryId: run.repository_id, runId: run.run_id };
  const counts = await countFindings(db, key);
  const wantsFull = datesTrusted && counts.untried > 0;
  return { note: noteOf(counts, wantsFull), wantsFull, bringsMany: counts.newlyUnknown > FEW };
}

function noteOf(counts: FindingCounts, wantsFull: boolean): string | null {
  const { unknown, newer, outOfReach, untried } = counts;
  if (unknown + newer === 0) return null;
  const found = `the list has ${unknown} records that are not here and ${newer} that are newer there`;
  if (wantsFull) return `${found}; the next harvest asks for everything`;
  const lost = outOfReach - untried;
  return lost === 0
    ? `${found}; the next harvest brings them`
    : `${found}; ${lost} of them did not come when everything was asked for`;
}
