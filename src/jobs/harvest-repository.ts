import { TransientFailure } from "../client/failures.ts";
import { createRepositoryClient } from "../client/repository-client.ts";
import type { Lease } from "../store/leases.ts";
import { renewLease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import { getRepository, type Repository } from "../store/repositories.ts";
import { abandonWindows, finishRun, getRun, listWindows, type Run, saveFailedRun } from "../store/runs.ts";
import { withLease } from "./harvest-lease.ts";
import { computeOutcome, movesCursor, type Outcome } from "./outcome.ts";
import { type PlannedRun, type PlanOptions, planHarvest } from "./plan-harvest.ts";
import { type ReadingLimits, readWindows } from "./read-windows.ts";
import type { Services } from "./services.ts";

/** How a harvest is to be done. */
export interface HarvestOptions extends PlanOptions, Pick<ReadingLimits, "signal" | "onPage"> {
  /** Stop after this time with the run still open; the next call goes on where it stood. */
  readonly budgetMs?: number;
}

/** A run that has ended, or (`outcome` null) one that goes on with the next call. */
export interface HarvestResult {
  readonly run: Run;
  readonly outcome: Outcome | null;
}

/**
 * Harvests one repository: lease, plan, page after page into the store, verdict, and the cursor last of all. Whatever
 * goes wrong on the way ends the run with an outcome that says so. Throws `RepositoryBusy` where somebody else is at it,
 * and `LeaseLost` where somebody else took over.
 */
export async function harvestRepository(
  services: Services,
  repositoryId: number,
  options: HarvestOptions,
): Promise<HarvestResult> {
  const repository = await getRepository(services.db, repositoryId);
  return await withLease(services, { repositoryId, baseUrl: repository.base_url }, async (lease) => {
    const result = await harvest(services, repository, lease, options);
    const { run, outcome } = result;
    const { received, added, changed, unchanged, rejected, deleted, failure } = run;
    const ledger = { received, added, changed, unchanged, rejected, deleted };
    services.log.info(
      { repository: repository.code, runId: run.run_id, outcome, ...ledger, failure },
      outcome === null ? "harvest paused" : "harvest finished",
    );
    return result;
  });
}

async function harvest(
  services: Services,
  repository: Repository,
  lease: Lease,
  options: HarvestOptions,
): Promise<HarvestResult> {
  const { db, http, log } = services;
  const about = { repository: repository.code };
  const client = createRepositoryClient(http, repository.base_url, options.signal);
  let planned: PlannedRun;
  try {
    planned = await planHarvest(db, client, repository, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    log.error({ ...about, err: error }, "harvest could not begin");
    return {
      run: await saveFailedRun(db, repository.repository_id, options.trigger, messageOf(error)),
      outcome: "failed",
    };
  }
  const { run, resumed } = planned;
  log.info({ ...about, runId: run.run_id, metadataPrefix: planned.metadataPrefix, resumed }, "harvest started");
  const deadline = options.budgetMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + options.budgetMs;
  try {
    const atEnd = await readWindows(services, client, repository, planned, lease, { ...options, deadline });
    return atEnd
      ? await close(services, planned, lease, null)
      : { run: await getRun(db, run.repository_id, run.run_id), outcome: null };
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    if (options.signal?.aborted === true)
      return { run: await getRun(db, run.repository_id, run.run_id), outcome: null };
    log.error({ ...about, runId: run.run_id, err: error }, "harvest interrupted");
    // only what the repository may still deliver is worth going on with; after a circle or nonsense the next run begins anew
    if (!(error instanceof TransientFailure)) await abandonWindows(db, run);
    return await close(services, planned, lease, messageOf(error));
  }
}

async function close(
  services: Services,
  planned: PlannedRun,
  lease: Lease,
  failure: string | null,
): Promise<HarvestResult> {
  const { db, leaseMs } = services;
  if (!(await renewLease(db, lease, leaseMs)))
    throw new LeaseLost(`the lease on ${lease.host} ran out before the run could be closed`);
  const run = await getRun(db, planned.run.repository_id, planned.run.run_id);
  const windows = await listWindows(db, run.repository_id, run.run_id);
  const { outcome, reason } = computeOutcome({
    ...run,
    windows: windows.length,
    windowsClosed: windows.filter((window) => window.state === "closed").length,
    listed: windows.reduce((sum, window) => sum + window.received, 0),
    completeListSize: run.complete_list_size,
    failure,
    full: windows.every((window) => window.from_datestamp === null),
  });
  const cursor = movesCursor(outcome) ? { harvestedUntil: run.source_started, prefix: planned.metadataPrefix } : null;
  return { run: await finishRun(db, run, { outcome, failure: reason, cursor }), outcome };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
