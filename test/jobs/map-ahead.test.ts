import { afterEach, beforeEach, expect, test } from "vitest";
import { incomingNamed } from "../../mappings/index.ts";
import { oneAhead } from "../../src/client/list-records.ts";
import { readRecord } from "../../src/client/records.ts";
import type { RecordPage } from "../../src/client/repository-client.ts";
import { writeRecord } from "../../src/demo/ordered-items.ts";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { mapAhead } from "../../src/jobs/map-ahead.ts";
import { mapPage, type PageMapping } from "../../src/jobs/map-page.ts";
import { savePage } from "../../src/store/page.ts";
import { getRepository } from "../../src/store/repositories.ts";
import { getRun } from "../../src/store/runs.ts";
import { type Harvest, page as pageOf, startHarvest } from "../store/harvested.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesis } from "../support/sample-theses.ts";

let database: TestDatabase;
let harvest: Harvest;
let run: PageMapping;

beforeEach(async () => {
  database = await createTestDatabase();
  harvest = await startHarvest(database.db, "kho");
  const crosswalk = incomingNamed("oai-dc");
  if (crosswalk === null) throw new Error("there is no crosswalk oai-dc");
  const repository = await getRepository(database.db, harvest.repositoryId);
  run = { repository, crosswalk, domain: "lienthong.example", namespace: "urn:x" };
});

afterEach(async () => {
  await database.close();
});

/** A list of pages that are there already: a page is looked up as early as can be. */
async function* pagesOf(...pages: readonly (readonly SampleItem[])[]): AsyncGenerator<RecordPage, void> {
  for (const page of pages) {
    const items = page.map((item) => readRecord(writeRecord(item, "oai_dc")));
    yield { items, resumption: { token: null, completeListSize: null, cursor: null }, bytes: 0 };
  }
}

/** Stores the pages as a harvest does, but only after the next one had time to be mapped. Returns the run's ledger. */
async function store(...pages: readonly (readonly SampleItem[])[]) {
  const { db } = database;
  for await (const { page, mapped } of oneAhead(mapAhead(db, run, pagesOf(...pages)))) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await savePage(db, { ...pageOf(harvest, []), ...(mapped ?? (await mapPage(db, run, page))), closesWindow: false });
  }
  return await getRun(db, harvest.repositoryId, harvest.runId);
}

test("a page is mapped while the one before it is being stored", async () => {
  const pages = mapAhead(database.db, run, pagesOf(theses(2), [thesis(3)]));
  await pages.next();
  const { value: second } = await pages.next();
  expect(second?.mapped?.changed).toHaveLength(1);
});

test("a record that comes on two pages in a row is unchanged the second time", async () => {
  const ledger = await store(theses(3), [thesis(3), thesis(4)], [thesis(4), thesis(5)], [thesis(1), thesis(6)]);
  expect(ledger).toMatchObject({ received: 9, added: 6, changed: 0, unchanged: 3 });
});

test("a record that comes otherwise on the next page has changed, and is as it came last", async () => {
  const ledger = await store(theses(3), [thesis(3, { title: "Truyện Kiều" })]);
  expect(ledger).toMatchObject({ received: 4, added: 3, changed: 1, unchanged: 0 });
  const stored = await database.db
    .selectFrom("record")
    .select("published")
    .where("source_identifier", "=", thesis(3).identifier);
  expect((await stored.executeTakeFirstOrThrow()).published?.titles?.[0]?.value).toBe("Truyện Kiều");
});
