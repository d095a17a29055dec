import { describe, expect, test } from "vitest";
import { ConsumerBook, OTHERS } from "../src/consumer-book.ts";
import type { AnsweredRequest } from "../src/http/observe-answers.ts";
import { CONSUMER_COUNTS, type ConsumerCounts, type ConsumerDay } from "../src/store/consumer-days.ts";

const NOON = new Date("2026-11-30T05:00:00Z"); // 12:00 in Vietnam
const DAY_MS = 24 * 60 * 60 * 1000;

function asked(changes: Partial<AnsweredRequest> = {}): AnsweredRequest {
  return {
    surface: "feed",
    network: "192.0.2.0/24",
    userAgent: "Kho/1.0",
    contact: "thuvien@kho.example.vn",
    route: "ListRecords",
    metadataPrefix: "oai_dc",
    setSpec: "",
    records: 100,
    bytes: 5_000,
    lastPage: false,
    outcome: "answered",
    ...changes,
  };
}

function book(limits?: { readonly entries?: number; readonly entriesOfNetwork?: number }): ConsumerBook {
  return new ConsumerBook({ entries: 1_000, entriesOfNetwork: 500, ...limits });
}

function sum(days: readonly ConsumerDay[]): ConsumerCounts {
  return Object.fromEntries(
    CONSUMER_COUNTS.map((name) => [name, days.reduce((total, { counts }) => total + counts[name], 0)]),
  ) as ConsumerCounts;
}

test("requests of one consumer for one thing are one entry, whatever became of them", () => {
  const kho = book();
  kho.add(asked(), NOON);
  kho.add(asked({ records: 40, bytes: 2_000, lastPage: true }), NOON);
  kho.add(asked({ records: 0, bytes: 300, outcome: "unchanged" }), NOON);
  kho.add(asked({ records: 0, bytes: 20, outcome: "limited" }), NOON);
  const nothing = { empty: 0, wrong: 0, busy: 0, behind: 0, failed: 0, gone: 0 };
  const expected = { ...nothing, requests: 4, records: 140, bytes: 7_320, lists: 1, unchanged: 1, limited: 1 };
  expect(kho.unwritten()).toEqual([
    {
      day: "2026-11-30",
      surface: "feed",
      network: "192.0.2.0/24",
      userAgent: "Kho/1.0",
      contact: "thuvien@kho.example.vn",
      product: "Kho",
      route: "ListRecords",
      metadataPrefix: "oai_dc",
      setSpec: "",
      counts: expected,
    },
  ]);
});

test("who asks, for what, and on which day keep entries apart", () => {
  const kho = book();
  kho.add(asked(), NOON);
  kho.add(asked({ surface: "api" }), NOON);
  kho.add(asked({ network: "198.51.100.0/24" }), NOON);
  kho.add(asked({ userAgent: "Kho/1.1" }), NOON);
  kho.add(asked({ contact: "" }), NOON);
  kho.add(asked({ route: "ListIdentifiers" }), NOON);
  kho.add(asked({ metadataPrefix: "marc21" }), NOON);
  kho.add(asked({ setSpec: "thesis" }), NOON);
  kho.add(asked(), new Date(NOON.getTime() + DAY_MS));
  expect(kho.unwritten()).toHaveLength(9);
});

test("a day begins at midnight in Vietnam", () => {
  const kho = book();
  kho.add(asked(), new Date("2026-11-30T16:59:59.999Z"));
  kho.add(asked(), new Date("2026-11-30T17:00:00Z"));
  expect(kho.unwritten().map(({ day }) => day)).toEqual(["2026-11-30", "2026-12-01"]);
});

