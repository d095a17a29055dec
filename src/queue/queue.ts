import type pg from "pg";
import PgBoss from "pg-boss";
import type { Logger } from "pino";
import { type ExecuteSql, tellOutages } from "./outage.ts";
import { startWorkLoop, type WorkLoop } from "./work-loop.ts";

/** What a harvest job carries. */
export interface HarvestJob {
  readonly repositoryId: number;
  readonly trigger: "schedule" | "person";
}

/** When a job is to be taken up. */
export interface EnqueueOptions {
  /** Not before so many seconds have passed. */
  readonly afterSeconds?: number;
  /** The next slice of a harvest that goes on: whoever asked for it, it waits like everybody else. */
  readonly continued?: boolean;
  /** The host that is busy: when it is free, the job may be taken up before its time. */
  readonly waitsFor?: string;
}

/** The job queue. It only distributes work; that one repository is harvested once at a time is the lease's promise. */
export interface Queue {
  /** Asks for a harvest. What waits already is not queued twice by the same trigger. True when it was queued now. */
  enqueueHarvest(job: HarvestJob, options?: EnqueueOptions): Promise<boolean>;
  /** Takes up jobs, `workers` at a time, until `stop`. What `handle` throws brings the job back a little later. */
  workHarvests(workers: number, handle: (job: HarvestJob) => Promise<void>): Promise<void>;
  /** Takes no new jobs and waits for those in hand, as long as a process that is told to stop may take. */
  stop(): Promise<void>;
}

const HARVEST = "harvest";
/**
 * `short`: one waiting job for each singleton key. A policy that also limits the jobs at work (`stately`) would make the
 * library fail to take up any job while the first in line belongs to a repository that is being harvested.
 */
const POLICY = "short";
/** Jobs whose process is gone come back through the reaper within minutes; this is for when no reaper is there. */
const EXPIRE_SECONDS = 30 * 60;
/** A job that failed comes back: the timetable would ask again only tomorrow. */
const RETRY = { retryLimit: 3, retryDelay: 30, retryBackoff: true } as const;
/** Less than the ten seconds after which service managers and containers lose patience. */
const STOP_TIMEOUT_MS = 8_000;
/** A person who pressed a button goes before the timetable. */
const PRIORITY = { person: 10, schedule: 0 } as const;

/** Starts the queue in its own schema `pgboss`, through our pool. */
export async function startQueue(pool: pg.Pool, log: Logger): Promise<Queue> {
  const ask: ExecuteSql = (text, values) => pool.query(text, values);
  const askAndTell = tellOutages(ask, log);
  let started = false;
  // as long as it has not begun nobody keeps asking: what is thrown says it
  const executeSql: ExecuteSql = (text, values) => (started ? askAndTell : ask)(text, values);
  const boss = new PgBoss({ db: { executeSql }, schedule: false });
  boss.on("error", (err) => log.warn({ err }, "job queue complained"));
  await boss.start();
  const rules = { name: HARVEST, policy: POLICY, ...RETRY, expireInSeconds: EXPIRE_SECONDS } as const;
  await boss.createQueue(HARVEST, rules);
  // a queue that was there before keeps its old rules otherwise
  await boss.updateQueue(HARVEST, rules);
  started = true;
  const loops: WorkLoop[] = [];
  return {
    enqueueHarvest: async ({ repositoryId, trigger }, { afterSeconds = 0, continued = false, waitsFor } = {}) => {
      const options = {
        // a person does not wait behind the timetable; what is asked for twice is found unchanged
        singletonKey: `${trigger}:${repositoryId}`,
        // harvests may last for days: their later slices take turns with everybody's
        priority: continued ? PRIORITY.schedule : PRIORITY[trigger],
        startAfter: afterSeconds,
      };
      const data = { repositoryId, trigger, ...(waitsFor === undefined ? {} : { waitsFor }) };
      return (await boss.send(HARVEST, data, options)) !== null;
    },
    workHarvests: async (workers, handle) => {
      if (workers > 0) loops.push(startWorkLoop(workers, take(boss), work(boss, log, handle)));
    },
    stop: async () => {
      const inTime = await Promise.all(loops.map((loop) => loop.stop(STOP_TIMEOUT_MS)));
      if (inTime.includes(false)) log.warn("a harvest did not stop in time; another worker goes on with it");
      await boss.stop({ graceful: false, close: false });
    },
  };
}

function take(boss: PgBoss): () => Promise<PgBoss.Job<HarvestJob> | null> {
  // the library answers "no job" where the database does not answer
  return async () => (await boss.fetch<HarvestJob>(HARVEST, { batchSize: 1 }))[0] ?? null;
}

/** Failing is told to the queue, and what cannot be told (the database is away) is left to the reaper. */
function work(boss: PgBoss, log: Logger, handle: (job: HarvestJob) => Promise<void>) {
  return async ({ id, data: { repositoryId, trigger } }: PgBoss.Job<HarvestJob>): Promise<void> => {
    const told = await handle({ repositoryId, trigger }).then(
      () => boss.complete(HARVEST, id).catch(asError),
      (error: unknown) => boss.fail(HARVEST, id, asError(error)).catch(asError),
    );
    if (told instanceof Error)
      log.warn({ err: told, repositoryId }, "a job could not be closed; it will be done again");
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
