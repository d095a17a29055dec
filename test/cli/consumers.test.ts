import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { consumerNameOf, productOf } from "../../src/http/consumer-name.ts";
import {
  addConsumerDays,
  type ConsumerCounts,
  type ConsumerDay,
  dayOf,
  NO_COUNTS,
} from "../../src/store/consumer-days.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runCliHere } from "./run-cli-here.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE consumer_day");
});
afterAll(async () => await database.close());

const lienthong = (...args: readonly string[]) => runCliHere(["consumers", ...args], { DATABASE_URL: database.url });

/** A day of a consumer, so many days ago. */
function day(
  userAgent: string,
  counts: Partial<ConsumerCounts>,
  changes: Partial<ConsumerDay> & { readonly ago?: number } = {},
): ConsumerDay {
  const { ago = 0, ...rest } = changes;
  return {
    ...{ day: dayOf(new Date(Date.now() - ago * DAY_MS)), surface: "feed", network: "192.0.2.0/24", contact: "" },
    ...{ route: "ListRecords", metadataPrefix: "oai_dc", setSpec: "", userAgent, product: productOf(userAgent) },
    counts: { ...NO_COUNTS, requests: 1, ...counts },
    ...rest,
  };
}

const add = (...days: readonly ConsumerDay[]) => addConsumerDays(database.db, days);

describe("lienthong consumers", () => {
  test("says that nobody came", async () => {
    expect(await lienthong()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^nobody asked for anything from /),
    });
  });

  test("shows who came, what they took, and what was asked for, those first who took most", async () => {
    const kho = { contact: "thuvien@kho.example.vn" };
    await add(
      day("curl/8.1", { requests: 2, records: 5, bytes: 100_000 }),
      day("Kho/1.0 (+https://kho.example.vn)", { requests: 12, records: 1_200, bytes: 3_000_000, lists: 1 }, kho),
      day(
        "Kho/1.0 (+https://kho.example.vn)",
        { requests: 3, wrong: 1, limited: 1 },
        { ...kho, route: "Identify", metadataPrefix: "" },
      ),
      day("", { records: 7 }, { surface: "api", route: "/records", metadataPrefix: "", network: "" }),
    );
    const { code, stdout } = await lienthong();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, days of Vietnam: 3 consumers, 18 requests\n\nconsumer /,
    );
    const lines = stdout.split("\n").map((line) => line.replace(/ {2,}/g, " | "));
    const today = dayOf(new Date());
    expect(lines.slice(3, 6)).toEqual([
      `Kho/1.0 | 192.0.2.0/24 | 15 | 1,200 | 3 | 1 | 1 | 1 | ${today} | thuvien@kho.example.vn`,
      `(no User-Agent) | - | 1 | 7 | 0 | 0 | 0 | 0 | ${today}`,
      `curl/8.1 | 192.0.2.0/24 | 2 | 5 | 0.1 | 0 | 0 | 0 | ${today}`,
    ]);
    expect(lines.slice(8, 11)).toEqual([
      "feed | ListRecords | oai_dc | 14 | 1,205 | 3.1 | 1 | 0 | 0",
      "feed | Identify | 3 | 0 | 0 | 0 | 1 | 1",
      "api | /records | 1 | 7 | 0 | 0 | 0 | 0",
    ]);
    expect(stdout).toMatch(/\nrefused: 1 asked too often \(OAI_REQUESTS_PER_MINUTE, API_REQUESTS_PER_MINUTE\)\n/);
  });

  test("takes so many days, today included, and one surface", async () => {
    await add(day("old", {}, { ago: 7 }), day("new", {}, { ago: 5 }), day("api", {}, { surface: "api" }));
    const names = async (...args: readonly string[]) =>
      JSON.parse((await lienthong("--json", ...args)).stdout).consumers.map(
        (each: { userAgent: string }) => each.userAgent,
      );
    expect(await names()).toEqual(["api", "new", "old"]);
    expect(await names("--days", "7")).toEqual(["api", "new"]);
    expect(await names("--days", "7", "--surface", "feed")).toEqual(["new"]);
  });

  test("points at those who ask wrongly, too often, do not wait, or come to no end, and at nobody else", async () => {
    await add(
      day("wrong/1", { requests: 40, wrong: 20 }),
      day("hasty/1", { requests: 40, limited: 10 }),
      day("gone/1", { requests: 40, gone: 39 }),
      day("endless/1", { requests: 300, records: 30_000 }),
      day("good/1", { requests: 300, records: 30_000, lists: 1, empty: 290, unchanged: 9, wrong: 9 }),
      day("busy/1", { requests: 40, busy: 40 }),
      day("few/1", { requests: 9, wrong: 9 }),
    );
    const remarks = (await lienthong()).stdout.split("\n").filter((line) => line.startsWith("look at"));
    expect(remarks.toSorted()).toEqual([
      "look at endless/1 of 192.0.2.0/24: 30,000 records and no list to its end",
      "look at gone/1 of 192.0.2.0/24: 39 of its 40 requests were not waited for",
      "look at hasty/1 of 192.0.2.0/24: 10 of its 40 requests came too often",
      "look at wrong/1 of 192.0.2.0/24: 20 of its 40 requests were wrong",
    ]);
  });

  test("shows forty, and says how many there are beside them", async () => {
    await add(...Array.from({ length: 45 }, (_, number) => day(`bot/${number}`, {})));
    const { stdout } = await lienthong();
    expect(stdout.match(/^bot\/\d+/gm)).toHaveLength(40);
    expect(stdout).toContain("\nand 5 more, who took less; --json has all of them\n");
  });

  test("shows hostile names as one short line of what can be seen", async () => {
    const sent = `\u001b[2J\u0000\r\n\u009b31m<script>${"x".repeat(100_000)}`;
    const { userAgent, contact } = consumerNameOf({ "user-agent": sent, from: sent });
    await add(day(userAgent, {}, { contact }));
    const { stdout } = await lienthong();
    expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThan(200);
  });

  test.each([
    [["--days", "0"], '--days "0": give how many days, today included, from 1 to 36500'],
    [["--days", "1e3"], '--days "1e3": give how many days'],
    [["--surface", "oai"], '--surface "oai": there is no such surface; there are feed, api, export'],
  ])("refuses %j, and says what can be given", async (args, message) => {
    const { code, stderr } = await lienthong(...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});
