import type pg from "pg";
import PgBoss from "pg-boss";
import type { Logger } from "pino";

/** What a harvest job carries. */
export interface HarvestJob {
  readonly repositoryId: number;
  readonly trigger: "schedule" | "person";
}

/** The job queue. It only distributes work; that one repository is harvested once at a time is the lease's promise. */
export interface Queue {
  /** Asks for a harvest. What waits already is not queued twice by the same trigger. True when it was queued now. */
  enqueueHarvest(job: HarvestJob, options?: { readonly afterSeconds?: number }): Promise<boolean>;
  /** Takes up jobs, `workers` at a time, until `stop`. What `handle` throws brings the job back a little later. */
  workHarvests(workers: number, handle: (job: HarvestJob) => Promise<void>): Promise<void>;
  /** Takes no new jobs and waits for those in hand. */
  stop(): Promise<void>;
}

const HARVEST = "harvest";
/** A slice lasts about a minute; a job that has not ended after this belongs to a process that is gone. */
const EXPIRE_SECONDS = 5 * 60;
/** A job whose worker was killed or failed comes back: the timetable would ask again only tomorrow. */
const RETRY = { retryLimit: 3, retryDelay: 30, retryBackoff: true } as const;
const STOP_TIMEOUT_MS = 30_000;
/** A person who pressed a button goes before the timetable. */
const PRIORITY = { person: 10, schedule: 0 } as const;

/** Starts the queue in its own schema `pgboss`, through our pool. */
export async function startQueue(pool: pg.Pool, log: Logger): Promise<Queue> {
  const boss = new PgBoss({ db: { executeSql: (text, values) => pool.query(text, values) }, schedule: false });
  boss.on("error", (err) => log.warn({ err }, "job queue complained"));
  await boss.start();
  // `stately`: one job waiting and one at work for each singleton key
  await boss.createQueue(HARVEST, { name: HARVEST, policy: "stately", ...RETRY, expireInSeconds: EXPIRE_SECONDS });
  return {
    enqueueHarvest: async (job, { afterSeconds = 0 } = {}) => {
      const options = {
        // a person does not wait behind the timetable; what is asked for twice is found unchanged
        singletonKey: `${job.trigger}:${job.repositoryId}`,
        priority: PRIORITY[job.trigger],
        startAfter: afterSeconds,
      };
      return (await boss.send(HARVEST, job, options)) !== null;
    },
    workHarvests: async (workers, handle) => {
      for (let worker = 0; worker < workers; worker += 1) {
        await boss.work<HarvestJob>(HARVEST, { batchSize: 1, pollingIntervalSeconds: 1 }, async (jobs) => {
          for (const job of jobs) await handle(job.data);
        });
      }
    },
    stop: async () => await boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS, close: false }),
  };
}
