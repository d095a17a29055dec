import { TransientFailure } from "../client/failures.ts";
import { createRepositoryClient } from "../client/repository-client.ts";
import type { Lease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import { getRepository, type Repository } from "../store/repositories.ts";
import { getRun, type Run, saveFailedRun } from "../store/runs.ts";
import { abandonWindows } from "../store/windows.ts";
import { closeRun } from "./close-run.ts";
import { connectionOf } from "./connection-of.ts";
import { withLease } from "./harvest-lease.ts";
import type { Outcome } from "./outcome.ts";
import { type PlannedRun, type PlanOptions, planHarvest } from "./plan-harvest.ts";
import { type ReadingLimits, readWindows } from "./read-windows.ts";
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
  const client = createRepositoryClient(http, repository.base_url, options.signal, connectionOf(repository));
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
    if (!(error instanceof TransientFailure)) await abandonWindows(db, run, messageOf(error));
    return await closeRun(services, { ...closing, failure: messageOf(error), cancelled: false });
  }
}

async function paused({ db }: Services, run: Run): Promise<HarvestResult> {
  return { run: await getRun(db, run.repository_id, run.run_id), outcome: null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
