import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { seededChoice } from "../../src/demo/seeded-choice.ts";
import type { Db } from "../../src/store/database.ts";
import { readHorizon } from "../../src/store/fence.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { differences, misplacedRecords, type Stored, storedRecords } from "./stored.ts";
import { startWriters, type Writers, type Written } from "./writers.ts";

/** The whole proof takes a minute; in the suite it takes some seconds. */
export const SECONDS = Number(process.env.CHANGE_SECONDS ?? 4);
/** In the suite two, because each takes a second to start. */
const PROCESSES = SECONDS >= 20 ? 8 : 2;
const STRIKE_EVERY_MS = 800;
const LIST_EVERY_MS = 100;
const COMPARE_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 250;

/** Where it takes place. */
export interface Scene {
  readonly name: string;
  /** The database that is written to. */
  readonly primary: { readonly db: Db; readonly pool: pg.Pool; readonly url: string };
  readonly consumers: readonly Wanted[];
  /** The server whose metrics tell how far its feed is behind. */
  readonly watched: string;
  /** It goes on until enough has happened, however long that takes. */
  readonly enough: (written: Written, gone: ReadonlySet<string>) => boolean;
  /** What happens meanwhile. */
  readonly meanwhile?: () => Promise<void>;
}

/** What a consumer is to do. */
export interface Wanted {
  /** Base URLs that it asks in turn. */
  readonly feeds: readonly string[];
  readonly set: string | null;
  /** The databases whose horizon none of its `responseDate`s may be ahead of. */
  readonly horizons: readonly Db[];
}

/** Something was slow, and somebody was killed. */
export function wasHard({ slow, killed, terminated }: Written): boolean {
  return slow > 0 && killed > 0 && terminated > 0;
}

/** What came of it. */
export interface Outcome {
  readonly written: Written;
  readonly consumers: readonly Consumer[];
  /** At the end: records that a consumer has not, or has otherwise than the database. */
  readonly lost: readonly string[];
  /** Meanwhile: records stamped at or before a `responseDate` that a consumer was told, which it has not. */
  readonly late: readonly string[];
  /** Records that stand in a set under another datestamp than their own. */
  readonly misplaced: readonly string[];
  /** `responseDate`s that were ahead of the horizon. */
  readonly ahead: readonly string[];
  readonly longestLagSeconds: number;
}

/** A consumer and what it is to do. */
type Following = readonly (readonly [Wanted, Consumer])[];

/** What was seen meanwhile. */
interface Seen {
  readonly late: Set<string>;
  /** Of the late ones those that no next harvest asks for. */
  readonly gone: Set<string>;
  readonly ahead: Set<string>;
  lag: number;
}

/** Lets eight writers write, some of them slow, some killed, while consumers harvest, and compares at the end. */
export async function watchChange(scene: Scene): Promise<Outcome> {
  const writers = await startWriters(scene.primary, seededChoice(Date.now() % 1e6), PROCESSES);
  const following = scene.consumers.map((wanted) => [wanted, createConsumer(wanted.feeds, wanted.set)] as const);
  const seen = await watch(scene, writers, following).finally(() => writers.stop());
  const lost: string[] = [];
  for (const [{ set }, consumer] of following) lost.push(...(await finish(scene, set, consumer)));
  const outcome = {
    written: writers.soFar(),
    consumers: following.map(([, consumer]) => consumer),
    lost,
    late: [...seen.late],
    misplaced: await misplacedRecords(scene.primary.pool),
    ahead: [...seen.ahead],
    longestLagSeconds: seen.lag,
  };
  process.stdout.write(`change: ${summary(scene, outcome)}\n`);
  return outcome;
}

