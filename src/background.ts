import type { Config } from "./config.ts";
import { dedupe } from "./jobs/dedupe.ts";
import { enqueueDue } from "./jobs/due.ts";
import { type DumpPlan, dumpWhenDue } from "./jobs/nightly-dump.ts";
import { reap } from "./jobs/reap.ts";
import { type Kept, retain } from "./jobs/retention.ts";
import type { Services } from "./jobs/services.ts";
import { workOnHarvest } from "./jobs/slice.ts";
import type { OpenStore } from "./open-store.ts";
import { type HarvestJob, type Queue, startQueue } from "./queue/queue.ts";
import { everyMinute, everyNight, type Ticks } from "./schedule/cron.ts";
import { everySecond } from "./schedule/every-second.ts";
import { publishHorizon } from "./store/fence.ts";
import { isOutage } from "./store/outage.ts";

/** What goes on beside the web server: harvests, and the clock that asks for them. */
export interface Background {
  /** Takes nothing new, stores the pages in hand, gives the leases back. */
  stop(): Promise<void>;
}

/** What a process does of it. */
export type Share = Pick<Config, "harvestWorkers" | "scheduler"> & Kept;

/** A minute that failed is made good by the next one; after so many somebody has to look. */
const FAILURES_BEFORE_ERROR = 5;
/** The same of seconds, which are told of once in so many. */
const SECONDS_BEFORE_ERROR = 60;

/** Starts the queue, the workers and, where it is this process's share, the scheduler; `dumps`: this process may make them. */
export async function startBackground(
  share: Share,
  store: OpenStore,
  services: Services,
  dumps: DumpPlan | null = null,
): Promise<Background> {
  const queue = await startQueue(store.pool, services.log);
  const stopping = new AbortController();
  await queue.workHarvests(share.harvestWorkers, (job) => handle(services, queue, job, stopping.signal));
  const scheduler = share.scheduler ? startScheduler(share, services, queue, stopping.signal) : null;
  const nightly = dumps === null ? null : startDumps(dumps, services, stopping.signal);
  return {
    stop: async () => {
      stopping.abort(new Error("this process is stopping"));
      await Promise.all([scheduler?.stop(), nightly?.stop(), queue.stop()]);
    },
  };
}

async function handle(services: Services, queue: Queue, job: HarvestJob, signal: AbortSignal): Promise<void> {
  try {
    await workOnHarvest(services, queue, job, signal);
  } catch (err) {
    // an outage is told once by the queue; nobody has to act for each of its jobs
    services.log[isOutage(err) ? "warn" : "error"](
      { err, repositoryId: job.repositoryId },
      "harvest job failed; it comes back",
    );
    throw err;
  }
}

/** Every scheduler ticks; what must be done once is done once in the database, so that there may be any number of them. */
function startScheduler(kept: Kept, services: Services, queue: Queue, stopping: AbortSignal) {
  const minute = patiently(services, stopping, "due repositories could not be queued", async () => {
    await reap(services, queue);
    await enqueueDue(services, queue, new Date());
  });
  const night = patiently(services, stopping, "old entries could not be removed", async () => {
    await retain(services, kept);
  });
  const compare = patiently(services, stopping, "records could not be compared", async () => {
    await dedupe(services, { signal: stopping });
  });
  // a server that starts does not wait for the next full minute
  void minute();
  const horizon = patientlyEverySecond(services, stopping);
  const ticks = [everyMinute(minute), everyNight(night), everyNight(compare), everySecond(horizon)];
  return { stop: async () => await Promise.all(ticks.map((tick) => tick.stop())) };
}

/** Asks every minute whether a dump is due; `stop` waits until the one in hand has let go. */
function startDumps(plan: DumpPlan, services: Services, stopping: AbortSignal): Ticks {
  const look = patiently(services, stopping, "the nightly dump could not be looked after", async () => {
    await dumpWhenDue(services, plan, new Date(), stopping);
  });
  let inHand: Promise<void> | null = null;
  const tick = async () => {
    inHand ??= look().finally(() => {
      inHand = null;
    });
    await inHand;
  };
  void tick();
  const ticks = everyMinute(tick);
  return { stop: async () => void (await Promise.all([ticks.stop(), inHand])) };
}

function patiently(
  { log }: Services,
  stopping: AbortSignal,
  message: string,
  act: () => Promise<void>,
): () => Promise<void> {
  let failures = 0;
  return async () => {
    try {
      await act();
      failures = 0;
    } catch (err) {
      // the database is being closed under it: nothing is wrong, and nothing is lost
      if (stopping.aborted) return;
      failures += 1;
      log[failures < FAILURES_BEFORE_ERROR ? "warn" : "error"]({ err, failures }, message);
    }
  };
}

/** Replicas stand still at the horizon that was published last, and lose nothing by it. */
function patientlyEverySecond({ db, log }: Services, stopping: AbortSignal): () => Promise<void> {
  let failures = 0;
  return async () => {
    try {
      await publishHorizon(db);
      failures = 0;
    } catch (err) {
      failures += 1;
      if (!stopping.aborted && failures % SECONDS_BEFORE_ERROR === 0)
        log.error({ err, failures }, "the horizon could not be published");
    }
  };
}
