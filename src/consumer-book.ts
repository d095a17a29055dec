import { productOf } from "./http/consumer-name.ts";
import type { AnsweredRequest } from "./http/observe-answers.ts";
import {
  CONSUMER_COUNTS,
  type ConsumerCounts,
  type ConsumerDay,
  type ConsumerKey,
  dayOf,
  NO_COUNTS,
} from "./store/consumer-days.ts";

/** How many entries there may be; each is one of `consumer_day`. */
export interface BookLimits {
  /** In memory, and of one day, written or not. */
  readonly entries: number;
  /** Of one network on one day: whoever asks under a thousand names must leave room for the others. */
  readonly entriesOfNetwork: number;
}

/** Some megabytes; a feed with a hundred harvesters has a thousand. */
const LIMITS: BookLimits = { entries: 10_000, entriesOfNetwork: 500 };

/** Stands for the names of all consumers for which there is no room. */
export const OTHERS = "(others)";

type Entry = ConsumerKey & { readonly counts: Record<keyof ConsumerCounts, number> };

/**
 * What consumers asked for, counted in memory until it is written. However many names they give themselves, it does not grow beyond its
 * limits: what has no room for an entry of its own is counted under `OTHERS`, of its network as long as there is room for that.
 * Counts are never lost.
 */
export class ConsumerBook {
  readonly #limits: BookLimits;
  readonly #entries = new Map<string, Entry>();
  #today: Today;

  constructor(limits: BookLimits = LIMITS) {
    this.#limits = limits;
    this.#today = new Today("", limits.entries);
  }

  /** Counts a request that was answered at `now`. */
  add(answered: AnsweredRequest, now: Date): void {
    const { counts } = this.#entryFor(answered, dayOf(now));
    counts.requests += 1;
    counts.records += answered.records;
    counts.bytes += answered.bytes;
    if (answered.lastPage) counts.lists += 1;
    if (answered.outcome !== "answered") counts[answered.outcome] += 1;
  }

  /** What is not written yet, as it is now. */
  unwritten(): readonly ConsumerDay[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry, counts: { ...entry.counts } }));
  }

  /** Takes out what has been written; what was counted meanwhile stays. */
  written(days: readonly ConsumerDay[]): void {
    for (const day of days) {
      const key = textOf(day);
      const counts = this.#entries.get(key)?.counts;
      if (counts === undefined) continue;
      for (const name of CONSUMER_COUNTS) counts[name] -= day.counts[name];
      if (counts.requests === 0) this.#entries.delete(key);
    }
  }

  #entryFor(answered: AnsweredRequest, day: string): Entry {
    if (day !== this.#today.day) this.#today = new Today(day, this.#limits.entries);
    const { surface, network, userAgent, contact, route, metadataPrefix, setSpec } = answered;
    const exact = { day, surface, network, userAgent, contact, route, metadataPrefix, setSpec };
    if (this.#hasRoom(exact, this.#limits.entriesOfNetwork)) return this.#entry(exact);
    const ofNetwork = { ...exact, userAgent: OTHERS, contact: "", metadataPrefix: "", setSpec: "" };
    if (this.#hasRoom(ofNetwork, Number.POSITIVE_INFINITY)) return this.#entry(ofNetwork);
    return this.#entry({ ...ofNetwork, network: "" });
  }

  #hasRoom(named: Omit<ConsumerKey, "product">, mostOfNetwork: number): boolean {
    const key = textOf(named);
    if (this.#entries.has(key)) return true;
    if (this.#entries.size >= this.#limits.entries) return false;
    return this.#today.take(key, named.network, mostOfNetwork);
  }

  #entry(named: Omit<ConsumerKey, "product">): Entry {
    const key = textOf(named);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry = { ...named, product: productOf(named.userAgent), counts: { ...NO_COUNTS } };
    this.#entries.set(key, entry);
    return entry;
  }
}

/** The entries of a day, those that have been written too: the table must not grow beyond the limits either. */
class Today {
  readonly day: string;
  readonly #most: number;
  readonly #keys = new Set<string>();
  readonly #ofNetwork = new Map<string, number>();

  constructor(day: string, most: number) {
    this.day = day;
    this.#most = most;
  }

  /** Tells whether the day has this entry, or has room for it, which is taken. */
  take(key: string, network: string, mostOfNetwork: number): boolean {
    if (this.#keys.has(key)) return true;
    const ofNetwork = this.#ofNetwork.get(network) ?? 0;
    if (this.#keys.size >= this.#most || ofNetwork >= mostOfNetwork) return false;
    this.#keys.add(key);
    this.#ofNetwork.set(network, ofNetwork + 1);
    return true;
  }
}

/** No part holds a line break: they are cleaned, or names of ours. */
function textOf(key: Omit<ConsumerKey, "product">): string {
  const { day, surface, network, userAgent, contact, route, metadataPrefix, setSpec } = key;
  return `${day}\n${surface}\n${network}\n${userAgent}\n${contact}\n${route}\n${metadataPrefix}\n${setSpec}`;
}
