import { applyDeletions, proposeDeletions, weighDeletions } from "../store/deletions.ts";
import { type Lease, renewLease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import { finishRun, getRun, type Run } from "../store/runs.ts";
import { forgetSeen, listVanished, settleSeen } from "../store/seen.ts";
import { abandonWindows, listWindows } from "../store/windows.ts";
import { guardRun } from "./guard.ts";
import type { ImportEnd } from "./import-pages.ts";
import { computeOutcome, type Outcome, type Verdict } from "./outcome.ts";
import type { Services } from "./services.ts";

/** An import that has ended. */
export interface ImportResult {
  readonly run: Run;
  readonly outcome: Outcome;
}

/**
 * Judges an import by what is stored of it, proposes for deletion what a complete list no longer holds, lets the guard
 * decide, and ends the run. The repository's cursor stays: it belongs to harvesting. Throws `LeaseLost`.
 */
export async function closeImport(
  services: Services,
  lease: Lease,
  runId: number,
  end: ImportEnd,
): Promise<ImportResult> {
  const { db, leaseMs, leadSeconds } = services;
  const key = { repositoryId: lease.repositoryId, runId };
  if (!(await renewLease(db, lease, leaseMs)))
    throw new LeaseLost(`the lease on ${lease.host} ran out before the import could be closed`);
  const run = await getRun(db, key.repositoryId, runId);
  await abandonWindows(db, run, end.failure ?? "cancelled");
  const verdict = await judge(services, run, end);
  // a record that could not be read stands in the file all the same: only a list that was read whole can miss anything
  if (run.full_list && verdict.outcome === "complete") await proposeMissing(services, key);
  const { outcome, reason } = await guarded(services, run, verdict);
  const withdrawn = outcome === "held_for_review" ? 0 : await applyDeletions(db, key, leadSeconds);
  await forgetSeen(db, key);
  return { run: await finishRun(db, run, { outcome, failure: reason, withdrawn, cursor: null }), outcome };
}

async function judge({ db }: Services, run: Run, end: ImportEnd): Promise<Verdict> {
  const windows = await listWindows(db, run.repository_id, run.run_id);
  return computeOutcome({
    ...run,
    windows: windows.map(({ state, received, complete_list_size: completeListSize }) => ({
      from: null,
      until: null,
      closed: state === "closed",
      received,
      completeListSize,
    })),
    failure: end.failure,
    full: true,
    cancelled: end.cancelled,
  });
}

/** One complete list is enough: whoever says `--replace` says that it is complete. */
async function proposeMissing({ db }: Services, key: { readonly repositoryId: number; readonly runId: number }) {
  await settleSeen(db, key);
  const missing = await listVanished(db, key.repositoryId, 1);
  const recordIds = missing.map(({ recordId }) => recordId);
  await proposeDeletions(db, key, recordIds, "sweep");
}

async function guarded({ db }: Services, run: Run, verdict: Verdict): Promise<Verdict> {
  const weights = await weighDeletions(db, run.repository_id);
  const listed = run.full_list && verdict.outcome === "complete" ? run.received - run.repeated : null;
  const guard = guardRun({ ...weights, liveBefore: run.live_before ?? 0, listed });
  if (guard.verdict !== "hold") return verdict;
  return { outcome: "held_for_review", reason: `${guard.reason}: a person must approve or reject it` };
}
