import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openToken, writeToken } from "../../src/provider/token.ts";
import { announceStamp, readHorizon } from "../../src/store/fence.ts";
import { saveRecords } from "../../src/store/records.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import {
  addSource,
  horizonReaches,
  identifiersOf,
  pagesOf,
  publish,
  type SampleSource,
  SECRET,
  sampleProvider,
  sampleRecord,
  sampleRecords,
  textsOf,
  tokenOf,
} from "./sample-feed.ts";

const HEADERS = "verb=ListIdentifiers&metadataPrefix=oai_dc";
const RECORDS = "verb=ListRecords&metadataPrefix=oai_dc";
const OLD = new Date("2024-01-02T00:00:00Z");
const NEWER = new Date("2024-01-02T23:59:59Z");
let database: TestDatabase;
let kho: SampleSource;
let tapChi: SampleSource;

beforeEach(async () => {
  database = await createTestDatabase();
  kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  tapChi = await addSource(database.db, "tap-chi", "https://tapchi.example.edu.vn/oai");
  // 20 of one stamp: the page of ten ends in the middle of them
  await publish(database.db, kho, sampleRecords(kho, 1, 20), OLD);
  await publish(database.db, tapChi, sampleRecords(tapChi, 21, 25), NEWER);
});

afterEach(async () => await database.close());

function identifiers(source: SampleSource, first: number, last: number): readonly string[] {
  return sampleRecords(source, first, last).map(({ oaiIdentifier }) => oaiIdentifier);
}

async function validPages(...args: Parameters<typeof pagesOf>): Promise<readonly string[]> {
  const pages = await pagesOf(...args);
  for (const page of pages) if (schemasPresent) expect(await schemaComplaints(page)).toEqual([]);
  return pages;
}

describe.each([HEADERS, RECORDS])("%s", (query) => {
  test("gives every record once, oldest first, and says truly how far it has come", async () => {
    const pages = await validPages(sampleProvider(database.db), query);
    expect(pages.map(identifiersOf)).toEqual([
      identifiers(kho, 1, 10),
      identifiers(kho, 11, 20),
      identifiers(tapChi, 21, 25),
    ]);
    expect(pages.map((page) => /completeListSize="25" cursor="(\d+)"/.exec(page)?.[1])).toEqual(["0", "10", "20"]);
    expect(pages[2]).toContain('<resumptionToken completeListSize="25" cursor="20"/>');
  });

  test("needs no token where one page holds them all, and repeats the arguments", async () => {
    const [page = "", ...rest] = await validPages(sampleProvider(database.db), `${query}&set=inst:tap-chi`);
    expect(rest).toEqual([]);
    expect(page).not.toContain("resumptionToken");
    expect(page).toMatch(/<request verb="List[A-Za-z]+" metadataPrefix="oai_dc" set="inst:tap-chi">/);
  });
});

test("a page that is exactly full is the last one", async () => {
  const pages = await pagesOf(sampleProvider(database.db, { pageSize: 25 }), HEADERS);
  expect(pages).toHaveLength(1);
  expect(pages[0]).not.toContain("resumptionToken");
});

test("ListRecords gives metadata of live records and headers of deleted ones; ListIdentifiers gives headers", async () => {
  const gone = sampleRecord(kho, 1, { deletedReason: "source-header", published: null, contentHash: null });
  await publish(database.db, kho, [gone], new Date("2024-02-01T00:00:00Z"));
  const provider = sampleProvider(database.db, { pageSize: 100 });
  const records = await provider.answer(`${RECORDS}&set=inst:kho`);
  expect(textsOf(records, "dc:title")).toEqual(Array.from({ length: 19 }, (_, index) => `Luận văn số ${index + 2}`));
  const tombstone = /<header status="deleted"><identifier>([^<]*)<\/identifier><datestamp>2024-02-01T00:00:00Z</;
  expect(tombstone.exec(records)?.[1]).toBe(gone.oaiIdentifier);
  const headers = await provider.answer(`${HEADERS}&set=inst:kho`);
  expect(tombstone.exec(headers)?.[1]).toBe(gone.oaiIdentifier);
  expect(headers).not.toContain("<metadata>");
});

