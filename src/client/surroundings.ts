import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { setTimeout as wait } from "node:timers/promises";

/** Clock, chance and names: what the client takes from the world around it. Tests bring their own. */
export interface Surroundings {
  /** Milliseconds, of any beginning; never goes back. */
  now(): number;
  /** The date that `Retry-After` is measured against. */
  date(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to 1, 1 excluded. */
  random(): number;
  /** Every address of a name. */
  lookUp(hostname: string): Promise<readonly LookupAddress[]>;
}

export const REAL_SURROUNDINGS: Surroundings = {
  now: () => performance.now(),
  date: () => new Date(),
  sleep: async (ms, signal) => await wait(ms, undefined, signal === undefined ? {} : { signal }),
  random: Math.random,
  lookUp: async (hostname) => await lookup(hostname, { all: true }),
};
