import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addSource,
  identifiersOf,
  pagesOf,
  publish,
  type SampleSource,
  sampleProvider,
  sampleRecord,
  sampleRecords,
} from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { API_URL, type ApiRecord, ask, pages, type RecordPage, sampleApi } from "./sample-api.ts";

const OLD = new Date("2024-01-02T00:00:00Z");
const NEWER = new Date("2024-01-02T23:59:59Z");
const LATEST = new Date("2024-02-01T00:00:00Z");
const ODD = "khác, có dấu/và?dấu#hỏi & 100%";
let database: TestDatabase;
let api: FastifyInstance;
let kho: SampleSource;
let tapChi: SampleSource;

beforeAll(async () => {
  database = await createTestDatabase();
  kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  tapChi = await addSource(database.db, "tap-chi", "https://tapchi.example.edu.vn/oai");
  // 20 of one stamp: the page of ten ends in the middle of them
  await publish(database.db, kho, sampleRecords(kho, 1, 21), OLD);
  await publish(database.db, tapChi, sampleRecords(tapChi, 22, 25), NEWER);
  await publish(database.db, tapChi, [sampleRecord(tapChi, 26, { sourceIdentifier: ODD })], NEWER);
  const gone = sampleRecord(kho, 1, { deletedReason: "source-header", published: null, contentHash: null });
  await publish(database.db, kho, [gone], LATEST);
  api = await sampleApi(database.db);
});

afterAll(async () => {
  await api.close();
  await database.close();
});

const named = (source: SampleSource, first: number, last: number) =>
  sampleRecords(source, first, last).map(({ oaiIdentifier }) => oaiIdentifier);
const identifiers = ({ records }: RecordPage) => records.map(({ identifier }) => identifier);

test("a list gives each record once, oldest first, page by page, and all pages tell one horizon", async () => {
  const read = await pages<RecordPage>(api, "/records?limit=10");
  const odd = sampleRecord(tapChi, 26, { sourceIdentifier: ODD }).oaiIdentifier;
  expect(read.map(identifiers)).toEqual([
    named(kho, 2, 11),
    named(kho, 12, 21),
    [...named(tapChi, 22, 25), odd, ...named(kho, 1, 1)],
  ]);
  expect(new Set(read.map(({ horizon }) => horizon)).size).toBe(1);
  expect(read[0]?.next).toMatch(new RegExp(`^${API_URL}/records\\?limit=10&after=[\\w-]+$`));
});

test("a page that is exactly full is the last one", async () => {
  expect(await pages(api, "/records?limit=26")).toHaveLength(1);
});

test.each([
  "",
  "&from=2024-01-02&until=2024-01-02",
  "&from=2024-01-02T23:59:59Z",
  "&until=2024-01-02T00:00:00Z",
  "&from=2024-01-02T00:00:01Z&until=2024-01-02T23:59:58Z",
  "&from=2024-03-01",
  "&set=inst:tap-chi",
  "&set=inst:kho&from=2024-01-02T00:00:01Z",
])("a list with %j holds what ListRecords holds, in its order", async (filter) => {
  const query = `verb=ListRecords&metadataPrefix=oai_dc${filter}`;
  const feed = await pagesOf(sampleProvider(database.db), query).catch((error) => {
    expect(error).toMatchObject({ code: "noRecordsMatch" });
    return [];
  });
  const read = await pages<RecordPage>(api, `/records?limit=7${filter}`);
  const listed = feed.flatMap(identifiersOf).map((identifier) => identifier.replaceAll("&amp;", "&"));
  expect(read.flatMap(identifiers)).toEqual(listed);
});

test("what is published is shown, and of a deleted record its tombstone alone, although the store knows what it was", async () => {
  const [page] = await pages<RecordPage>(api, "/records");
  expect(page?.records.at(-1)).toEqual({
    identifier: sampleRecord(kho, 1).oaiIdentifier,
    datestamp: "2024-02-01T00:00:00Z",
    deleted: true,
    sets: ["inst:kho"],
    repository: "kho",
    source: {
      identifier: "oai:kho.example.edu.vn:1",
      datestamp: "2020-02-03T04:05:06Z",
      metadataNamespace: "http://www.openarchives.org/OAI/2.0/oai_dc/",
    },
    record: null,
  });
  expect(page?.records[0]).toMatchObject({ deleted: false, record: { titles: [{ value: "Luận văn số 2" }] } });
});

test.each([2, 26])(
  "record %i is found by our identifier, with slashes as they are and percent-encoded",
  async (number) => {
    const page = await ask<RecordPage>(api, "/records");
    const record = page.body.records.find(
      ({ source }) => source.identifier === (number === 2 ? "oai:kho.example.edu.vn:2" : ODD),
    );
    const encoded = encodeURIComponent(record?.identifier ?? "");
    for (const path of [encoded, encoded.replaceAll("%2F", "/")])
      expect(await ask(api, `/records/${path}`)).toMatchObject({ status: 200, body: record });
  },
);

test("a record is there at once, before the horizon has reached it, and in the lists afterwards", async () => {
  const record = sampleRecord(kho, 61);
  await publish(database.db, kho, [record], new Date(Date.now() + 3_600_000));
  const told = await ask<ApiRecord>(api, `/records/${encodeURIComponent(record.oaiIdentifier)}`);
  expect([told.status, told.body.identifier]).toEqual([200, record.oaiIdentifier]);
  expect((await pages<RecordPage>(api, "/records")).flatMap(identifiers)).not.toContain(record.oaiIdentifier);
});