test.each([
  ["from=2024-01-02&until=2024-01-02", 25],
  ["until=2024-01-02", 25],
  ["from=2024-01-02T23:59:59Z", 5],
  ["until=2024-01-02T00:00:00Z", 20],
  ["from=2024-01-02T00:00:00Z&until=2024-01-02T00:00:00Z", 20],
  ["from=2024-01-02T00:00:01Z&until=2024-01-02T23:59:59Z", 5],
  ["from=2024-01-02T00:00:01Z&until=2024-01-02T23:59:58Z", 0],
  ["from=2024-01-03", 0],
  ["set=inst:kho&from=2024-01-02T00:00:01Z", 0],
])("%s selects %i records, both ends included, on every page", async (range, expected) => {
  const pages = await pagesOf(sampleProvider(database.db, { pageSize: 3 }), `${HEADERS}&${range}`).catch((error) => {
    expect(error).toMatchObject({ code: "noRecordsMatch" });
    return [];
  });
  expect(new Set(pages.flatMap(identifiersOf)).size).toBe(expected);
  expect(pages.flatMap(identifiersOf)).toHaveLength(expected);
});

test("a token holds in another process, asked twice gives the same page, and names nobody's state", async () => {
  const first = await sampleProvider(database.db).answer(RECORDS);
  const query = `verb=ListRecords&resumptionToken=${tokenOf(first)}`;
  const [again, elsewhere] = [sampleProvider(database.db), sampleProvider(database.db, { pageSize: 10 })];
  expect(identifiersOf(await again.answer(query))).toEqual(identifiers(kho, 11, 20));
  expect(identifiersOf(await elsewhere.answer(query))).toEqual(identifiers(kho, 11, 20));
  expect(await again.answer(query)).toContain(`<request verb="ListRecords" resumptionToken="${tokenOf(first)}">`);
});

test("a token says how long it is good for: a day at least", async () => {
  const before = Date.now();
  const expires = /expirationDate="([^"]+)"/.exec(await sampleProvider(database.db).answer(HEADERS))?.[1] ?? "";
  expect(Date.parse(expires)).toBeGreaterThanOrEqual(before - 1000 + 24 * 60 * 60 * 1000);
});

test("a list of more than 10,000 leaves its size out instead of guessing it", async () => {
  await publish(database.db, kho, sampleRecords(kho, 101, 10_076), NEWER);
  const provider = sampleProvider(database.db, { pageSize: 1_000 });
  const [first = ""] = [await provider.answer(HEADERS)];
  expect(first).toContain('cursor="0"');
  expect(first).not.toContain("completeListSize");
  expect(await provider.answer(`${HEADERS}&set=inst:kho`)).toContain('completeListSize="9996"');
});

describe("while records change between two pages", () => {
  test("nobody is repeated, the others do not shift, and the next harvest finds what moved", async () => {
    const provider = sampleProvider(database.db);
    const moved = [sampleRecord(kho, 2, { title: "Bản sửa" }), sampleRecord(kho, 15, { title: "Bản sửa" })];
    let stamp = new Date(0);
    const pages = await validPages(provider, HEADERS, async (page) => {
      if (page === 1) stamp = await publish(database.db, kho, moved);
      // even where the horizon has reached them, they stay out of a list that was begun before
      await horizonReaches(database.db, stamp);
    });
    const listed = pages.flatMap(identifiersOf);
    expect(listed).toEqual([...identifiers(kho, 1, 14), ...identifiers(kho, 16, 20), ...identifiers(tapChi, 21, 25)]);
    // the size is that of the list when it was begun, as on the first page
    for (const page of pages) expect(page).toContain('completeListSize="25"');
    for (const from of new Set(pages.flatMap((page) => textsOf(page, "responseDate")))) {
      const next = await pagesOf(provider, `${HEADERS}&from=${from}`);
      expect(next.flatMap(identifiersOf)).toEqual(moved.map(({ oaiIdentifier }) => oaiIdentifier));
    }
  });

  test("all pages tell one responseDate, and nothing before it is stored afterwards", async () => {
    const provider = sampleProvider(database.db);
    const pages = await pagesOf(provider, HEADERS, async () => {
      await horizonReaches(database.db, await publish(database.db, kho, [sampleRecord(kho, 30)]));
    });
    const [told = "", ...others] = new Set(pages.flatMap((page) => textsOf(page, "responseDate")));
    expect(others).toEqual([]);
    expect(identifiersOf(await provider.answer(`${HEADERS}&from=${told}`))).toContain(
      sampleRecord(kho, 30).oaiIdentifier,
    );
  });

  test("a list whose rest has moved altogether goes on with it instead of breaking off", async () => {
    const provider = sampleProvider(database.db, { pageSize: 20 });
    const moved = Array.from({ length: 5 }, (_, index) => sampleRecord(tapChi, 21 + index, { title: "Bản sửa" }));
    const pages = await validPages(provider, HEADERS, async () => {
      await horizonReaches(database.db, await publish(database.db, tapChi, moved));
    });
    expect(pages.map(identifiersOf)).toEqual([identifiers(kho, 1, 20), identifiers(tapChi, 21, 25)]);
    expect(pages[1]).toContain('<resumptionToken cursor="20"/>');
    const last = textsOf(pages[1] ?? "", "responseDate")[0];
    const late = sampleRecord(kho, 31);
    await horizonReaches(database.db, await publish(database.db, kho, [late]));
    expect(identifiersOf(await provider.answer(`${HEADERS}&from=${last}`))).toContain(late.oaiIdentifier);
  });

  test("a list whose rest has left its range says that no more records match, and is valid", async () => {
    const provider = sampleProvider(database.db, { pageSize: 20 });
    const first = await provider.answer(`${HEADERS}&until=2024-01-02`);
    const moved = Array.from({ length: 5 }, (_, index) => sampleRecord(tapChi, 21 + index, { title: "Bản sửa" }));
    await publish(database.db, tapChi, moved);
    const xml = await provider.answer(`verb=ListIdentifiers&resumptionToken=${tokenOf(first)}`);
    expect(xml).toContain('<error code="noRecordsMatch">');
    if (schemasPresent) expect(await schemaComplaints(xml)).toEqual([]);
  });
});

