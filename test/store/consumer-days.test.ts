import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  addConsumerDays,
  type ConsumerCounts,
  type ConsumerDay,
  dayOf,
  NO_COUNTS,
  removeConsumerDays,
} from "../../src/store/consumer-days.ts";
import {
  lastDays,
  sumByConsumer,
  sumByDay,
  sumByFormat,
  sumByProduct,
  sumByRoute,
  sumBySurface,
} from "../../src/store/consumer-reports.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const PERIOD = { from: "2026-11-01", until: "2026-11-30" };
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE consumer_day");
});
afterAll(async () => await database.close());

function day(changes: Partial<Omit<ConsumerDay, "counts">> & Partial<ConsumerCounts>): ConsumerDay {
  const counts = Object.fromEntries(
    Object.keys(NO_COUNTS).map((name) => [name, changes[name as keyof ConsumerCounts] ?? 0]),
  ) as ConsumerCounts;
  return {
    day: changes.day ?? "2026-11-30",
    surface: changes.surface ?? "feed",
    network: changes.network ?? "192.0.2.0/24",
    userAgent: changes.userAgent ?? "Kho/1.0",
    contact: changes.contact ?? "",
    route: changes.route ?? "ListRecords",
    metadataPrefix: changes.metadataPrefix ?? "oai_dc",
    setSpec: changes.setSpec ?? "",
    product: changes.product ?? "Kho",
    counts: { ...counts, requests: changes.requests ?? 1 },
  };
}

const add = (...days: readonly ConsumerDay[]) => addConsumerDays(database.db, days);

async function rows() {
  const { rows } = await database.pool.query(
    "SELECT *, day::text AS date FROM consumer_day ORDER BY consumer_day.day, user_agent",
  );
  return rows;
}

describe("what is counted", () => {
  test("is kept, and added to, count by count", async () => {
    const some = { records: 100, bytes: 5_000_000_000, lists: 1, empty: 2, unchanged: 3, wrong: 4, limited: 5 };
    await add(day({ ...some, busy: 6, behind: 7, failed: 8, gone: 9, requests: 50 }), day({ userAgent: "other" }));
    await add(day({ ...some, requests: 1 }));
    expect(await rows()).toMatchObject([
      {
        ...{ date: "2026-11-30", surface: "feed", network: "192.0.2.0/24", user_agent: "Kho/1.0", contact: "" },
        ...{ route: "ListRecords", metadata_prefix: "oai_dc", set_spec: "", product: "Kho" },
        ...{ requests: 51, records: 200, bytes: 10_000_000_000, lists: 2, empty: 4, unchanged: 6, wrong: 8 },
        ...{ limited: 10, busy: 6, behind: 7, failed: 8, gone: 9 },
      },
      { user_agent: "other", requests: 1, records: 0 },
    ]);
  });

  test("may be nothing", async () => {
    await add();
    expect(await rows()).toEqual([]);
  });

  test("keeps what a consumer calls itself, whatever it is", async () => {
    const names = [
      `'"; DROP TABLE record; --`,
      "<script>",
      "{a,b}",
      "\\",
      "NULL",
      "Thư viện 𝒦".repeat(14).slice(0, 160),
    ];
    await add(...names.map((userAgent) => day({ userAgent, contact: userAgent.slice(0, 100) })));
    expect((await rows()).map(({ user_agent }) => user_agent).toSorted()).toEqual(names.toSorted());
  });

  test("of several servers adds up, and none waits for another for ever", async () => {
    const days = Array.from({ length: 300 }, (_, number) => day({ userAgent: `bot/${number}`, records: 1 }));
    const servers = Array.from({ length: 6 }, (_, server) => (server % 2 === 0 ? days : days.toReversed()));
    await Promise.all(servers.map((each) => add(...each)));
    const [sum] = await sumBySurface(database.db, PERIOD);
    expect(sum).toMatchObject({ consumers: 300, requests: 1_800, records: 1_800 });
    expect(await rows()).toHaveLength(300);
  });
});

test("a day is one of Vietnam", () => {
  expect(dayOf(new Date("2026-11-29T16:59:59Z"))).toBe("2026-11-29");
  expect(dayOf(new Date("2026-11-29T17:00:00Z"))).toBe("2026-11-30");
  expect(lastDays(new Date("2026-11-30T01:00:00Z"), 30)).toEqual(PERIOD);
  expect(lastDays(new Date("2026-11-30T01:00:00Z"), 1)).toEqual({ from: "2026-11-30", until: "2026-11-30" });
});

