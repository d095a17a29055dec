import type { PageEvent } from "../metrics/events.ts";
import type { HarvestJob, Queue } from "../queue/queue.ts";
import { isQuiet, nextOpening } from "../schedule/quiet-hours.ts";
import { findLeaseHolders } from "../store/leases.ts";
import { isOutage } from "../store/outage.ts";
import { LeaseLost } from "../store/page.ts";
import { getRepository, type Repository } from "../store/repositories.ts";
import { findOpenRun, type Run } from "../store/runs.ts";
import { wakeNext } from "../store/waiting-jobs.ts";
import { hostOf, RepositoryBusy } from "./harvest-lease.ts";
import { harvestRepository } from "./harvest-repository.ts";
import { outlast } from "./outlast.ts";
import { probeWhenDue } from "./probe-when-due.ts";
import type { Services } from "./services.ts";

/** A harvest works in slices of this length, so that a long one leaves room for others and stops promptly. */
const SLICE_MS = 60_000;
/** Whoever leaves a host lets in the next one; this is for the case that it could not. */
const BUSY_RETRY_SECONDS = 30;

/**
 * Does one slice of a harvest and queues the next one, behind all others, where there is more to read. A slice ends after
 * the page in hand when its time is over, when the quiet hours of the repository begin, when somebody pauses it, and when
 * `signal` says that this process is to stop. What is thrown is thrown to the queue, which tries again later.
 */
export async function workOnHarvest(
  services: Services,
  queue: Queue,
  job: HarvestJob,
  signal: AbortSignal,
): Promise<void> {
  const log = services.log.child({ repositoryId: job.repositoryId });
  try {
    const repository = await getRepository(services.db, job.repositoryId);
    if (!(await mayBegin(services, queue, job, repository))) return;
    await probeWhenDue(services, repository, new Date(), signal);
    const ended = await harvestSlice(services, repository, job, signal);
    if (!ended) await queue.enqueueHarvest(job, { continued: true });
  } catch (err) {
    if (signal.aborted) {
      log.debug({ err }, "stopped before there was anything to store");
      await queue.enqueueHarvest(job);
    } else if (err instanceof RepositoryBusy) {
      log.debug("repository busy; the harvest waits");
      await waitForHost(services, queue, job, err.host);
    } else if (isOutage(err)) {
      log.warn({ err }, "the database went away; the harvest goes on after its last stored page");
      await outlast(services, () => queue.enqueueHarvest(job, { continued: true }));
    } else if (err instanceof LeaseLost) {
      log.warn({ err }, "another worker goes on with the harvest");
    } else throw err;
  }
}

/** Whether the repository may be harvested now. In its quiet hours the job is put off until they end. */
async function mayBegin(
  { db }: Services,
  queue: Queue,
  job: HarvestJob,
  { state, quiet_hours, time_zone, base_url }: Repository,
): Promise<boolean> {
  const now = new Date();
  const waitMs = nextOpening(quiet_hours, time_zone, now).getTime() - now.getTime();
  if (state === "live" && waitMs <= 0) return true;
  if (state === "live") await queue.enqueueHarvest(job, { afterSeconds: Math.ceil(waitMs / 1000) });
  // who was let in and does not go in leaves the place to the next one
  await wakeNext(db, hostOf(base_url));
  return false;
}

/** The host may have become free while the job was on its way into the queue, and then nobody would wake it. */
async function waitForHost({ db }: Services, queue: Queue, job: HarvestJob, host: string): Promise<void> {
  await queue.enqueueHarvest(job, { afterSeconds: BUSY_RETRY_SECONDS, waitsFor: host });
  if ((await findLeaseHolders(db, job.repositoryId, host)).length === 0) await wakeNext(db, host);
}

/** True when nothing is left open. */
async function harvestSlice(
  services: Services,
  repository: Repository,
  job: HarvestJob,
  signal: AbortSignal,
): Promise<boolean> {
  const stopping = new AbortController();
  const count = pageCounter(services, await findOpenRun(services.db, job.repositoryId));
  const result = await harvestRepository(services, job.repositoryId, {
    trigger: job.trigger,
    full: false,
    signal: AbortSignal.any([signal, stopping.signal]),
    budgetMs: SLICE_MS,
    onPage: async (ledger) => {
      count(ledger);
      const reason = await reasonToStop(services, repository);
      if (reason !== null) stopping.abort(new Error(reason));
    },
  });
  for (const { outcome } of [...result.before, result])
    if (outcome !== null) services.observe?.({ kind: "run-ended", outcome });
  return result.outcome !== null;
}

/** Why the harvest is to stop between two pages. What cannot be read is looked at again after the next page. */
async function reasonToStop({ db, log }: Services, { repository_id, code }: Repository): Promise<string | null> {
  try {
    const { state, quiet_hours, time_zone } = await getRepository(db, repository_id);
    if (state !== "live") return `"${code}" is ${state} now`;
    return isQuiet(quiet_hours, time_zone, new Date()) ? `the quiet hours of "${code}" have begun` : null;
  } catch (err) {
    log.warn({ err, repository: code }, "could not see whether the harvest may go on");
    return null;
  }
}

/** The ledger of a run grows from slice to slice; what is told is what each page added to it. */
function pageCounter({ observe }: Services, open: Run | null): (run: Run) => void {
  let last = open;
  return (run) => {
    observe?.({ kind: "page", ...difference(run, last?.run_id === run.run_id ? last : null) });
    last = run;
  };
}

function difference(run: Run, before: Run | null): Omit<PageEvent, "kind"> {
  return {
    received: run.received - (before?.received ?? 0),
    added: run.added - (before?.added ?? 0),
    changed: run.changed - (before?.changed ?? 0),
    unchanged: run.unchanged - (before?.unchanged ?? 0),
    rejected: run.rejected - (before?.rejected ?? 0),
    deleted: run.deleted - (before?.deleted ?? 0),
    bytes: run.bytes - (before?.bytes ?? 0),
  };
}
