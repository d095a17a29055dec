import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ignorePair, mergeClusters, splitFromCluster } from "../../src/jobs/decide-on-clusters.ts";
import { type DedupeOptions, dedupe } from "../../src/jobs/dedupe.ts";
import { contentDigest } from "../../src/record/digest.ts";
import { announceStamp } from "../../src/store/fence.ts";
import { COMMON_KEY_RECORDS, type RecordRef } from "../../src/store/match-keys.ts";
import { savePage } from "../../src/store/page.ts";
import { withdrawRecords } from "../../src/store/records.ts";
import { type Described, recordOf } from "../dedupe/described.ts";
import { changed, type Harvest, page, startHarvest } from "../store/harvested.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const log = pino({ level: "silent" });
/** Our datestamps are a few seconds ahead of the clock; the tests do not wait for them. */
const HORIZON = new Date("2099-01-01T00:00:00Z");
const thesis: Described = {
  title: "Nghiên cứu giải pháp chống xói lở bờ biển Cửa Đại",
  by: ["Nguyễn Mai Đăng"],
  year: "2019",
  type: "doctoral",
};
let database: TestDatabase;
let university: Harvest;
let national: Harvest;
let pages: number;

beforeEach(async () => {
  database = await createTestDatabase();
  university = await startHarvest(database.db, "tlu");
  national = await startHarvest(database.db, "nlv");
  pages = 0;
});
afterEach(async () => await database.close());

/** A page of records as a harvest brings it. Each page is stamped later than the last. */
async function harvest(from: Harvest, cards: Readonly<Record<string, Described>>): Promise<void> {
  pages += 1;
  const records = Object.entries(cards).map(([identifier, card]) => {
    const one = changed(from, { identifier, title: JSON.stringify(card) });
    if (one.record === null) return one;
    const published = recordOf(card);
    return { ...one, record: { ...one.record, published, contentHash: contentDigest(published) } };
  });
  await savePage(database.db, {
    ...page(from, []),
    changed: records,
    counts: { received: records.length, deleted: 0, repeated: 0, bytes: 0 },
    leadSeconds: pages * 5,
    closesWindow: false,
    resumptionToken: "more",
  });
}

/** What its source has deleted leaves the feed. */
async function remove(from: Harvest, identifier: string): Promise<void> {
  pages += 1;
  const { record_id } = await database.db
    .selectFrom("record")
    .select("record_id")
    .where("repository_id", "=", from.repositoryId)
    .where("source_identifier", "=", identifier)
    .executeTakeFirstOrThrow();
  await database.db.transaction().execute(async (trx) => {
    const stamp = await announceStamp(trx, pages * 5);
    await withdrawRecords(trx, from.repositoryId, stamp, [record_id], "source-header");
  });
}

const run = async (options: DedupeOptions = {}) =>
  await dedupe({ db: database.db, log }, { horizon: HORIZON, ...options });

/** Clusters by the identifiers of their members, the preferred one first. */
async function clusters(): Promise<readonly (readonly string[])[]> {
  const { rows } = await database.pool.query<{ names: string[] }>(`
    SELECT array_agg(split_part(oai_identifier, ':', 3) ORDER BY m.preferred DESC, oai_identifier) AS names
    FROM cluster_member m JOIN record r USING (repository_id, record_id) GROUP BY m.cluster_id ORDER BY min(oai_identifier)`);
  return rows.map(({ names }) => names);
}

const everything = async () =>
  (
    await database.pool.query(
      "SELECT m.*, c.formed_at FROM cluster_member m JOIN cluster c USING (cluster_id) ORDER BY m.record_id",
    )
  ).rows;

const SAID = { reason: "đã xem bản in", by: "thuthu" };

async function numbersOf(name: string): Promise<RecordRef> {
  const { rows } = await database.pool.query<RecordRef>(
    `SELECT repository_id AS "repositoryId", record_id AS "recordId" FROM record WHERE split_part(oai_identifier, ':', 3) = $1`,
    [name],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`no record ${name}`);
  return found;
}

const split = async (name: string) => await splitFromCluster(database.db, await numbersOf(name), SAID);
const merge = async (a: string, b: string) =>
  await mergeClusters(database.db, await numbersOf(a), await numbersOf(b), SAID);

