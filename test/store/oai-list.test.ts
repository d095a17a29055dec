import { Kysely, PostgresDialect, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  countFeed,
  earliestStamp,
  type FeedItem,
  findFeedItem,
  type ListFilter,
  type ListPosition,
  listFeed,
} from "../../src/store/oai-list.ts";
import { addRepository } from "../../src/store/repositories.ts";
import type { Database } from "../../src/store/schema.ts";
import { ensureSet } from "../../src/store/sets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const RECORDS = 20_000;
/** Every so many records share a stamp, so that pages end in the middle of ties. */
const TIES = 70;
const FIRST = Date.UTC(2026, 0, 1);
const second = (number: number) => new Date(FIRST + number * 1000);
const LAST = Math.floor((RECORDS - 1) / TIES);

let database: TestDatabase;
let everything: ListFilter;
let even: number;
let rare: number;

/** 20,000 records of two repositories in the order of their numbers; even ones in one set, each 500th in another. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  for (const code of ["first", "second"])
    await addRepository(db, { code, name: code, base_url: `https://${code}.example/` });
  even = await ensureSet(db, { setSpec: "even", setName: "Even" });
  rare = await ensureSet(db, { setSpec: "rare", setName: "Rare" });
  await sql`
    INSERT INTO record (repository_id, record_id, oai_identifier, stamp, deleted, set_specs, source_identifier,
      source_datestamp, metadata_namespace, published)
    SELECT 1 + n % 2, n, 'oai:x:' || n, ${second(0)}::timestamptz + (n / ${TIES}) * interval '1 second', false, '{}', n::text,
      '2026-01-01', 'urn:x', jsonb_build_object('titles', jsonb_build_array(jsonb_build_object('value', n, 'type', 'main')))
    FROM generate_series(0, ${RECORDS - 1}) n ORDER BY random()`.execute(db);
  for (const [setId, every] of [
    [even, 2],
    [rare, 500],
  ] as const) {
    await sql`INSERT INTO record_set (set_id, stamp, record_id, repository_id)
      SELECT ${setId}, stamp, record_id, repository_id FROM record WHERE record_id % ${every} = 0`.execute(db);
  }
  await sql`VACUUM ANALYZE record, record_set, repository`.execute(db);
  everything = { setId: null, from: null, until: null, horizon: second(LAST + 1) };
});
afterAll(async () => {
  await database.close();
});

/** All items of a list, page by page as a consumer gets them. */
async function readList(filter: ListFilter, limit: number): Promise<readonly FeedItem[]> {
  const items: FeedItem[] = [];
  let after: ListPosition | null = null;
  for (;;) {
    const page: readonly FeedItem[] = await listFeed(database.db, filter, { after, limit, withMetadata: false });
    items.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return items;
    after = { stamp: last.stamp, recordId: last.recordId };
  }
}

const numbers = (items: readonly FeedItem[]) => items.map(({ recordId }) => recordId);
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, index) => from + index * step);

/** A list, the set that it is of, and the distance between its records' numbers. */
const LISTS: readonly (readonly [name: string, setId: () => number | null, step: number])[] = [
  ["whole feed", () => null, 1],
  ["set", () => even, 2],
];

describe("a list", () => {
  // 70 and its multiples end pages exactly between ties, the others inside them
  test.each([999, 700, 1_001])("read in pages of %d has every record once, oldest first", async (limit) => {
    expect(numbers(await readList(everything, limit))).toEqual(range(0, RECORDS));
  });

  test("of a set has every record of the set once", async () => {
    expect(numbers(await readList({ ...everything, setId: even }, 333))).toEqual(range(0, RECORDS, 2));
    expect(numbers(await readList({ ...everything, setId: rare }, 7))).toEqual(range(0, RECORDS, 500));
  });

  test("of a set that nothing is in is empty", async () => {
    expect(await readList({ ...everything, setId: rare + 1_000 }, 100)).toEqual([]);
  });

  test.each(LISTS)("is cut by from and until, both inclusive: %s", async (_, setId, step) => {
    const filter = { ...everything, setId: setId(), from: second(3), until: second(5) };
    expect(numbers(await readList(filter, 50))).toEqual(range(3 * TIES, 6 * TIES, step));
    expect(numbers(await readList({ ...filter, until: second(3) }, 50))).toEqual(range(3 * TIES, 4 * TIES, step));
  });

  test.each(LISTS)("ends at the horizon, whatever until says: %s", async (_, setId, step) => {
    const filter = { ...everything, setId: setId(), from: second(3), horizon: second(4) };
    const expected = range(3 * TIES, 5 * TIES, step);
    expect(numbers(await readList(filter, 50))).toEqual(expected);
    expect(numbers(await readList({ ...filter, until: second(9) }, 50))).toEqual(expected);
    expect(await countFeed(database.db, filter, 10_000)).toBe(expected.length);
  });

  test("is empty where from lies behind until or beyond the horizon", async () => {
    expect(await readList({ ...everything, from: second(5), until: second(4) }, 50)).toEqual([]);
    expect(await readList({ ...everything, from: second(LAST + 2) }, 50)).toEqual([]);
  });

  test("carries metadata only where it is asked for", async () => {
    const page = { after: null, limit: 1 };
    const [full] = await listFeed(database.db, everything, { ...page, withMetadata: true });
    const [header] = await listFeed(database.db, everything, { ...page, withMetadata: false });
    expect(full?.published).toEqual({ titles: [{ value: 0, type: "main" }] });
    expect(header).toEqual({ ...full, published: null });
    expect(header).toMatchObject({
      oaiIdentifier: "oai:x:0",
      repositoryCode: "first",
      baseUrl: "https://first.example/",
    });
  });
});

