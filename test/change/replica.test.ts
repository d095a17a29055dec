import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { differences, harvestOn, readDump } from "../../bench/consumer.ts";
import { startFeedWriters } from "../../bench/feed-writers.ts";
import { feedIsComplete } from "../../bench/fill-feed.ts";
import { readConfig } from "../../src/config.ts";
import { serve } from "../../src/main.ts";
import { formatDatestamp } from "../../src/oai/datestamp.ts";
import { openStore } from "../../src/open-store.ts";
import { everySecond } from "../../src/schedule/every-second.ts";
import { type Db, databaseOn, openDatabase, openPool } from "../../src/store/database.ts";
import { announceStamp, publishHorizon, readHorizon } from "../../src/store/fence.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { assertReplica } from "../../src/store/replica.ts";
import { runCliHere } from "../cli/run-cli-here.ts";
import { dump, makeWorkplace, manifestIn, type Workplace } from "../export/dump.ts";
import { addSource, publish, sampleRecords } from "../provider/sample-feed.ts";
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
/** The one that is exported, likewise. */
const EXPORTED = "exported";
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

describe("an export", () => {
  let workplace: Workplace;
  let pool: pg.Pool;
  let own: Db;
  let copied: Db;
  const at = (url: string) => Object.assign(new URL(url), { pathname: EXPORTED }).href;

  beforeAll(async () => {
    workplace = makeWorkplace();
    await postgres.pool.query(`CREATE DATABASE ${EXPORTED}`);
    pool = openPool(at(postgres.url));
    own = databaseOn(pool);
    await migrateToLatest(own);
    const source = await addSource(own, "kho", "https://kho.example/oai");
    await publish(own, source, sampleRecords(source, 1, 500), new Date("2026-01-02T03:04:05Z"));
    copied = openDatabase(at(replica.url));
    await followed();
  });
  afterAll(async () => {
    await own.destroy();
    await copied.destroy();
    workplace.remove();
  });

  /** Comes back when the replica has what the primary has now, and its horizon. */
  async function followed(): Promise<void> {
    const horizon = await publishHorizon(own);
    await until(async () => (await readHorizon(copied).catch(() => new Date(0))) >= horizon);
  }

  test("from a replica that is behind tells its horizon; a harvest from there, at the primary, makes it complete", async () => {
    const config = { ...readConfig({}), databaseUrl: at(postgres.url), port: 0, harvestWorkers: 0, scheduler: false };
    const store = await openStore({ ...config, logLevel: "silent" });
    const service = await serve(config, "a secret that is long enough for the tokens", store, testServices(store.db));
    const published = everySecond(async () => void (await publishHorizon(own)));
    const writers = startFeedWriters(own, 3);
    await followed();
    await replica.pause();
    const reached = await readHorizon(copied);
    await until(async () => (await readHorizon(own)).getTime() > reached.getTime() + 1_000);
    const place = join(workplace.path, "dump");
    const settings = { DATABASE_URL: at(postgres.url), FEED_DATABASE_URL: at(replica.url) };
    const { code, stderr } = await runCliHere(["export", "--out", place, "--compression", "gzip"], settings);
    expect([code, stderr]).toEqual([0, ""]);
    await replica.resume();
    await writers.stop();
    await published.stop();
    const { horizon } = manifestIn(place);
    expect(horizon).toBe(formatDatestamp(reached, "second"));
    await feedIsComplete(own);
    const copy = await readDump(place);
    expect(await harvestOn(copy, `${service.url}/oai`, horizon)).toBeGreaterThan(20);
    expect(await differences(own, copy)).toEqual({ count: 0, some: [] });
    await service.stop();
    await store.close();
  });

  test("that the replica breaks off, because the primary has removed what it reads, says what to do and leaves nothing", async () => {
    await followed();
    await askAll(copied, ["SET hot_standby_feedback = off", "SET max_standby_streaming_delay = 0"]);
    onTestFinished(async () => {
      await askAll(copied, ["SET hot_standby_feedback = on", "RESET max_standby_streaming_delay"]);
    });
    const slots = "SELECT FROM pg_replication_slots WHERE xmin IS NULL";
    await until(async () => (await pool.query(slots)).rowCount === 1);
    const place = join(workplace.path, "broken");
    const exported = dump(copied, place, {
      pageSize: 10,
      onPage: async ({ pages }) => {
        if (pages !== 1) return;
        await pool.query("UPDATE record SET quality = 1");
        await pool.query("VACUUM record");
        await until(async () => !(await isBeingRead()));
      },
    });
    await expect(exported).rejects.toThrow(/^the replica .* broke the export off: .* hot_standby_feedback = on/);
    expect(readdirSync(workplace.path).filter((name) => name.startsWith("broken"))).toEqual([]);
  });

  async function isBeingRead(): Promise<boolean> {
    const { rows } = await sql<{ read: boolean }>`
      SELECT count(*) > 0 AS read FROM pg_stat_activity
      WHERE datname = ${EXPORTED} AND state = 'idle in transaction'`.execute(copied);
    return rows[0]?.read === true;
  }

  async function askAll(server: Db, settings: readonly string[]): Promise<void> {
    for (const setting of settings) await sql.raw(`ALTER SYSTEM ${setting}`).execute(server);
    await sql`SELECT pg_reload_conf()`.execute(server);
  }

  test("from a database that is no replica is refused before anything is written", async () => {
    const other = await createTestDatabase();
    const settings = { DATABASE_URL: at(postgres.url), FEED_DATABASE_URL: other.url };
    const place = join(workplace.path, "refused");
    const { code, stderr } = await runCliHere(["export", "--out", place], settings);
    expect(code).toBe(1);
    expect(stderr).toContain("FEED_DATABASE_URL names a database that is no streaming replica");
    expect(existsSync(place)).toBe(false);
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
