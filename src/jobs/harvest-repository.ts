import { TransientFailure } from "../client/failures.ts";
import { createRepositoryClient, type RepositoryClient } from "../client/repository-client.ts";
import type { Lease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import { getRepository, type Repository } from "../store/repositories.ts";
import { endUnfinishedRuns, findOpenRun, getRun, type Run, saveFailedRun } from "../store/runs.ts";
import { abandonWindows } from "../store/windows.ts";
import { closeRun } from "./close-run.ts";
import { connectionOf } from "./connection-of.ts";
import { withLease } from "./harvest-lease.ts";
import type { Outcome } from "./outcome.ts";
import { type PlannedRun, type PlanOptions, planHarvest } from "./plan-harvest.ts";
import { type ReadingLimits, readWindows } from "./read-windows.ts";
import { reasonOf } from "./reason.ts";
import type { Services } from "./services.ts";

/** How a harvest is to be done. */
export interface HarvestOptions extends PlanOptions, Pick<ReadingLimits, "signal" | "onPage" | "longestList"> {
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
  let client: RepositoryClient;
  let planned: PlannedRun;
  try {
    const connection = connectionOf(services, repository);
    client = createRepositoryClient(http, repository.base_url, options.signal, connection);
    planned = await planHarvest(db, client, repository, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    log.error({ ...about, err: error }, "harvest could not begin");
    return await notBegun(services, repository, options, reasonOf(error));
  }
  const { run, resumed } = planned;
  log.info({ ...about, runId: run.run_id, metadataPrefix: planned.metadataPrefix, resumed }, "harvest started");
  const deadline = options.budgetMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + options.budgetMs;
  const closing = { repository, client, planned, lease };
  try {
    const end = await readWindows(services, client, repository, planned, lease, { ...options, deadline });
    if (end === "paused") return await paused(services, run);
    return await closeRun(services, { ...closing, failure: null, cancelled: end === "cancelled" });
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    if (options.signal?.aborted === true) return await paused(services, run);
    log.error({ ...about, runId: run.run_id, err: error }, "harvest interrupted");
    // only what the repository may still deliver is worth going on with; after nonsense the next run begins anew
    if (!(error instanceof TransientFailure)) await abandonWindows(db, run, reasonOf(error));
    return await closeRun(services, { ...closing, failure: reasonOf(error), cancelled: false });
  }
}

/** A run that was open and cannot be gone on with ends too: the reaper would queue it again every minute. */
async function notBegun(
  { db }: Services,
  { repository_id }: Repository,
  { trigger }: HarvestOptions,
  reason: string,
): Promise<HarvestResult> {
  if ((await findOpenRun(db, repository_id)) !== null) await endUnfinishedRuns(db, repository_id, reason);
  return { run: await saveFailedRun(db, repository_id, trigger, reason), outcome: "failed" };
}

async function paused({ db }: Services, run: Run): Promise<HarvestResult> {
  return { run: await getRun(db, run.repository_id, run.run_id), outcome: null };
}
