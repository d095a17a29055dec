import { setTimeout as wait } from "node:timers/promises";

/** Takes up jobs and works on them until it is stopped. */
export interface WorkLoop {
  /** Takes nothing more and waits for the jobs in hand, at most `timeoutMs`. False: some were not done by then. */
  stop(timeoutMs: number): Promise<boolean>;
}

/** How soon an idle process sees a job that was queued just now. */
const POLL_MS = 1_000;

/**
 * Works on at most `workers` jobs at a time. `take` gives the next one or `null`; it is asked by one place only, so that
 * an idle process costs the database one question a second however many workers it has. Neither function may throw.
 */
export function startWorkLoop<Job>(
  workers: number,
  take: () => Promise<Job | null>,
  work: (job: Job) => Promise<void>,
): WorkLoop {
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      if (inHand.size >= workers) {
        await Promise.race(inHand);
        continue;
      }
      const job = await take();
      // what ends here may have made room for what could not be taken up before
      if (job === null) await Promise.race([pause(POLL_MS, stopping.signal), ...inHand]);
      else {
        const working = work(job).finally(() => inHand.delete(working));
        inHand.add(working);
      }
    }
    await Promise.all(inHand);
    return true;
  };
  const ended = loop();
  return {
    stop: async (timeoutMs) => {
      stopping.abort();
      const enough = new AbortController();
      const tooLong = pause(timeoutMs, enough.signal).then(() => false);
      try {
        return await Promise.race([ended, tooLong]);
      } finally {
        enough.abort();
      }
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {}); // woken up early: there is nothing to wait for any more
}