test("what has been written is taken out, and what was counted meanwhile stays", () => {
  const kho = book();
  kho.add(asked(), NOON);
  kho.add(asked({ userAgent: "other" }), NOON);
  const writing = kho.unwritten();
  kho.add(asked({ records: 7 }), NOON);
  expect(sum(writing).records).toBe(200);
  kho.written(writing);
  expect(kho.unwritten()).toMatchObject([{ userAgent: "Kho/1.0", counts: { requests: 1, records: 7, bytes: 5_000 } }]);
  kho.written(kho.unwritten());
  expect(kho.unwritten()).toEqual([]);
});

describe("a thousand names of one network", () => {
  function crowded(): ConsumerBook {
    const kho = book({ entriesOfNetwork: 20 });
    for (let number = 0; number < 1_000; number++)
      kho.add(asked({ userAgent: `bot/${number}`, contact: `${number}` }), NOON);
    return kho;
  }

  test("leave room for others, and are counted together, with their network", () => {
    const kho = crowded();
    kho.add(asked({ network: "198.51.100.0/24" }), NOON);
    const days = kho.unwritten();
    expect(days).toHaveLength(20 + 1 + 1);
    expect(days.find(({ userAgent }) => userAgent === OTHERS)).toMatchObject({
      network: "192.0.2.0/24",
      contact: "",
      route: "ListRecords",
      metadataPrefix: "",
      setSpec: "",
      product: "",
      counts: { requests: 980 },
    });
    expect(days.at(-1)).toMatchObject({ network: "198.51.100.0/24", userAgent: "Kho/1.0" });
    expect(sum(days)).toMatchObject({ requests: 1_001, records: 100_100, bytes: 5_005_000 });
  });

  test("are not given room anew when they have been written, before the next day", () => {
    const kho = crowded();
    kho.written(kho.unwritten());
    kho.add(asked({ userAgent: "bot/5", contact: "5" }), NOON);
    kho.add(asked({ userAgent: "bot/1000" }), NOON);
    expect(kho.unwritten().map(({ userAgent }) => userAgent)).toEqual(["bot/5", OTHERS]);
    kho.add(asked({ userAgent: "bot/1000" }), new Date(NOON.getTime() + DAY_MS));
    expect(kho.unwritten().at(-1)?.userAgent).toBe("bot/1000");
  });
});

test("a thousand networks are counted together when there is no room any more", () => {
  const kho = book({ entries: 50 });
  for (let number = 0; number < 1_000; number++) kho.add(asked({ network: `10.0.${number}.0/24` }), NOON);
  const days = kho.unwritten();
  expect(days).toHaveLength(51);
  expect(days.at(-1)).toMatchObject({ network: "", userAgent: OTHERS, counts: { requests: 950 } });
  expect(sum(days).requests).toBe(1_000);
});

test("a thousand networks do not fill the table either, though all that comes is written at once", () => {
  const kho = book({ entries: 50 });
  const entries = new Set<string>();
  for (let number = 0; number < 1_000; number++) {
    kho.add(asked({ network: `10.0.${number}.0/24` }), NOON);
    const days = kho.unwritten();
    for (const { network } of days) entries.add(network);
    kho.written(days);
  }
  expect(entries.size).toBe(51);
});

test("while nothing can be written, day after day, memory stays bounded and no request is lost", () => {
  const kho = book({ entries: 50 });
  for (let number = 0; number < 30; number++)
    for (let day = 0; day < 30; day++)
      kho.add(asked({ userAgent: `bot/${number}` }), new Date(NOON.getTime() + day * DAY_MS));
  const days = kho.unwritten();
  // one more a day for those without a name
  expect(days.length).toBeLessThanOrEqual(50 + 30);
  expect(sum(days).requests).toBe(900);
});

test("names that look like parts of others are kept apart", () => {
  const kho = book();
  kho.add(asked({ userAgent: "a b", contact: "" }), NOON);
  kho.add(asked({ userAgent: "a", contact: "b" }), NOON);
  kho.add(asked({ userAgent: "a", contact: "", route: "b" }), NOON);
  expect(kho.unwritten()).toHaveLength(3);
});