describe("brings together", () => {
  test("the thesis of a university and of the national library, and nothing else; no record and no datestamp changes", async () => {
    await harvest(university, {
      1: { ...thesis, grantor: "Trường Đại học Thủy lợi" },
      2: { ...thesis, level: "master", type: "master" },
    });
    await harvest(national, { 1: thesis, 2: { title: "Truyện Kiều", by: ["Nguyễn Du"], year: "1990" } });
    const feed = async () => (await database.pool.query("SELECT * FROM record ORDER BY record_id")).rows;
    const before = await feed();
    expect(await run()).toMatchObject({ records: 4, moved: 2, commonKeys: [] });
    expect(await clusters()).toEqual([["nlv/1", "tlu/1"]]);
    expect(await feed()).toEqual(before);
  });

  test("nothing again when run twice, nor when all is compared anew", async () => {
    await harvest(university, { 1: thesis });
    await harvest(national, { 1: thesis });
    await run();
    const before = await everything();
    expect(before).toHaveLength(2);
    expect(await run()).toMatchObject({ records: 0, moved: 0 });
    expect(await run({ anew: true })).toMatchObject({ records: 2, moved: 0 });
    expect(await everything()).toEqual(before);
  });

  test("what comes on different nights, page by page, and goes on where it was stopped", async () => {
    await harvest(university, { 1: thesis, 2: { ...thesis, title: "Đánh giá chất lượng nước sông Đáy" } });
    await harvest(national, { 1: thesis });
    const stopped = new AbortController();
    stopped.abort();
    expect(await run({ signal: stopped.signal })).toMatchObject({ records: 0 });
    expect(await run({ pageSize: 1 })).toMatchObject({ records: 3 });
    await harvest(national, { 2: { ...thesis, title: "Danh gia chat luong nuoc song Day" } });
    expect(await run()).toMatchObject({ records: 1, moved: 2 });
    expect(await clusters()).toEqual([
      ["nlv/1", "tlu/1"],
      ["nlv/2", "tlu/2"],
    ]);
  });
});

describe("lets go of", () => {
  test("a record that its source deleted; a cluster of one is none", async () => {
    await harvest(university, { 1: thesis });
    await harvest(national, { 1: thesis });
    await run();
    await remove(university, "1");
    expect(await run()).toMatchObject({ records: 1, moved: 2 });
    expect(await clusters()).toEqual([]);
    expect((await database.pool.query("SELECT FROM cluster")).rows).toEqual([]);
  });

  test("a record that turns out to be something else; the others stay together under the number of their cluster", async () => {
    await harvest(university, { 1: thesis, 2: thesis });
    await harvest(national, { 1: thesis });
    await run();
    const [before] = await everything();
    await harvest(national, { 1: { ...thesis, year: "2009" } });
    await run();
    expect(await clusters()).toEqual([["tlu/1", "tlu/2"]]);
    expect((await everything()).map((member) => member.cluster_id)).toEqual([before.cluster_id, before.cluster_id]);
  });

  test("a third that was joined through it: it may now join where it was kept out", async () => {
    // b has no year: it is the same as a, and as c; a and c are ten years apart
    const { year, ...undated } = { ...thesis, grantor: "Đại học Thủy lợi" };
    const card = { ...undated, ...(year && { year }) };
    await harvest(university, { a: card, b: undated });
    await harvest(national, { c: { ...card, year: "2009" } });
    await run();
    expect(await clusters()).toEqual([["nlv/c", "tlu/b"]]);
    await remove(national, "c");
    await run();
    expect(await clusters()).toEqual([["tlu/a", "tlu/b"]]);
  });
});

describe("what a person said", () => {
  test("holds at once, and after both records were harvested again with other words", async () => {
    await harvest(university, { 1: thesis });
    await harvest(national, { 1: thesis });
    await run();
    expect(await split("tlu/1")).toBe(1);
    expect(await clusters()).toEqual([]);
    await harvest(university, { 1: { ...thesis, extent: "150 tr.", doi: "10.1000/182" } });
    await harvest(national, { 1: { ...thesis, extent: "150 tr.", doi: "10.1000/182" } });
    await run();
    await run({ anew: true });
    expect(await clusters()).toEqual([]);
  });

  test("joins what we would keep apart, for as long as nothing else is said", async () => {
    await harvest(university, { 1: thesis });
    await harvest(national, { 1: { ...thesis, title: "Bờ biển Cửa Đại", by: ["Mai Đăng"], year: "2001" } });
    await run();
    expect(await clusters()).toEqual([]);
    await merge("tlu/1", "nlv/1");
    expect(await clusters()).toEqual([["nlv/1", "tlu/1"]]);
    await harvest(national, { 1: { ...thesis, title: "Cửa Đại", by: ["M. Đăng"], year: "1999" } });
    await harvest(university, { 1: { ...thesis, year: "2020" } });
    await run();
    expect(await clusters()).toEqual([["nlv/1", "tlu/1"]]);
    await split("nlv/1");
    expect(await clusters()).toEqual([]);
  });

  test("splits a record from all that are in its cluster, and from no other", async () => {
    await harvest(university, { 1: thesis, 2: thesis });
    await harvest(national, { 1: thesis });
    await run();
    expect(await split("tlu/1")).toBe(2);
    expect(await split("tlu/1")).toBe(0);
    await harvest(university, { 3: thesis });
    await run();
    // the fourth is the same as all; it goes to one of them, never between
    expect(await clusters()).toEqual([["nlv/1", "tlu/2", "tlu/3"]]);
  });

  test("merges two clusters as a whole, although members of them contradict each other", async () => {
    const other = { ...thesis, year: "2009" };
    await harvest(university, { 1: thesis, 2: other });
    await harvest(national, { 1: thesis, 2: other });
    await run();
    expect(await clusters()).toHaveLength(2);
    await merge("tlu/1", "nlv/2");
    expect(await clusters()).toEqual([["nlv/1", "nlv/2", "tlu/1", "tlu/2"]]);
  });

  test("to ignore a pair leaves the two together only through others", async () => {
    await harvest(university, { 1: thesis });
    await harvest(national, { 1: thesis });
    await ignorePair(database.db, await numbersOf("tlu/1"), await numbersOf("nlv/1"), SAID);
    await run();
    expect(await clusters()).toEqual([]);
  });
});

