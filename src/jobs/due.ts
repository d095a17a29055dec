import type { HarvestJob, Queue } from "../queue/queue.ts";
import { nextDue } from "../schedule/timetable.ts";
import { getRepository, listDueRepositories, updateRepository } from "../store/repositories.ts";
import { RepositoryBusy } from "./harvest-lease.ts";
import { harvestRepository } from "./harvest-repository.ts";
import type { Services } from "./services.ts";

/** A harvest works in slices of this length, so that a long one leaves room for others and stops promptly. */
const SLICE_MS = 60_000;
const BUSY_RETRY_SECONDS = 30;

/**
 * Queues every live repository whose time has come and sets its next time. However many schedulers do this, each is
 * queued once: the queue keeps one waiting job a repository. Returns how many were queued.
 */
export async function enqueueDue({ db, log }: Services, queue: Queue, now: Date): Promise<number> {
  let queued = 0;
  for (const repository of await listDueRepositories(db, now)) {
    // a repository added with no time of its own is due at once; a manual one never is
    const next = nextDue(repository.schedule, repository.code, repository.time_zone);
    if (
      repository.schedule !== "manual" &&
      (await queue.enqueueHarvest({ repositoryId: repository.repository_id, trigger: "schedule" }))
    )
      queued += 1;
    await updateRepository(db, repository.repository_id, { next_due_at: next ?? NEVER });
  }
  if (queued > 0) log.info({ queued }, "due repositories queued");
  return queued;
}

/** As far away as JavaScript and PostgreSQL agree on comfortably. */
const NEVER = new Date("9999-12-31T00:00:00Z");

/** Does one slice of a harvest and queues the next one where there is more to read. */
export async function workOnHarvest(
  services: Services,
  queue: Queue,
  job: HarvestJob,
  signal: AbortSignal,
): Promise<void> {
  const repository = await getRepository(services.db, job.repositoryId);
  if (repository.state !== "live") return;
  try {
    const { outcome } = await harvestRepository(services, job.repositoryId, {
      trigger: job.trigger,
      full: false,
      signal,
      budgetMs: SLICE_MS,
    });
    if (outcome === null) await queue.enqueueHarvest(job);
  } catch (error) {
    if (!(error instanceof RepositoryBusy)) throw error;
    services.log.info({ repository: repository.code }, "repository busy; the harvest waits");
    await queue.enqueueHarvest(job, { afterSeconds: BUSY_RETRY_SECONDS });
  }
}