describe("the size of a list", () => {
  test("is exact up to the bound, and one more than the bound beyond it", async () => {
    const size = range(0, RECORDS, 2).length;
    const filter = { ...everything, setId: even };
    expect(await countFeed(database.db, filter, size + 1)).toBe(size);
    expect(await countFeed(database.db, filter, size)).toBe(size);
    expect(await countFeed(database.db, filter, size - 1)).toBe(size);
    expect(await countFeed(database.db, filter, 100)).toBe(101);
  });

  test("counts what from, until and set leave", async () => {
    const filter = { ...everything, from: second(3), until: second(5) };
    expect(await countFeed(database.db, filter, 10_000)).toBe(3 * TIES);
    expect(await countFeed(database.db, { ...filter, setId: even }, 10_000)).toBe((3 * TIES) / 2);
  });
});

describe("one record", () => {
  test("is found by its identifier as long as it is not beyond the horizon", async () => {
    const { db } = database;
    expect(await findFeedItem(db, "oai:x:75", second(1))).toMatchObject({ recordId: 75, stamp: second(1) });
    expect(await findFeedItem(db, "oai:x:75", second(0))).toBeNull();
    expect(await findFeedItem(db, "oai:x:none", second(LAST))).toBeNull();
    expect(await findFeedItem(db, "OAI:X:75", second(LAST))).toBeNull();
  });

  test("the oldest stamp of the feed is that of its first record; an empty feed has none", async () => {
    expect(await earliestStamp(database.db)).toEqual(second(0));
    const empty = await createTestDatabase();
    expect(await earliestStamp(empty.db)).toBeNull();
    await empty.close();
  });
});

/** A node of PostgreSQL's plan, as EXPLAIN (FORMAT JSON) tells it. */
interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How PostgreSQL read `record` and `record_set` for what `ask` asked: the scans, and the rows they went through. */
async function scansOf(ask: (db: Kysely<Database>) => Promise<unknown>) {
  const sent: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: ({ query }) => {
      sent.push(query);
    },
  });
  await ask(db);
  const [query] = sent;
  if (query === undefined || sent.length !== 1) throw new Error("one statement was expected");
  const explained = await database.pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${query.sql}`, [...query.parameters]);
  const scans = nodesOf(explained.rows[0]["QUERY PLAN"][0].Plan).filter((node) =>
    /^record/.test(node["Relation Name"] ?? ""),
  );
  return scans.map((node) => ({
    type: node["Node Type"],
    table: node["Relation Name"],
    rows: (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
  }));
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

describe("however deep it lies, a page costs what it holds: PostgreSQL goes through an index and reads no more rows", () => {
  const limit = 100;
  const deep = { stamp: second(200), recordId: 200 * TIES + 6 };
  test.each([
    ["the first page", () => ({}), null],
    ["a deep page", () => ({}), deep],
    ["a deep page from a date until another", () => ({ from: second(150), until: second(250) }), deep],
    ["the first page from a late date", () => ({ from: second(250) }), null],
    ["the first page of a set", () => ({ setId: even }), null],
    ["a deep page of a set", () => ({ setId: even }), deep],
    ["a deep page of a rare set", () => ({ setId: rare, from: second(100) }), deep],
  ] as const)("%s", async (_, more, after) => {
    const filter = { ...everything, ...more() };
    const scans = await scansOf((db) => listFeed(db, filter, { after, limit, withMetadata: true }));
    expect(scans.length).toBeGreaterThan(0);
    for (const scan of scans) {
      expect(scan.type, JSON.stringify(scans)).toMatch(/^Index (Only )?Scan$/);
      expect(scan.rows, JSON.stringify(scans)).toBeLessThanOrEqual(limit);
    }
  });

  test("a count stops at its bound", async () => {
    for (const setId of [null, even]) {
      const scans = await scansOf((db) => countFeed(db, { ...everything, setId }, 500));
      for (const scan of scans) expect(scan.rows, JSON.stringify(scans)).toBeLessThanOrEqual(501);
    }
  });

  test("one record by its identifier is one row, and so is the oldest stamp", async () => {
    for (const ask of [
      (db: Kysely<Database>) => findFeedItem(db, "oai:x:75", second(LAST)),
      (db: Kysely<Database>) => earliestStamp(db),
    ]) {
      const scans = await scansOf(ask);
      expect(scans).toMatchObject([{ type: expect.stringMatching(/^Index (Only )?Scan$/), rows: 1 }]);
    }
  });
});
