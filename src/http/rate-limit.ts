const MINUTE_MS = 60_000;
/** Beyond this many, who has not asked for longest is forgotten: the limit must not become a way to fill our memory. */
const MOST_CONSUMERS = 10_000;

/** Counts a request and tells in how many seconds it may come again; 0: it is within the limit. */
export type RateLimit = (consumer: string, nowMs: number) => number;

/**
 * Lets each consumer ask so many times a minute, a whole minute's worth at once: the bucket of a token bucket, kept as
 * the moment up to which it is used up (ITU-T I.371, GCRA). A request that is refused does not count.
 */
export function createRateLimit(perMinute: number): RateLimit {
  const intervalMs = MINUTE_MS / perMinute;
  const usedUpTo = new Map<string, number>();
  return (consumer, nowMs) => {
    const next = Math.max(usedUpTo.get(consumer) ?? 0, nowMs) + intervalMs;
    const waitMs = next - nowMs - MINUTE_MS;
    // less than a millisecond is what adding fractions makes
    if (waitMs >= 1) return Math.ceil(waitMs / 1000);
    // set anew, so that the map is in the order of the last requests
    usedUpTo.delete(consumer);
    usedUpTo.set(consumer, next);
    const [longestSilent] = usedUpTo.keys();
    if (usedUpTo.size > MOST_CONSUMERS && longestSilent !== undefined) usedUpTo.delete(longestSilent);
    return 0;
  };
}
