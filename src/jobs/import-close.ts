import { applyDeletions, proposeDeletions } from "../store/deletions.ts";
import { type Lease, renewLease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import { finishRun, getRun } from "../store/runs.ts";
import { forgetSeen, listVanished, settleSeen } from "../store/seen.ts";
import { abandonWindows, listWindows } from "../store/windows.ts";
import { type ClosedRun, guarded, judge, missingOf } from "./close-run.ts";
import type { ImportEnd } from "./import-pages.ts";
import type { Services } from "./services.ts";

/**
 * Ends an import as `closeRun` ends a harvest, with nobody to ask: what is judged, guarded and missing is the same, what
 * has left a complete list is known at once, and the repository's cursor stays, since it belongs to harvesting. Throws
 * `LeaseLost`.
 */
export async function closeImport(services: Services, lease: Lease, runId: number, end: ImportEnd): Promise<ClosedRun> {
  const { db, leaseMs, leadSeconds } = services;
  const key = { repositoryId: lease.repositoryId, runId };
  if (!(await renewLease(db, lease, leaseMs)))
    throw new LeaseLost(`the lease on ${lease.host} ran out before the import could be closed`);
  const run = await getRun(db, key.repositoryId, runId);
  await abandonWindows(db, run, end.failure ?? "cancelled", end.diagnosis ?? "cancelled");
  const windows = await listWindows(db, key.repositoryId, runId);
  // a file must bring something, be it the complete list or not
  const verdict = judge({ ...run, full_list: true }, windows, end);
  // a record that could not be read stands in the file all the same: only a list that was read whole can miss anything
  if (run.full_list && verdict.outcome === "complete") await proposeMissing(services, key);
  const { outcome, reason, diagnosis, mayWithdraw } = await guarded(services, run, windows, verdict);
  const withdrawn = mayWithdraw ? await applyDeletions(db, key, leadSeconds) : 0;
  const missing = await missingOf(services, run, windows);
  const ended = await finishRun(db, run, { outcome, failure: reason, diagnosis, missing, withdrawn, cursor: null });
  await forgetSeen(db, key);
  return { run: ended, outcome };
}

/** One complete list is enough: whoever says `--replace` says that it is complete. */
async function proposeMissing({ db }: Services, key: { readonly repositoryId: number; readonly runId: number }) {
  await settleSeen(db, key);
  const missing = await listVanished(db, key.repositoryId, 1);
  const recordIds = missing.map(({ recordId }) => recordId);
  await proposeDeletions(db, key, recordIds, "sweep");
}
