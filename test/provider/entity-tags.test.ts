import { afterAll, beforeAll, expect, test } from "vitest";
import type { Provider } from "../../src/provider/provider.ts";
import { readHorizon } from "../../src/store/fence.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { addSource, horizonReaches, publish, type SampleSource, sampleProvider, sampleRecord } from "./sample-feed.ts";

const WEAK_TAG = /^W\/"[\x21\x23-\x7e]+"$/;
let database: TestDatabase;
let provider: Provider;
let source: SampleSource;

beforeAll(async () => {
  database = await createTestDatabase();
  provider = sampleProvider(database.db);
  source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  await publish(
    database.db,
    source,
    [sampleRecord(source, 1), sampleRecord(source, 2)],
    new Date("2024-05-06T07:08:09Z"),
  );
});

afterAll(async () => await database.close());

async function tagOf(query: string): Promise<string | null> {
  return (await provider.answerWithTag(query)).entityTag;
}

function getRecord(recordId: number, metadataPrefix = "oai_dc"): string {
  const identifier = encodeURIComponent(sampleRecord(source, recordId).oaiIdentifier);
  return `verb=GetRecord&metadataPrefix=${metadataPrefix}&identifier=${identifier}`;
}

test.each(["verb=Identify", "verb=ListMetadataFormats", "verb=ListSets"])(
  "%s has the same tag although its responseDate moves on",
  async (query) => {
    const [before, horizon] = [await provider.answerWithTag(query), await readHorizon(database.db)];
    await horizonReaches(database.db, new Date(horizon.getTime() + 1000));
    const after = await provider.answerWithTag(query);
    expect(after.xml.equals(before.xml)).toBe(false);
    expect(before.entityTag).toMatch(WEAK_TAG);
    expect(after.entityTag).toBe(before.entityTag);
  },
);

test("each record has its own, in each format another", async () => {
  const tags = [await tagOf(getRecord(1)), await tagOf(getRecord(2)), await tagOf(getRecord(1, "own"))];
  for (const tag of tags) expect(tag).toMatch(WEAK_TAG);
  expect(new Set(tags).size).toBe(3);
  expect(await tagOf(getRecord(1))).toBe(tags[0]);
});

test("a record that changed has another one", async () => {
  const record = sampleRecord(source, 3);
  await publish(database.db, source, [record], new Date("2024-06-07T08:09:10Z"));
  const before = await tagOf(getRecord(3));
  const changed = {
    ...record,
    published: { titles: [{ value: "Khác", type: "main" }] },
    contentHash: Buffer.from("x"),
  } as const;
  await publish(database.db, source, [changed], new Date("2024-06-08T08:09:10Z"));
  expect(await tagOf(getRecord(3))).not.toBe(before);
});

test("lists and errors have none", async () => {
  for (const verb of ["ListRecords", "ListIdentifiers"])
    expect(await tagOf(`verb=${verb}&metadataPrefix=oai_dc`)).toBeNull();
  expect(await tagOf(getRecord(999))).toBeNull();
  expect(await tagOf("verb=nonsense")).toBeNull();
});