describe("reports", () => {
  beforeEach(async () => {
    await add(
      day({ day: "2026-10-31", records: 9_999 }),
      day({ day: "2026-11-01", records: 10, lists: 1 }),
      day({ records: 20, lists: 1, bytes: 500 }),
      day({ records: 5, metadataPrefix: "marc21" }),
      day({ route: "ListIdentifiers", requests: 3 }),
      day({ userAgent: "Kho/2.0", records: 7 }),
      day({
        userAgent: "curl/8",
        product: "curl",
        network: "198.51.100.0/24",
        surface: "api",
        route: "/records",
        records: 40,
      }),
      day({ userAgent: "", product: "", records: 1_000, metadataPrefix: "oai_dc" }),
      day({ userAgent: "Lang/1", product: "Lang", route: "Identify", metadataPrefix: "", requests: 500 }),
      day({
        userAgent: "lienthong export",
        product: "lienthong",
        network: "",
        surface: "export",
        metadataPrefix: "jsonl",
        records: 77,
      }),
      day({ day: "2026-12-01", records: 9_999 }),
    );
  });

  test("tell consumers apart by all that they are known by, and their last day", async () => {
    const consumers = await sumByConsumer(database.db, PERIOD, null);
    expect(
      consumers.map(({ userAgent, records, requests, lastDay }) => [userAgent, records, requests, lastDay]),
    ).toEqual([
      ["", 1_000, 1, "2026-11-30"],
      ["lienthong export", 77, 1, "2026-11-30"],
      ["curl/8", 40, 1, "2026-11-30"],
      ["Kho/1.0", 35, 6, "2026-11-30"],
      ["Kho/2.0", 7, 1, "2026-11-30"],
      ["Lang/1", 0, 500, "2026-11-30"],
    ]);
    expect((await sumByConsumer(database.db, PERIOD, "api")).map(({ userAgent }) => userAgent)).toEqual(["curl/8"]);
  });

  test("tell what was asked for", async () => {
    const routes = await sumByRoute(database.db, PERIOD, null);
    expect(
      routes.map(({ surface, route, metadataPrefix, requests }) => [surface, route, metadataPrefix, requests]),
    ).toEqual([
      ["feed", "Identify", "", 500],
      ["feed", "ListRecords", "oai_dc", 4],
      ["feed", "ListIdentifiers", "oai_dc", 3],
      ["feed", "ListRecords", "marc21", 1],
      ["api", "/records", "oai_dc", 1],
      ["export", "ListRecords", "jsonl", 1],
    ]);
  });

  test("tell each surface, each format of the feed, and each day, empty ones too", async () => {
    const surfaces = await sumBySurface(database.db, PERIOD);
    expect(surfaces.map(({ surface, consumers, records }) => [surface, consumers, records])).toEqual([
      ["api", 1, 40],
      ["export", 1, 77],
      ["feed", 4, 1_042],
    ]);
    const formats = await sumByFormat(database.db, PERIOD);
    expect(formats.map(({ name, records }) => [name, records])).toEqual([
      ["oai_dc", 1_037],
      ["marc21", 5],
    ]);
    const days = await sumByDay(database.db, PERIOD);
    expect([days.length, days[0]?.name, days[0]?.records, days[1]?.requests, days[29]?.name]).toEqual([
      ...[30, "2026-11-01", 10, 0, "2026-11-30"],
    ]);
  });

  test("name programs that came from outside, said who they are, and took records", async () => {
    const products = await sumByProduct(database.db, PERIOD, 5);
    expect(products.map(({ name, records }) => [name, records])).toEqual([
      ["Kho", 42],
      ["curl", 40],
    ]);
    expect(await sumByProduct(database.db, PERIOD, 1)).toHaveLength(1);
  });
});

test("a day is removed once it is older than it is kept", async () => {
  const ago = (days: number) => dayOf(new Date(Date.now() - days * 24 * 60 * 60 * 1000));
  // a midnight between the two clocks must not upset this test
  const kept = [ago(0), ago(399)];
  await add(
    ...[...kept, ago(402), ago(500)].flatMap((each) => [day({ day: each }), day({ day: each, userAgent: "x" })]),
  );
  expect(await removeConsumerDays(database.db, 400, 3)).toBe(4);
  expect([...new Set((await rows()).map((row) => row.date))]).toEqual(kept.toSorted());
  expect(await removeConsumerDays(database.db, 400)).toBe(0);
});
