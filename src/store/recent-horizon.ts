import type { Db } from "./database.ts";
import { readHorizon } from "./fence.ts";

/** Tells the horizon, as `readHorizon` does. */
export type HorizonReader = () => Promise<Date>;

/** For so long a horizon that was read is told to others too. */
const RECENT_MS = 100;

/**
 * A reader of the horizon for all who ask at about the same time: looking through the locks of the database costs as much as finding
 * a record in it. What it tells may be a moment old, which is always safe: whatever was complete then still is. A reading
 * that failed is told to those who waited for it and to nobody else.
 */
export function recentHorizon(db: Db): HorizonReader {
  let latest: { readonly horizon: Promise<Date>; readonly begunMs: number } | null = null;
  return async () => {
    const begunMs = performance.now();
    if (latest !== null && begunMs - latest.begunMs < RECENT_MS) return await latest.horizon;
    const reading = { horizon: readHorizon(db), begunMs };
    latest = reading;
    try {
      return await reading.horizon;
    } catch (error) {
      if (latest === reading) latest = null;
      throw error;
    }
  };
}
