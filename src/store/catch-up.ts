import { setTimeout as delay } from "node:timers/promises";
import type { Db } from "./database.ts";
import { readHorizon } from "./fence.ts";

/** A list was begun on a server that is further than this one. */
export class FeedBehind extends Error {
  override readonly name = "FeedBehind";
  /** When this server will be there, if it goes on as fast as the clock. */
  readonly retryAfterSeconds: number;

  constructor(behindMs: number) {
    super("this list was begun on a server that is further than the replica that this one reads");
    this.retryAfterSeconds = Math.min(Math.max(Math.ceil(behindMs / 1000), 1), LONGEST_SECONDS);
  }
}

/** Who is told a longer time gives up. */
const LONGEST_SECONDS = 30;
/** A replica is a second or two behind: that is waited for, since not every harvester comes back. */
const PATIENCE_MS = 3_000;
const POLL_MS = 100;

/**
 * Comes back once everything up to `moment` is there. Without it a page would leave out what the replica does not have yet,
 * and a consumer that takes the list's `responseDate` as its next `from` would never see it. Returns the horizon
 * that was reached. Throws `FeedBehind` where that would take longer than a harvester should be kept waiting.
 */
export async function reachHorizon(db: Db, moment: Date): Promise<Date> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const horizon = await readHorizon(db);
    const behindMs = moment.getTime() - horizon.getTime();
    if (behindMs <= 0) return horizon;
    if (Date.now() + behindMs > deadline) throw new FeedBehind(behindMs);
    await delay(POLL_MS);
  }
}