/** Comes back when enough has happened and nobody writes any more. */
async function watch(scene: Scene, writers: Writers, following: Following): Promise<Seen> {
  const seen: Seen = { late: new Set(), gone: new Set(), ahead: new Set(), lag: 0 };
  let over = false;
  const goOn = async (everyMs: number, act: () => Promise<void>) => {
    for (; !over; await delay(everyMs)) await act();
  };
  const look = async () => {
    seen.lag = Math.max(seen.lag, await lagOf(scene.watched));
  };
  await until(async () => writers.atWork());
  const enough = async () => {
    await Promise.all([delay(SECONDS * 1_000), scene.meanwhile?.()]);
    await until(async () => scene.enough(writers.soFar(), seen.gone));
    await writers.stop();
    over = true;
  };
  await Promise.all([
    ...following.map(([wanted, consumer]) => follow(scene, wanted, consumer, seen, () => over)),
    goOn(STRIKE_EVERY_MS, writers.strike),
    goOn(LOOK_EVERY_MS, look),
    enough(),
  ]).finally(() => {
    over = true;
  });
  return seen;
}

/** Harvests list after list, and looks whether the feed has kept what it said. */
async function follow(
  { primary }: Scene,
  { set, horizons }: Wanted,
  consumer: Consumer,
  seen: Seen,
  isOver: () => boolean,
): Promise<void> {
  for (let compared = 0; !isOver(); await delay(LIST_EVERY_MS)) {
    const responseDate = await consumer.harvest();
    for (const db of horizons) if ((await readHorizon(db)) < new Date(responseDate)) seen.ahead.add(responseDate);
    if (Date.now() - compared < COMPARE_EVERY_MS) continue;
    compared = Date.now();
    const stored = await storedRecords(primary.pool, set);
    const missing = (due: readonly Stored[]) => differences(due, consumer.copy);
    for (const each of missing(stored.filter(({ datestamp }) => datestamp <= responseDate))) seen.late.add(each);
    for (const each of missing(stored.filter(({ datestamp }) => datestamp < responseDate))) seen.gone.add(each);
  }
}

/** Once nobody writes, the feed gives everything: the consumer reads on until it has been told so. */
async function finish({ primary }: Scene, set: string | null, consumer: Consumer): Promise<readonly string[]> {
  const stored = await storedRecords(primary.pool, set);
  const last =
    stored
      .map(({ datestamp }) => datestamp)
      .toSorted()
      .at(-1) ?? "";
  await until(async () => (await consumer.harvest()) >= last);
  return [...differences(stored, consumer.copy), ...surplus(stored, consumer)];
}

function surplus(stored: readonly Stored[], { copy }: Consumer): readonly string[] {
  const known = new Set(stored.map(({ identifier }) => identifier));
  return [...copy.keys()]
    .filter((identifier) => !known.has(identifier))
    .map((identifier) => `${identifier} is not stored`);
}

/** Everything that must not have happened. */
export function wrongs({ lost, late, ahead, misplaced, consumers, written }: Outcome): readonly string[] {
  const complaints = consumers.flatMap((consumer) => consumer.complaints);
  return [...lost, ...late, ...ahead, ...misplaced, ...complaints, ...written.failures];
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(LIST_EVERY_MS);
}

async function lagOf(server: string): Promise<number> {
  const text = await (await fetch(`${server}/metrics`)).text();
  return Number(/^lienthong_feed_horizon_lag_seconds (\S+)$/m.exec(text)?.[1] ?? 0);
}

function summary({ name }: Scene, { written, consumers, lost, late, ahead, longestLagSeconds }: Outcome): string {
  const { transactions, records, slow, longestMs, killed, terminated, failures } = written;
  const read = consumers.map(
    ({ counts: { lists, pages, records: got, repeated, refused }, copy }) =>
      `${lists} lists in ${pages} pages with ${got} records (${repeated} again, ${copy.size} different), ${refused} times 503`,
  );
  return [
    `${name}, ${SECONDS} s`,
    `8 writers in ${PROCESSES} processes: ${transactions} transactions with ${records} records, ${slow} slower than 2 s, the longest ${(longestMs / 1_000).toFixed(1)} s, ${killed} processes and ${terminated} connections killed in one, ${failures.length} failed otherwise${failures.slice(0, 1).map((failure) => ` (${failure})`)}`,
    ...read.map((line) => `a consumer: ${line}`),
    `the horizon at most ${longestLagSeconds.toFixed(1)} s behind, ${ahead.length} responseDates ahead of it`,
    `${late.length} records late, ${lost.length} lost`,
  ].join("; ");
}
