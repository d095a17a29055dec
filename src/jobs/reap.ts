import type { Queue } from "../queue/queue.ts";
import type { Db } from "../store/database.ts";
import { exclusively } from "../store/exclusive.ts";
import { type Lease, releaseLease } from "../store/leases.ts";
import {
  listLeases,
  listOrphanedJobs,
  listStrandedRuns,
  type Orphan,
  removeExpiredLeases,
  removeJobs,
} from "../store/orphans.ts";
import { isDeadNeighbour } from "./lease-owner.ts";
import type { Services } from "./services.ts";

/**
 * Puts harvests back into the queue whose process is gone; they go on after their last stored page. Removes the leases of
 * the dead first: those that ran out, and those of processes of this machine that do not live any more. Any number of
 * schedulers may do this at the same time. Returns how many harvests were queued.
 */
export async function reap({ db, log }: Pick<Services, "db" | "log">, queue: Queue): Promise<number> {
  const queued = await exclusively(db, "reap", async () => {
    const removed = await removeDeadLeases(db);
    for (const { host, owner } of removed) log.warn({ host, owner }, "lease of a worker that is gone removed");
    return await requeue(db, queue, removed);
  });
  if (queued !== null && queued > 0) log.warn({ queued }, "harvests without a worker queued again");
  return queued ?? 0;
}

async function removeDeadLeases(db: Db): Promise<readonly Lease[]> {
  const expired = await removeExpiredLeases(db);
  const dead = (await listLeases(db)).filter(({ owner }) => isDeadNeighbour(owner));
  for (const lease of dead) await releaseLease(db, lease);
  return [...expired, ...dead];
}

async function requeue(db: Db, queue: Queue, removed: readonly Lease[]): Promise<number> {
  const left = removed.map(({ repositoryId }) => repositoryId);
  const jobs = await listOrphanedJobs(db, left);
  const queuedJobs = await enqueue(queue, jobs);
  // only now: a job must not be lost between the two
  await removeJobs(db, jobs);
  return queuedJobs + (await enqueue(queue, await listStrandedRuns(db)));
}

async function enqueue(queue: Queue, orphans: readonly Orphan[]): Promise<number> {
  let queued = 0;
  for (const { repositoryId, trigger } of orphans)
    if (await queue.enqueueHarvest({ repositoryId, trigger }, { continued: true })) queued += 1;
  return queued;
}