test("what a writer has not committed holds the responseDate back, so that from = responseDate finds it later", async () => {
  const provider = sampleProvider(database.db);
  let told = "";
  const late = sampleRecord(kho, 32);
  await database.db.transaction().execute(async (trx) => {
    const stamp = await announceStamp(trx, 1);
    await saveRecords(trx, kho.repositoryId, stamp, [late]);
    // the clock passes the announced second while the writer is still at work
    while (Date.now() < stamp.getTime() + 100) await new Promise((resolve) => setTimeout(resolve, 50));
    const empty = await provider.answer(`${HEADERS}&from=2024-06-01`);
    expect(empty).toContain('<error code="noRecordsMatch">');
    told = textsOf(empty, "responseDate")[0] ?? "";
    expect(Date.parse(told)).toBeLessThan(stamp.getTime());
  });
  expect(identifiersOf(await provider.answer(`${HEADERS}&from=${told}`))).toEqual([late.oaiIdentifier]);
});

describe("a list that was begun on a server that is further", () => {
  /** As another server would have given it that was so far ahead of the horizon here. */
  async function begunAhead(byMs: number): Promise<{ readonly horizon: Date; readonly token: string }> {
    const provider = sampleProvider(database.db);
    const opened = openToken(SECRET, tokenOf(await provider.answer(HEADERS)) ?? "");
    if (opened === null || opened.token.verb === "ListSets") throw new Error("the first page has no token");
    const horizon = new Date((await readHorizon(database.db)).getTime() + byMs);
    return { horizon, token: writeToken(SECRET, { ...opened.token, horizon }, new Date()) };
  }

  test("goes on when this one has come as far", async () => {
    const { horizon, token } = await begunAhead(1_000);
    const late = sampleRecord(kho, 40);
    const answer = sampleProvider(database.db, { pageSize: 100 }).answer(
      `verb=ListIdentifiers&resumptionToken=${token}`,
    );
    await publish(database.db, kho, [late], horizon);
    const page = await answer;
    expect(identifiersOf(page)).toContain(late.oaiIdentifier);
    expect(Date.parse(textsOf(page, "responseDate")[0] ?? "")).toBe(horizon.getTime());
  });

  test("is told to come back where that would take long", async () => {
    const { token } = await begunAhead(12_000);
    const answer = sampleProvider(database.db).answer(`verb=ListIdentifiers&resumptionToken=${token}`);
    const waiting = expect.objectContaining({ name: "FeedBehind", retryAfterSeconds: expect.closeTo(12, -1) });
    await expect(answer).rejects.toEqual(waiting);
  });
});
