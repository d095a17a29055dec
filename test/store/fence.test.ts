import { type ControlledTransaction, type Kysely, sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { announceStamp, publishHorizon, readHorizon } from "../../src/store/fence.ts";
import { listFeed } from "../../src/store/oai-list.ts";
import { saveRecords } from "../../src/store/records.ts";
import type { Database } from "../../src/store/schema.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { changed, type Harvest, startHarvest } from "./harvested.ts";

const POLL_MS = 20;
let database: TestDatabase;
let harvest: Harvest;
const open: ControlledTransaction<Database>[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  harvest = await startHarvest(database.db, "library");
});
afterEach(async () => {
  for (const trx of open.splice(0)) if (!trx.isCommitted && !trx.isRolledBack) await trx.rollback().execute();
});
afterAll(async () => {
  await database.close();
});

/** A transaction that stays open until the test ends it. */
async function begin(db: Kysely<Database> = database.db): Promise<ControlledTransaction<Database>> {
  const trx = await db.startTransaction().execute();
  open.push(trx);
  return trx;
}

async function horizonMs(): Promise<number> {
  return (await readHorizon(database.db)).getTime();
}

/** The database's clock in milliseconds. */
async function clockMs(): Promise<number> {
  const { rows } = await sql<{ ms: number }>`SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms`.execute(
    database.db,
  );
  return Number(rows[0]?.ms);
}

/** Polls until it is so; the test's own time limit is the deadline. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

const clockPasses = (ms: number) => until(async () => (await clockMs()) >= ms);
const horizonReaches = (ms: number) => until(async () => (await horizonMs()) >= ms);

describe("the horizon", () => {
  test("is the database's clock, in whole seconds, while nobody writes", async () => {
    const before = Math.floor((await clockMs()) / 1000) * 1000;
    const horizon = await horizonMs();
    expect(horizon % 1000).toBe(0);
    expect(horizon).toBeGreaterThanOrEqual(before);
    expect(horizon).toBeLessThanOrEqual(await clockMs());
  });

  test("stands a second before an announced stamp as long as its transaction is open, and passes on when it commits", async () => {
    const trx = await begin();
    const stamp = (await announceStamp(trx, 0)).getTime();
    await clockPasses(stamp + 1000);
    expect(await horizonMs()).toBe(stamp - 1000);
    await trx.commit().execute();
    expect(await horizonMs()).toBeGreaterThanOrEqual(stamp);
  });

  test("passes on when the transaction is rolled back", async () => {
    const trx = await begin();
    const stamp = (await announceStamp(trx, 0)).getTime();
    await clockPasses(stamp);
    expect(await horizonMs()).toBe(stamp - 1000);
    await trx.rollback().execute();
    expect(await horizonMs()).toBeGreaterThanOrEqual(stamp);
  });

  test("passes on when the writer's connection is killed", async () => {
    const writers = openDatabase(database.url, { max: 1 });
    const trx = await writers.startTransaction().execute();
    const stamp = (await announceStamp(trx, 0)).getTime();
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(trx);
    await clockPasses(stamp);
    expect(await horizonMs()).toBe(stamp - 1000);
    await database.pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
    await horizonReaches(stamp);
    await expect(trx.rollback().execute()).rejects.toThrow();
    await writers.destroy();
  });

  test("waits for the oldest of several, in whichever order they end", async () => {
    const first = await begin();
    const older = (await announceStamp(first, 0)).getTime();
    await clockPasses(older);
    const second = await begin();
    const younger = (await announceStamp(second, 0)).getTime();
    expect(younger).toBeGreaterThan(older);
    await clockPasses(younger);
    await second.commit().execute();
    expect(await horizonMs()).toBe(older - 1000);
    await first.commit().execute();
    expect(await horizonMs()).toBeGreaterThanOrEqual(younger);
  });

  test("never goes back, whatever begins, commits and is rolled back, and no announced stamp lies at or before it", async () => {
    let highest = 0;
    const look = async () => {
      const horizon = await horizonMs();
      expect(horizon).toBeGreaterThanOrEqual(highest);
      highest = horizon;
    };
    for (let round = 0; round < 30; round += 1) {
      await look();
      const trx = await begin();
      const stamp = (await announceStamp(trx, round % 3)).getTime();
      expect(stamp).toBeGreaterThan(highest);
      await look();
      if (open.length > 4) {
        const ending = open.splice(round % 4, 1)[0];
        await (round % 2 === 0 ? ending?.commit() : ending?.rollback())?.execute();
        await look();
      }
    }
  });

  test("does not wait for writers of another database, nor for other advisory locks", async () => {
    const elsewhere = await createTestDatabase();
    const trx = await begin(elsewhere.db);
    const stamp = (await announceStamp(trx, 0)).getTime();
    const other = await begin();
    await sql`SELECT pg_advisory_xact_lock(1, 1), pg_advisory_xact_lock(${0x0a15}::bigint << 32)`.execute(other);
    await clockPasses(stamp);
    expect(await horizonMs()).toBeGreaterThanOrEqual(stamp);
    await trx.rollback().execute();
    await elsewhere.close();
  });
});

describe("the published horizon", () => {
  async function published(): Promise<number> {
    const row = await database.db.selectFrom("feed_horizon").select("horizon").executeTakeFirstOrThrow();
    return row.horizon.getTime();
  }

  /** As a clock that was an hour ahead would have left it: one that was set back, or that of the server before this one. */
  async function publishAhead(): Promise<number> {
    const ahead = Math.floor((await clockMs()) / 1000) * 1000 + 3_600_000;
    await database.db
      .updateTable("feed_horizon")
      .set({ horizon: new Date(ahead) })
      .execute();
    return ahead;
  }

  afterEach(async () => {
    await database.db
      .updateTable("feed_horizon")
      .set({ horizon: new Date(0) })
      .execute();
  });

  test("is the horizon of that moment, and stands before what is announced", async () => {
    const trx = await begin();
    const stamp = (await announceStamp(trx, 0)).getTime();
    await clockPasses(stamp);
    expect((await publishHorizon(database.db)).getTime()).toBe(stamp - 1000);
    expect(await published()).toBe(stamp - 1000);
    await trx.commit().execute();
    await publishHorizon(database.db);
    expect(await published()).toBeGreaterThanOrEqual(stamp);
  });

  test("never goes back, also where many publish at once", async () => {
    let highest = 0;
    for (let round = 0; round < 10; round += 1) {
      const said = await Promise.all(Array.from({ length: 5 }, () => publishHorizon(database.db)));
      expect(await published()).toBe(Math.max(...said.map((horizon) => horizon.getTime())));
      expect(await published()).toBeGreaterThanOrEqual(highest);
      highest = await published();
    }
  });

  test("holds where the clock was set back: readers stay there, and writers announce what lies behind it", async () => {
    const ahead = await publishAhead();
    expect(await horizonMs()).toBe(ahead);
    const trx = await begin();
    expect((await announceStamp(trx, 2)).getTime()).toBe(ahead + 3000);
    expect(await horizonMs()).toBe(ahead);
    await publishHorizon(database.db);
    expect(await published()).toBe(ahead);
  });
});

