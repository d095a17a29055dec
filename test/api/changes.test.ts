import type { FastifyInstance } from "fastify";
import { test as base, expect } from "vitest";
import { announceStamp } from "../../src/store/fence.ts";
import { saveRecords } from "../../src/store/records.ts";
import {
  addSource,
  horizonReaches,
  publish,
  type SampleSource,
  sampleRecord,
  sampleRecords,
} from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { type ApiRecord, ask, type ChangePage, pages, type RecordPage, sampleApi } from "./sample-api.ts";

const OLD = new Date("2024-01-02T00:00:00Z");
const TOMBSTONE = { deletedReason: "sweep", published: null, contentHash: null } as const;

/** A feed of 25 records, and the API before it. */
interface Feed {
  readonly database: TestDatabase;
  readonly api: FastifyInstance;
  readonly kho: SampleSource;
}

// each waits for the clock, so all of them wait together
const test = base.extend<{ feed: Feed }>({
  // biome-ignore lint/correctness/noEmptyPattern: that is how vitest is told what a fixture needs
  feed: async ({}, use) => {
    const database = await createTestDatabase();
    const kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
    await publish(database.db, kho, sampleRecords(kho, 1, 25), OLD);
    const api = await sampleApi(database.db);
    await use({ database, api, kho });
    await api.close();
    await database.close();
  },
}).concurrent;

const named = ({ kho }: Feed, first: number, last: number) =>
  sampleRecords(kho, first, last).map(({ oaiIdentifier }) => oaiIdentifier);
const identifiers = (records: readonly ApiRecord[]) => records.map(({ identifier }) => identifier);

/** Changes records, and comes back when the horizon has reached them. */
async function correct({ database: { db }, kho }: Feed, ...numbers: readonly number[]): Promise<void> {
  const records = numbers.map((number) => sampleRecord(kho, number, { title: "Bản sửa" }));
  await horizonReaches(db, await publish(db, kho, records));
}

test("while records change, a list repeats nobody, and what moved comes with the changes since its horizon", async ({
  feed,
}) => {
  const read = await pages<RecordPage>(feed.api, "/records?limit=10", async (page) => {
    // even where the horizon has reached them, they stay out of a list that was begun before
    if (page === 1) await correct(feed, 2, 15);
  });
  const listed = read.flatMap(({ records }) => identifiers(records));
  expect(listed).toEqual([...named(feed, 1, 14), ...named(feed, 16, 25)]);
  const changed = await pages<ChangePage>(feed.api, `/changes?since=${read[0]?.horizon}&limit=1`);
  expect(changed.flatMap(({ changes }) => identifiers(changes))).toEqual([
    ...named(feed, 2, 2),
    ...named(feed, 15, 15),
  ]);
});

test("a list whose rest has moved altogether ends with an empty page", async ({ feed }) => {
  const read = await pages<RecordPage>(feed.api, "/records?limit=20", () => correct(feed, 21, 22, 23, 24, 25));
  expect(read.map(({ records }) => records.length)).toEqual([20, 0]);
  const [changed] = await pages<ChangePage>(feed.api, `/changes?since=${read[1]?.horizon}`);
  expect(changed?.changes).toHaveLength(5);
});

test("what is not committed holds the horizon back, so that the changes since then bring it", async ({ feed }) => {
  const { database, api, kho } = feed;
  let told = "";
  await database.db.transaction().execute(async (trx) => {
    const stamp = await announceStamp(trx, 1);
    await saveRecords(trx, kho.repositoryId, stamp, [sampleRecord(kho, 32)]);
    // the clock passes the announced second while the writer is still at work
    while (Date.now() < stamp.getTime() + 100) await new Promise((resolve) => setTimeout(resolve, 50));
    const { body } = await ask<ChangePage>(api, "/changes?since=2024-06-01");
    expect(body.changes).toEqual([]);
    told = body.horizon;
    expect(Date.parse(told)).toBeLessThan(stamp.getTime());
  });
  const [changed] = await pages<ChangePage>(api, `/changes?since=${told}`);
  expect(identifiers(changed?.changes ?? [])).toEqual(named(feed, 32, 32));
});

/** A copy that is kept by following the changes: the title of each record, or `null` for a tombstone. */
function mirror(api: FastifyInstance) {
  const titles = new Map<string, string | null>();
  let since = "1970-01-01";
  const follow = async (limit: number) => {
    const read = await pages<ChangePage>(api, `/changes?since=${since}&limit=${limit}`);
    const seen = read.flatMap(({ changes }) => changes);
    expect(new Set(identifiers(seen)).size).toBe(seen.length);
    for (const { identifier, record } of seen) titles.set(identifier, record?.titles[0]?.value ?? null);
    since = read[0]?.horizon ?? since;
  };
  return { titles, follow };
}

/** Writes in transactions that last so long. */
async function write({ database, kho }: Feed, writer: number, times: number, lastMs: number): Promise<Date> {
  let stamp = OLD;
  for (let time = 0; time < times; time++) {
    const changes = { title: `Lần ${time} của ${writer}`, ...(time % 3 === 1 ? TOMBSTONE : {}) };
    const records = [writer * 5 + (time % 5), 100 * writer + time].map((number) => sampleRecord(kho, number, changes));
    await database.db.transaction().execute(async (trx) => {
      stamp = await announceStamp(trx, 1);
      await saveRecords(trx, kho.repositoryId, stamp, records);
      await new Promise((resolve) => setTimeout(resolve, lastMs));
    });
  }
  return stamp;
}

test("who follows the changes while four write has each record in its last form, and on no list one twice", async ({
  feed,
}) => {
  const { titles, follow } = mirror(feed.api);
  let writing = true;
  // the last one outlasts the second that it announced
  const writers = [write(feed, 1, 10, 20), write(feed, 2, 10, 100), write(feed, 3, 6, 250), write(feed, 4, 1, 2_100)];
  const written = Promise.all(writers).finally(() => {
    writing = false;
  });
  let lists = 0;
  for (; writing; lists++) await follow(3);
  for (const stamp of await written) await horizonReaches(feed.database.db, stamp);
  await follow(3);
  expect(lists).toBeGreaterThan(3);
  const { rows } = await feed.database.pool.query(
    `SELECT oai_identifier, CASE WHEN NOT deleted THEN published -> 'titles' -> 0 ->> 'value' END AS title FROM record`,
  );
  expect(titles.size).toBe(25 + 27);
  expect(titles).toEqual(new Map(rows.map((row) => [row.oai_identifier, row.title])));
});