test("a key that too many share is told and brings nobody together, until it is so no more", async () => {
  const card = { ...thesis, title: "Báo cáo thực tập tốt nghiệp", type: "bachelor" } as const;
  const cards = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [String(100 + index), card]));
  await harvest(university, cards(COMMON_KEY_RECORDS));
  await run();
  expect((await clusters()).map((names) => names.length)).toEqual([COMMON_KEY_RECORDS]);
  await harvest(national, { 1: card });
  const { commonKeys } = await run();
  expect(commonKeys).toEqual([
    { kind: "title-author", records: COMMON_KEY_RECORDS + 1, example: "oai:lienthong.example:tlu/100" },
  ]);
  expect(await clusters()).toEqual([]);
  await remove(national, "1");
  await run();
  expect((await clusters()).map((names) => names.length)).toEqual([COMMON_KEY_RECORDS]);
});

test("other rules than those of the last time compare all records anew", async () => {
  await harvest(university, { 1: thesis });
  await harvest(national, { 1: thesis });
  await run();
  await database.pool.query("UPDATE dedupe_state SET version = version - 1");
  expect(await run()).toMatchObject({ records: 2, moved: 0 });
  expect(await run()).toMatchObject({ records: 0 });
});

test("the clusters are the same in whatever order and pages the records come", async () => {
  const cards = similarCards();
  const outcomes: (readonly (readonly string[])[])[] = [];
  for (const seed of [1, 2, 3]) {
    await database.pool.query("TRUNCATE record, source_record, match_key, cluster, cluster_member");
    const order = shuffled(Object.entries(cards), seed);
    for (let start = 0; start < order.length; start += 14) {
      const some = order.slice(start, start + 14);
      await harvest(university, Object.fromEntries(some.filter(([name]) => name.startsWith("u"))));
      await harvest(national, Object.fromEntries(some.filter(([name]) => name.startsWith("n"))));
      if (start % (14 * seed) === 0) await run({ pageSize: 2 * seed });
    }
    await run({ pageSize: 7 });
    outcomes.push(await clusters());
  }
  expect(outcomes[0]?.length).toBeGreaterThan(4);
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[2]).toEqual(outcomes[0]);
});

/** Records that are alike in many ways: some the same, some vetoed, some the same through a third. */
function similarCards(): Readonly<Record<string, Described>> {
  const titles = ["Kinh tế vùng biển", "Kinh te vung bien", "Địa lý nông thôn Bắc Bộ"];
  const years = ["2017", "2018", "2019", undefined];
  const extents = ["120 tr.", "128 tr.", "136 tr.", undefined];
  const cards = Array.from({ length: 40 }, (_, index): [string, Described] => {
    const year = years[(index * 7) % 4];
    const extent = extents[(index * 5 + (index >> 2)) % 4];
    const card: Described = {
      title: titles[index % 3] ?? "",
      by: [index % 2 === 0 ? "Trần Văn Hòa" : "Trần Văn Hoà"],
      type: "thesis",
      grantor: "Đại học Thủy lợi",
      ...(year && { year }),
      ...(extent && { extent }),
      ...(index % 9 === 0 && { doi: `10.1000/${index % 4}` }),
    };
    return [`${index % 2 === 0 ? "n" : "u"}${index}`, card];
  });
  return Object.fromEntries(cards);
}

function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  const keyed = items.map((item, index) => ({ item, key: ((index + 1) * 7919 * seed) % 104_729 }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
