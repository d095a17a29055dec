import { TransientFailure } from "../client/failures.ts";
import { createRepositoryClient, type RepositoryClient } from "../client/repository-client.ts";
import type { Lease } from "../store/leases.ts";
import { isStoreFailure } from "../store/outage.ts";
import { LeaseLost } from "../store/page.ts";
import { getRepository, type Repository, updateRepository } from "../store/repositories.ts";
import { endUnfinishedRuns, findOpenRun, getRun, type Run, saveFailedRun } from "../store/runs.ts";
import { abandonWindows } from "../store/windows.ts";
import { closeRun } from "./close-run.ts";
import { connectionOf } from "./connection-of.ts";
import { dueAfterSweep } from "./due-lists.ts";
import type { Outcome } from "./outcome.ts";
import type { PlannedRun } from "./plan-harvest.ts";
import { planRun, type RunOptions } from "./plan-run.ts";
import { type ReadingLimits, readWindows } from "./read-windows.ts";
import { diagnosisOf, reasonOf } from "./reason.ts";
import { logBegin, logEnd, logFailure } from "./run-log.ts";
import type { Services } from "./services.ts";

/** A run that has ended, or (`outcome` null) one that goes on with the next call. */
export interface RunResult {
  readonly run: Run;
  readonly outcome: Outcome | null;
}

/**
 * Works on one run of a repository whose lease is held: the one that is open, or a new one. Whatever goes wrong on the way
 * ends it with an outcome that says so. Throws `LeaseLost` where somebody else took over; where our own database fails, what
 * it says, and the run stays open, to be gone on with after its last stored page.
 */
export async function oneRun(
  services: Services,
  lease: Lease,
  options: RunOptions & ReadingLimits,
): Promise<RunResult> {
  const repository = await getRepository(services.db, lease.repositoryId);
  const result = await work(services, repository, lease, options);
  logEnd(services.log, { repository: repository.code }, result);
  return result;
}

async function work(
  services: Services,
  repository: Repository,
  lease: Lease,
  options: RunOptions & ReadingLimits,
): Promise<RunResult> {
  const { db, http, log } = services;
  const about = { repository: repository.code };
  let client: RepositoryClient;
  let planned: PlannedRun;
  try {
    const connection = connectionOf(services, repository);
    client = createRepositoryClient(http, repository.base_url, options.signal, connection);
    planned = await planRun(db, client, repository, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (isStoreFailure(error)) throw error;
    logFailure(log, about, error, "harvest could not begin");
    return await notBegun(services, repository, options, error);
  }
  const { run } = planned;
  logBegin(log, about, planned);
  const closing = { repository, client, planned, lease };
  try {
    const end = await readWindows(services, client, repository, planned, lease, options);
    if (end === "paused") return await paused(services, run);
    return await closeRun(services, { ...closing, failure: null, diagnosis: null, cancelled: end === "cancelled" });
  } catch (error) {
    if (error instanceof LeaseLost || isStoreFailure(error)) throw error;
    if (options.signal?.aborted === true) return await paused(services, run);
    logFailure(log, { ...about, runId: run.run_id }, error, `${run.kind} interrupted`);
    // only what the repository may still deliver is worth going on with; after nonsense the next run begins anew
    if (!(error instanceof TransientFailure)) await abandonWindows(db, run, reasonOf(error), diagnosisOf(error));
    const why = { failure: reasonOf(error), diagnosis: diagnosisOf(error) };
    return await closeRun(services, { ...closing, ...why, cancelled: false });
  }
}

/** A run that was open and cannot be gone on with ends too: the reaper would queue it again every minute. */
async function notBegun(
  { db }: Services,
  { repository_id, code }: Repository,
  { trigger, sweep }: RunOptions,
  error: unknown,
): Promise<RunResult> {
  const reason = reasonOf(error);
  if ((await findOpenRun(db, repository_id)) !== null) await endUnfinishedRuns(db, repository_id, reason);
  if (sweep) await updateRepository(db, repository_id, dueAfterSweep(code, false, false));
  const why = { diagnosis: diagnosisOf(error), ...(sweep ? { kind: "sweep" as const } : {}) };
  return { run: await saveFailedRun(db, repository_id, trigger, reason, why), outcome: "failed" };
}

async function paused({ db }: Services, run: Run): Promise<RunResult> {
  return { run: await getRun(db, run.repository_id, run.run_id), outcome: null };
}
