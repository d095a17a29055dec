import type { DumpPlace } from "../export/dump-place.ts";
import type { Manifest } from "../export/manifest.ts";
import { nightOf } from "../schedule/night.ts";
import {
  abandonDumps,
  beginDump,
  type DumpAttempt,
  type DumpKey,
  findDump,
  noteDump,
  saveFailedDump,
  saveWholeDump,
} from "../store/dumps.ts";
import { exclusively } from "../store/exclusive.ts";
import { clearDumps } from "./clear-dumps.ts";
import { ownerName } from "./lease-owner.ts";
import type { Services } from "./services.ts";

/** What an operator has said of the nightly dump. */
export interface DumpPlan {
  /** When it is due, by the clock of Vietnam: "03:30". */
  readonly at: string;
  /** How many are kept, the new one included. */
  readonly keep: number;
  readonly place: DumpPlace;
  /** The address of our feed: a dump that tells another one is not ours. */
  readonly baseUrl: string;
  /** Makes a dump of the whole feed at that address (`DumpPlace.addressOf`), or throws; `signal` ends it, and nothing is left then. */
  readonly make: (address: string, signal: AbortSignal) => Promise<void>;
}

/** After so many failures the next night tries again. */
const MOST_ATTEMPTS = 4;
const RETRY_AFTER_MS = 30 * 60_000;
const WHAT_NEXT = {
  again: "it is tried again in half an hour",
  enough: "the next night tries again, or `lienthong export` now",
} as const;

/**
 * Makes the dump of this night, if it is due at `now`, was not made yet and nobody else is at one; then, and not before, old ones
 * are cleared away. To be asked every minute, by any number of processes: the lock of the one that makes it ends with its process.
 * What goes wrong is written down and logged.
 */
export async function dumpWhenDue(
  { db, log }: Pick<Services, "db" | "log">,
  plan: DumpPlan,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  await exclusively(db, "dump", async () => {
    await abandonDumps(db);
    const day = nightOf(plan.at, now);
    if (day === null || signal.aborted) return;
    const key = { target: plan.place.target, day };
    if (isDue(await findDump(db, key), now)) await dump({ db, log: log.child(key) }, plan, key, signal);
  });
}

function isDue(before: DumpAttempt | null, now: Date): boolean {
  if (before === null || before.state === "stopped") return true;
  const { state, attempts, finishedAt } = before;
  if (state !== "failed" || attempts >= MOST_ATTEMPTS) return false;
  return now.getTime() - (finishedAt?.getTime() ?? 0) >= RETRY_AFTER_MS;
}

async function dump(services: Pick<Services, "db" | "log">, plan: DumpPlan, key: DumpKey, signal: AbortSignal) {
  const { db, log } = services;
  const attempt = await beginDump(db, key, ownerName());
  log.info({ attempt }, "dump started");
  const manifest = await made(plan, key.day, signal).catch(asError);
  if (manifest instanceof Error) {
    await saveFailedDump(db, key, signal.aborted ? "stopped" : "failed", manifest.message);
    if (signal.aborted) log.info("dump stopped; it is made anew when a process is there again");
    else
      log.error({ err: manifest, attempt }, `dump failed; ${WHAT_NEXT[attempt < MOST_ATTEMPTS ? "again" : "enough"]}`);
    return;
  }
  const { records, horizon, files } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  await saveWholeDump(db, key, { records, bytes, horizon: new Date(horizon) });
  log.info({ records, bytes, horizon }, "dump finished");
  await tidyUp(services, plan, key, manifest);
}

/** One that is there already was made by a person, or by a process that could not write it down any more. */
async function made({ place, make, baseUrl }: DumpPlan, day: string, signal: AbortSignal): Promise<Manifest> {
  const before = await place.find(day);
  if (before !== null && before.set === null && before.baseUrl === baseUrl) return before;
  await make(place.addressOf(day), signal);
  const manifest = await place.find(day);
  if (manifest === null) throw new Error(`${place.addressOf(day)}: the export ended well, and there is no dump`);
  return manifest;
}

/** The dump is whole whatever becomes of this, and neither step needs the other. */
async function tidyUp({ db, log }: Pick<Services, "db" | "log">, plan: DumpPlan, key: DumpKey, manifest: Manifest) {
  const clear = async () => {
    const removed = await clearDumps(db, plan, key.day);
    if (removed.length > 0) log.info({ removed }, "old dumps removed");
  };
  for (const step of [async () => await plan.place.pointTo(key.day, manifest), clear]) {
    const err = await step().catch(asError);
    if (err === undefined) continue;
    log.warn({ err }, "the dump is whole, but something is left to do");
    await noteDump(db, key, err.message);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
