import { removeConsumerDays } from "../store/consumer-days.ts";
import { exclusively } from "../store/exclusive.ts";
import { type Removed, removeOld } from "../store/retention.ts";
import type { Services } from "./services.ts";

/** How many days are kept. */
export interface Kept {
  /** Of runs. */
  readonly retentionRunsDays: number;
  /** Of what consumers asked for. */
  readonly retentionConsumersDays: number;
}

/** What was removed, in entries. */
export interface Retained extends Removed {
  /** What consumers asked for on a day. */
  readonly consumers: number;
}

/**
 * Removes what is kept for a time only (docs/operate.md, "What is removed when"). Gives `null` where another process is at it just
 * now.
 */
export async function retain({ db, log }: Pick<Services, "db" | "log">, kept: Kept): Promise<Retained | null> {
  const removed = await exclusively(db, "retention", async () => ({
    ...(await removeOld(db, kept.retentionRunsDays)),
    consumers: await removeConsumerDays(db, kept.retentionConsumersDays),
  }));
  if (removed !== null) log.info(removed, "old entries removed");
  return removed;
}
