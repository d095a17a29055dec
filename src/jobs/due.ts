import type { Queue } from "../queue/queue.ts";
import { isQuiet, nextOpening } from "../schedule/quiet-hours.ts";
import { nextDue } from "../schedule/timetable.ts";
import { listDueRepositories, type Repository, updateRepository } from "../store/repositories.ts";
import { countQuietHarvests } from "../store/runs.ts";
import type { Services } from "./services.ts";

/** What is to be done with a repository whose time has come. */
interface Step {
  readonly enqueue: boolean;
  readonly nextDueAt: Date;
}

/** As far away as JavaScript and PostgreSQL agree on comfortably. */
const NEVER = new Date("9999-12-31T00:00:00Z");

/**
 * Queues every live repository whose time has come and sets its next time. However many schedulers do this, each is
 * queued once: the queue keeps one waiting job a repository. One in its quiet hours becomes due when they end. Returns
 * how many were queued.
 */
export async function enqueueDue({ db, log }: Pick<Services, "db" | "log">, queue: Queue, now: Date): Promise<number> {
  let queued = 0;
  for (const repository of await listDueRepositories(db, now)) {
    const { schedule, repository_id } = repository;
    const quietHarvests = schedule === "adaptive" ? await countQuietHarvests(db, repository_id) : 0;
    const step = stepOrReason(repository, now, quietHarvests);
    if (step instanceof Error) {
      // one that cannot be read must not keep all others waiting
      log.error({ err: step, repository: repository.code }, "schedule or time zone cannot be read");
      continue;
    }
    const job = { repositoryId: repository.repository_id, trigger: "schedule" } as const;
    if (step.enqueue && (await queue.enqueueHarvest(job))) queued += 1;
    await updateRepository(db, repository.repository_id, { next_due_at: step.nextDueAt });
  }
  if (queued > 0) log.debug({ queued }, "due repositories queued");
  return queued;
}

function stepOrReason(repository: Repository, now: Date, quietHarvests: number): Step | Error {
  try {
    return stepOf(repository, now, quietHarvests);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function stepOf({ schedule, code, time_zone, quiet_hours }: Repository, now: Date, quietHarvests: number): Step {
  // a repository added with no time of its own is due at once; a manual one never is
  if (schedule === "manual") return { enqueue: false, nextDueAt: NEVER };
  if (isQuiet(quiet_hours, time_zone, now))
    return { enqueue: false, nextDueAt: nextOpening(quiet_hours, time_zone, now) };
  return { enqueue: true, nextDueAt: nextDue(schedule, code, time_zone, quietHarvests) ?? NEVER };
}
