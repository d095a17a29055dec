import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { type SeededChoice, seededChoice } from "../../src/demo/seeded-choice.ts";
import { type Db, databaseOn, openPool } from "../../src/store/database.ts";
import { savePage } from "../../src/store/page.ts";
import { endTakedown, type NamedRecord, takeDown } from "../../src/store/takedowns.ts";
import { type Harvest, page, type Wording } from "../store/harvested.ts";

/** What a process of writers is told: all of them write until they are killed or get SIGTERM. */
export interface WriterOrders {
  readonly databaseUrl: string;
  readonly seed: number;
  readonly writers: readonly { readonly number: number; readonly habit: Habit; readonly harvest: Harvest }[];
}

/**
 * How a writer behaves. `fast`: commits at once. `slow`: has written and waits before it commits, as one does whose machine
 * swaps. `busy`: the same inside of PostgreSQL. `person`: takes records of others down and brings them back.
 */
export type Habit = "fast" | "slow" | "busy" | "person";

/** What a writer tells of a transaction, a line of JSON each. */
export interface WriterLine {
  readonly level: number;
  readonly msg: "committed" | "failed";
  readonly writer: number;
  readonly ms: number;
  readonly records: number;
  readonly reason?: string;
}

const LEAD_SECONDS = 1;
const LEASE_MS = 600_000;
/** Of each repository so many records change again and again. */
const POOL = 40;
const PAUSE_MS = [10, 120] as const;
/** Slower than the lead, most of the time. */
const SLOW_MS = [300, 3_500] as const;

const orders = JSON.parse(process.argv[2] ?? "") as WriterOrders;
let stopping = false;
process.once("SIGTERM", () => {
  stopping = true;
});
await Promise.all(orders.writers.map(write));

async function write({ number, habit, harvest }: WriterOrders["writers"][number]): Promise<void> {
  // what a writer does after it was killed is not what it did before
  const choice = seededChoice(orders.seed + number * 1_000 + process.pid);
  const url = new URL(orders.databaseUrl);
  url.searchParams.set("application_name", `writer-${number}`);
  const pool = openPool(url.href, { max: 1 });
  pool.on("connect", (client) => holdCommits(client, habit, choice));
  const db = databaseOn(pool);
  while (!stopping) {
    const start = Date.now();
    const done = habit === "person" ? takeDownOrBringBack(db, harvest, choice) : storePage(db, harvest, choice);
    const { records, reason } = await done.then(
      (count) => ({ records: count, reason: undefined }),
      (error: unknown) => ({ records: 0, reason: String(error) }),
    );
    const msg = reason === undefined ? "committed" : "failed";
    tell({
      level: 30,
      msg,
      writer: number,
      ms: Date.now() - start,
      records,
      ...(reason === undefined ? {} : { reason }),
    });
    await delay(choice.between(...PAUSE_MS));
  }
  await db.destroy();
}

function tell(line: WriterLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Everything that a transaction writes is written, and its commit is still to come: here writers are slow, and are killed. */
function holdCommits(client: pg.PoolClient, habit: Habit, choice: SeededChoice): void {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const held = async (...args: unknown[]): Promise<unknown> => {
    if (args[0] === "commit" && habit === "slow") await delay(choice.between(...SLOW_MS));
    if (args[0] === "commit" && habit === "busy") await query(`SELECT pg_sleep(${choice.between(...SLOW_MS) / 1_000})`);
    return await query(...args);
  };
  Object.assign(client, { query: held });
}

async function storePage(db: Db, harvest: Harvest, choice: SeededChoice): Promise<number> {
  const known = Array.from({ length: choice.between(0, 10) }, () => `known-${choice.between(1, POOL)}`);
  const fresh = Array.from({ length: choice.between(1, 15) }, () => `new-${choice.between(1, 1e12)}`);
  const wordings = [...new Set([...known, ...fresh])].map((identifier) => wording(identifier, choice));
  await savePage(db, page(harvest, wordings, { leadSeconds: LEAD_SECONDS, leaseMs: LEASE_MS }));
  return wordings.length;
}

/** One in twenty has lost its title and leaves the feed; as many come as deleted. */
function wording(identifier: string, choice: SeededChoice): Wording {
  const kind = choice.between(1, 20);
  if (kind === 1) return { identifier, title: null };
  return { identifier, title: `Luận văn ${choice.between(1, 1e9)}`, deleted: kind === 2 };
}

/** Of a record that its repository may be writing at that moment: then the announced second passes while one waits for the other. */
async function takeDownOrBringBack(db: Db, { repositoryId }: Harvest, choice: SeededChoice): Promise<number> {
  const record = await db
    .selectFrom("record")
    .select(["repository_id", "record_id", "oai_identifier", "deleted_reason"])
    .where("repository_id", "=", repositoryId)
    .where((eb) => eb.or([eb("deleted", "=", false), eb("deleted_reason", "=", "takedown")]))
    .orderBy("record_id")
    .limit(1)
    .offset(choice.between(0, POOL))
    .executeTakeFirst();
  if (record === undefined) return 0;
  const { record_id: recordId, oai_identifier: oaiIdentifier, deleted_reason: deletedReason } = record;
  const named: NamedRecord = { repositoryId, recordId, oaiIdentifier, code: "", title: null, deletedReason };
  const act = { by: "the test", reason: "to see it move", leadSeconds: LEAD_SECONDS };
  await (deletedReason === null ? takeDown(db, named, act) : endTakedown(db, named, act));
  return 1;
}
