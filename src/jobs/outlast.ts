import { setTimeout as wait } from "node:timers/promises";
import { isOutage } from "../store/outage.ts";
import type { Services } from "./services.ts";

/** How often a database that is away is asked. */
const ASK_AGAIN_MS = 500;

/**
 * Does `act`, and does it again while the database is away, but not for longer than a lease lasts: then others have taken
 * over. Throws what `act` throws.
 */
export async function outlast<Result>(
  { leaseMs, log }: Pick<Services, "leaseMs" | "log">,
  act: () => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + leaseMs;
  for (;;) {
    try {
      return await act();
    } catch (err) {
      if (!isOutage(err) || Date.now() > deadline) throw err;
      log.debug({ err }, "the database is away; it is asked again");
      await wait(ASK_AGAIN_MS);
    }
  }
}
