import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { differences, harvestOn, readDump } from "../../bench/consumer.ts";
import { startFeedWriters } from "../../bench/feed-writers.ts";
import { feedIsComplete, lengthenFeed } from "../../bench/fill-feed.ts";
import { readConfig } from "../../src/config.ts";
import type { Manifest } from "../../src/export/manifest.ts";
import { type RunningService, serve } from "../../src/main.ts";
import { formatDatestamp } from "../../src/oai/datestamp.ts";
import { type OpenStore, openStore } from "../../src/open-store.ts";
import { announceStamp, readHorizon } from "../../src/store/fence.ts";
import { saveMemberships, saveRecords, withdrawRecords } from "../../src/store/records.ts";
import {
  addSource,
  horizonReaches,
  publish,
  type SampleSource,
  sampleRecord,
  sampleRecords,
} from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { dump, formatCalled, jsonLines, makeWorkplace, type Workplace } from "./dump.ts";

const RECORDS = 60;
const SECRET = "a secret that is long enough for the tokens";

let database: TestDatabase;
let source: SampleSource;
let store: OpenStore;
let service: RunningService;
let workplace: Workplace;

/** A feed of sixty records behind its horizon, served as the program does; a new one for each test. */
beforeEach(async () => {
  database = await createTestDatabase();
  source = await addSource(database.db, "kho", "https://kho.example/oai");
  await publish(database.db, source, sampleRecords(source, 1, RECORDS), new Date("2026-01-02T03:04:05Z"));
  const changes = { databaseUrl: database.url, port: 0, scheduler: false, harvestWorkers: 0, pageSize: 1_000 };
  const config = { ...readConfig({}), ...changes, logLevel: "silent" as const };
  store = await openStore(config);
  service = await serve(config, SECRET, store, testServices(store.db));
  workplace = makeWorkplace();
});
afterEach(async () => {
  await service.stop();
  await store.close();
  workplace.remove();
  await database.close();
});

const jsonlAlone = { formats: [formatCalled("jsonl")] };
const numbered = (number: number) => sampleRecord(source, number).oaiIdentifier;

/** The titles in a dump, by identifier; `null`: deleted. */
function titlesIn(folder: string): ReadonlyMap<string, string | null> {
  return new Map(jsonLines(folder).map(({ identifier, record }) => [identifier, record?.titles[0]?.value ?? null]));
}

/** The dump, and then everything from its horizon on by HTTP, is the database, record by record. Returns how many came. */
async function expectHarvestToComplete(folder: string, { horizon }: Manifest): Promise<number> {
  await feedIsComplete(database.db);
  const copy = await readDump(folder);
  const received = await harvestOn(copy, `${service.url}/oai`, horizon);
  expect(await differences(database.db, copy)).toEqual({ count: 0, some: [] });
  return received;
}

describe("what changes around an export", () => {
  test("stamped behind the horizon when it begins: left out, and brought by a harvest from there", async () => {
    const slow = await database.db.startTransaction().execute();
    const announced = await announceStamp(slow, 0);
    await saveRecords(slow, source.repositoryId, announced, [sampleRecord(source, 1, { title: "Chậm" })]);
    await saveMemberships(slow, source.repositoryId, announced, [1]);
    await horizonIsBehind(1);
    // committed, and in what the snapshot sees, but the horizon waits for the slow one
    const fast = await publish(database.db, source, [sampleRecord(source, 2, { title: "Nhanh" })]);
    expect(fast.getTime()).toBeGreaterThanOrEqual(announced.getTime());

    const place = join(workplace.path, "dump");
    const manifest = await dump(database.db, place, jsonlAlone);
    await slow.commit().execute();

    expect(manifest.horizon < formatDatestamp(announced, "second")).toBe(true);
    const titles = titlesIn(place);
    expect(titles.get(numbered(1))).toBe("Luận văn số 1");
    expect(titles.has(numbered(2))).toBe(false);
    expect(titles.size).toBe(RECORDS - 1);
    await expectHarvestToComplete(place, manifest);
  });

  test("changed, deleted and added while it is written: the dump is the feed before, the harvest brings the rest", async () => {
    const place = join(workplace.path, "dump");
    const manifest = await dump(database.db, place, {
      ...jsonlAlone,
      pageSize: 10,
      onPage: async ({ pages }) => {
        if (pages !== 1) return;
        await publish(database.db, source, [
          sampleRecord(source, 50, { title: "Sửa giữa chừng" }),
          sampleRecord(source, 900),
        ]);
        await database.db.transaction().execute(async (trx) => {
          await withdrawRecords(trx, source.repositoryId, await announceStamp(trx, 1), [51], "sweep");
        });
      },
    });
    const titles = titlesIn(place);
    expect([titles.size, titles.get(numbered(50)), titles.get(numbered(51))]).toEqual([
      RECORDS,
      "Luận văn số 50",
      "Luận văn số 51",
    ]);
    const received = await expectHarvestToComplete(place, manifest);
    expect(received).toBeGreaterThanOrEqual(3);
  });

  test("stamped at the horizon itself: in the dump, and once more in the harvest, without harm", async () => {
    const stamp = await publish(database.db, source, [sampleRecord(source, 3, { title: "Đúng lúc" })]);
    await horizonReaches(database.db, stamp);
    const place = join(workplace.path, "dump");
    // a writer that does nothing holds the horizon where it is
    const holding = await database.db.startTransaction().execute();
    const next = await announceStamp(holding, 0);
    const atHorizon = new Date(next.getTime() - 1000);
    await database.pool.query("UPDATE record SET stamp = $1 WHERE record_id = 3", [atHorizon]);
    await horizonReaches(database.db, atHorizon);
    const manifest = await dump(database.db, place, jsonlAlone);
    await holding.rollback().execute();
    expect(manifest.horizon).toBe(formatDatestamp(atHorizon, "second"));
    expect(titlesIn(place).get(numbered(3))).toBe("Đúng lúc");
    expect(await expectHarvestToComplete(place, manifest)).toBeGreaterThanOrEqual(1);
  });
});

test("beside writers, slow ones too, a dump and a harvest from its horizon are the database", async () => {
  await lengthenFeed(database.pool, 2_000);
  const writers = startFeedWriters(database.db, 3);
  await horizonIsBehind(2);
  const place = join(workplace.path, "dump");
  const manifest = await dump(database.db, place, { ...jsonlAlone, pageSize: 50, onPage: tick });
  const { changed, deleted } = await writers.stop();
  expect(Math.min(changed, deleted)).toBeGreaterThan(10);
  expect(await expectHarvestToComplete(place, manifest)).toBeGreaterThan(10);
});

/**
 * Comes back when a slow writer holds the horizon so far behind the clock. Without one it is less than a second; with two, who
 * took the clock for the horizon would ask from a second that lies behind what the writer has not committed.
 */
async function horizonIsBehind(seconds: 1 | 2): Promise<void> {
  while (Date.now() - (await readHorizon(database.db)).getTime() < seconds * 1_000) await tick();
}

async function tick(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
