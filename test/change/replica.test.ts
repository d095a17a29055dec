import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { serve } from "../../src/main.ts";
import { openStore } from "../../src/open-store.ts";
import { type Db, databaseOn, openDatabase, openPool } from "../../src/store/database.ts";
import { announceStamp, publishHorizon, readHorizon } from "../../src/store/fence.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { assertReplica } from "../../src/store/replica.ts";
import { createTestDatabase } from "../support/database.ts";
import { type OwnPostgres, startOwnPostgres } from "../support/own-postgres.ts";
import { type Replica, startReplica } from "../support/replica.ts";
import { testServices } from "../support/services.ts";
import { SECONDS, wasHard, watchChange, wrongs } from "./change.ts";
import { blindReaders, naiveUrl } from "./naive.ts";
import { startFeedServers } from "./servers.ts";

// two servers of PostgreSQL are made, and processes started and killed; a busy machine takes its time
vi.setConfig({ testTimeout: 240_000 + SECONDS * 2_000, hookTimeout: 240_000 });

/** The database of the naive reader, on the same two servers. */
const NAIVE = "naive";
const PAUSE_SECONDS = Math.min(SECONDS / 4, 5);
let postgres: OwnPostgres;
let replica: Replica;
let db: Db;
let read: Db;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  const first = openDatabase(postgres.url, { max: 1 });
  await migrateToLatest(first);
  await first.destroy();
  replica = await startReplica(postgres.url);
  db = openDatabase(postgres.url);
  read = openDatabase(replica.url);
});

afterAll(async () => {
  await read?.destroy();
  await db?.destroy();
  await replica?.close();
  await postgres?.close();
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(20);
}

describe("a replica", () => {
  test("is at the horizon that was published last, whatever its clock says", async () => {
    const horizon = await publishHorizon(db);
    await until(async () => (await readHorizon(read)).getTime() === horizon.getTime());
    await until(async () => (await readHorizon(db)) > horizon);
    expect(await readHorizon(read)).toEqual(horizon);
  });

  test("stands still while a writer of the primary does, and while it gets nothing from it", async () => {
    const stamp = await db.transaction().execute(async (trx) => {
      const announced = await announceStamp(trx, 0);
      await until(async () => Date.now() > announced.getTime() + 1_000);
      await publishHorizon(db);
      await until(async () => (await readHorizon(read)).getTime() === announced.getTime() - 1_000);
      await replica.pause();
      return announced;
    });
    expect((await publishHorizon(db)) >= stamp).toBe(true);
    await delay(300);
    expect((await readHorizon(read)).getTime()).toBe(stamp.getTime() - 1_000);
    await replica.resume();
    await until(async () => (await readHorizon(read)) >= stamp);
  });

  test("stands in for its primary, and another database does not", async () => {
    await expect(assertReplica(db, read)).resolves.toBeUndefined();
    const other = await createTestDatabase();
    await expect(assertReplica(db, other.db)).rejects.toMatchObject({ name: "NoReplica" });
    const config = readConfig({ DATABASE_URL: other.url, FEED_DATABASE_URL: replica.url, PORT: "0" });
    const store = await openStore(config);
    const serving = serve(config, "a secret that is long enough for the tokens", store, testServices(store.db));
    await expect(serving).rejects.toThrow(/FEED_DATABASE_URL names a database that is no streaming replica/);
    await store.close();
    await other.close();
  });
});

describe.skipIf(process.env.CHANGE_SECONDS === undefined)(
  "while eight writers write to the primary, and the replica stands still meanwhile",
  () => {
    const pauses = async () => {
      for (let pause = 0; pause < 2; pause += 1) {
        await delay((SECONDS / 2 - PAUSE_SECONDS) * 1_000);
        await replica.pause();
        await delay(PAUSE_SECONDS * 1_000);
        await replica.resume();
      }
    };

    test("consumers lose nothing, at the replica alone and at both in turn", async () => {
      const servers = await startFeedServers([
        { DATABASE_URL: postgres.url },
        { DATABASE_URL: postgres.url, FEED_DATABASE_URL: replica.url, SCHEDULER: "false" },
      ]);
      onTestFinished(servers.stop);
      const [, ...atReplica] = servers.feeds;
      const outcome = await watchChange({
        name: "a streaming replica",
        primary: { db, pool: postgres.pool, url: postgres.url },
        consumers: [
          { feeds: atReplica, set: null, horizons: [db, read] },
          { feeds: atReplica, set: "kho-1", horizons: [db, read] },
          { feeds: servers.feeds, set: null, horizons: [db] },
        ],
        watched: servers.origins[1] ?? "",
        meanwhile: pauses,
        enough: wasHard,
      });
      expect(wrongs(outcome)).toEqual([]);
      expect(outcome.longestLagSeconds).toBeGreaterThan(PAUSE_SECONDS);
    });

    test("who goes by the clock at a replica loses records: this can fail", async () => {
      await postgres.pool.query(`CREATE DATABASE ${NAIVE}`);
      const at = (url: string) => Object.assign(new URL(url), { pathname: NAIVE }).href;
      const pool = openPool(at(postgres.url));
      const naive = databaseOn(pool);
      onTestFinished(async () => await naive.destroy());
      await migrateToLatest(naive);
      await blindReaders(pool);
      const settings = { DATABASE_URL: at(postgres.url), SCHEDULER: "false" };
      await until(
        async () => (await pool.query("SELECT FROM pg_stat_replication WHERE replay_lsn = sent_lsn")).rowCount === 1,
      );
      const servers = await startFeedServers([{ ...settings, FEED_DATABASE_URL: naiveUrl(at(replica.url)) }]);
      onTestFinished(servers.stop);
      const outcome = await watchChange({
        name: "a replica and its clock",
        primary: { db: naive, pool, url: at(postgres.url) },
        consumers: [{ feeds: servers.feeds, set: null, horizons: [] }],
        watched: servers.origins[0],
        meanwhile: pauses,
        enough: (_written, gone) => [...gone].some((record) => record.includes("/new-")),
      });
      expect(outcome.lost.length).toBeGreaterThan(0);
    });
  },
);