test("an announced stamp is a whole second, the lead ahead of the clock", async () => {
  const before = await clockMs();
  const stamp = (await announceStamp(await begin(), 40)).getTime();
  const after = await clockMs();
  expect(stamp % 1000).toBe(0);
  expect(stamp).toBeGreaterThanOrEqual(before + 40_000);
  expect(stamp).toBeLessThan(after + 41_000);
});

test("writers do not wait for each other, also where they announce the same second", async () => {
  const [first, second] = [await begin(), await begin()];
  await announceStamp(first, 20);
  await sql`SET LOCAL lock_timeout = '2s'`.execute(second);
  await expect(announceStamp(second, 20)).resolves.toBeInstanceOf(Date);
});

/** How rows are stamped and how far readers look. */
interface Clockwork {
  readonly stamp: (trx: ControlledTransaction<Database>) => Promise<Date>;
  readonly horizon: () => Promise<Date>;
}

const fence: Clockwork = { stamp: (trx) => announceStamp(trx, 0), horizon: () => readHorizon(database.db) };
/** What everybody does first: the time of the transaction, and read up to now. */
const naive: Clockwork = {
  stamp: async (trx) => secondOf(await sql<{ now: Date }>`SELECT date_trunc('second', now()) AS now`.execute(trx)),
  horizon: async () =>
    secondOf(await sql<{ now: Date }>`SELECT date_trunc('second', clock_timestamp()) AS now`.execute(database.db)),
};

function secondOf({ rows }: { readonly rows: readonly { readonly now: Date }[] }): Date {
  const [row] = rows;
  if (row === undefined) throw new Error("the clock stands still");
  return row.now;
}

/**
 * A slow writer beside a consumer that asks twice, each time from the horizon of the time before, as OAI-PMH consumers
 * do. Returns the records that the consumer received.
 */
async function harvestBesideSlowWriter({ stamp, horizon }: Clockwork, identifier: string): Promise<readonly string[]> {
  const start = await horizon();
  const writer = await begin();
  const { record } = changed(harvest, { identifier });
  if (record === null) throw new Error("the record cannot be published");
  const stamped = await stamp(writer);
  await saveRecords(writer, harvest.repositoryId, stamped, [{ ...record, recordId: recordIds++ }]);
  await clockPasses(stamped.getTime() + 1000);
  const first = await consume(start, await horizon());
  await writer.commit().execute();
  await until(async () => (await horizon()) > first.horizon && (await horizon()) >= stamped);
  const second = await consume(first.horizon, await horizon());
  return [...first.identifiers, ...second.identifiers].filter((found) => found === identifier);
}

let recordIds = 1;

async function consume(from: Date, horizon: Date) {
  const filter = { setId: null, from, until: null, horizon };
  const items = await listFeed(database.db, filter, { after: null, limit: 1_000, withMetadata: false });
  return { horizon, identifiers: items.map(({ sourceIdentifier }) => sourceIdentifier) };
}

describe("a consumer that asks for what is new since its last answer", () => {
  test("gets a slow writer's record", async () => {
    expect(await harvestBesideSlowWriter(fence, "slow")).toEqual(["slow"]);
  });

  test("would lose it where rows carry the time of their transaction: the same steps show it", async () => {
    expect(await harvestBesideSlowWriter(naive, "lost")).toEqual([]);
    expect(
      await database.db.selectFrom("record").where("source_identifier", "=", "lost").select("stamp").execute(),
    ).toHaveLength(1);
  });
});
