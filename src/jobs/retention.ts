import { exclusively } from "../store/exclusive.ts";
import { type Removed, removeOld } from "../store/retention.ts";
import type { Services } from "./services.ts";

/**
 * Removes what is kept for a time only (docs/operate.md, "What is removed when"). `runsDays`: how long runs are kept.
 * Gives `null` where another process is at it just now.
 */
export async function retain({ db, log }: Pick<Services, "db" | "log">, runsDays: number): Promise<Removed | null> {
  const removed = await exclusively(db, "retention", async () => await removeOld(db, runsDays));
  if (removed !== null) log.info(removed, "old entries removed");
  return removed;
}
