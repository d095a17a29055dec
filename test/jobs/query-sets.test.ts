import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isFeedSetSpec } from "../../mappings/feed-sets.ts";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { RecordsBusy } from "../../src/jobs/harvest-lease.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { baseUrlWithout, importFile } from "../../src/jobs/import-file.ts";
import { previewQuerySet } from "../../src/jobs/preview-query-set.ts";
import { presentQuerySets } from "../../src/jobs/query-sets.ts";
import { activateRemap, rollBackRemap } from "../../src/jobs/remap-publish.ts";
import { RemapRefused } from "../../src/jobs/remap-refused.ts";
import { previewRemap, remapRepository } from "../../src/jobs/remap-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { addQuerySet, changeQuerySet, checkQuerySet, removeQuerySet } from "../../src/registry/query-sets.ts";
import { retireRepository } from "../../src/registry/retirement.ts";
import { restoreRecord, takeDownRecord } from "../../src/registry/takedowns.ts";
import { measureImpact } from "../../src/store/remaps.ts";
import { addRepository } from "../../src/store/repositories.ts";
import type { Run } from "../../src/store/runs.ts";
import { listSets } from "../../src/store/sets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";
import { collection, createTestFolder, marcXml } from "./marc-files.ts";
import { recordsOf, stampsOf } from "./stored-state.ts";

const MEKONG = "query:mekong";
const sample = thesesRepository([], 2);
const ITEMS = [thesis(1, { title: "Lũ ở sông Mê Kông" }), ...theses(3).slice(1), thesis(4, { title: "Song Me Kong" })];
let server: SampleServer;
let database: TestDatabase;
let services: Services;
let repositoryId: number;

beforeAll(async () => {
  server = await startSampleServer([sample]);
});
afterAll(async () => await server.close());
beforeEach(async () => {
  server.replaceItems(sample, ITEMS);
  ({ database, services, repositoryId } = await world());
});
afterEach(async () => await end(database, services));

async function world() {
  const database = await createTestDatabase();
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample) };
  const { repository_id: repositoryId } = await addRepository(database.db, row);
  return { database, services: testServices(database.db), repositoryId };
}

async function end(database: TestDatabase, services: Services): Promise<void> {
  await services.http.close();
  await database.close();
}

const textOf = (...conditions: string[]) => ({ titleVi: "Mê Kông", titleEn: "Mekong", description: null, conditions });

async function define(conditions: readonly string[] = ["title=sông Mê Kông"], db = database.db): Promise<void> {
  await addQuerySet(db, "mekong", await checkQuerySet(db, "mekong", textOf(...conditions), isFeedSetSpec));
}

const harvest = async (more: { onPage?: (run: Run) => Promise<void> } = {}, from = services) =>
  await harvestRepository(from, repositoryId, { trigger: "person", full: true, ...more });
const remap = async (candidateOnly = false) => await remapRepository(services, repositoryId, { candidateOnly });

/** The numbers of the records that the set has in the lists; what their headers say must be the same. */
async function members(): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number; listed: boolean; named: boolean }>`
    SELECT right(source_identifier, 1)::int AS number, ${MEKONG} = ANY (set_specs) AS named, EXISTS (
      SELECT FROM record_set m JOIN oai_set USING (set_id) WHERE set_spec = ${MEKONG}
        AND m.repository_id = r.repository_id AND m.record_id = r.record_id AND m.stamp = r.stamp
    ) AS listed
    FROM record r ORDER BY source_identifier`.execute(database.db);
  for (const { listed, named } of rows) expect(listed).toBe(named);
  return rows.filter(({ listed }) => listed).map(({ number }) => number);
}

const isListed = async () => (await listSets(database.db, "query:", 10)).some(({ setSpec }) => setSpec === MEKONG);

/** Runs `work` and tells which records have another datestamp afterwards. */
async function movedBy(work: () => Promise<unknown>): Promise<readonly number[]> {
  await sql`UPDATE record SET stamp = '2020-01-01'`.execute(database.db);
  await sql`UPDATE record_set SET stamp = '2020-01-01'`.execute(database.db);
  await work();
  const stamps = [...(await stampsOf(database.db))].filter(([, stamp]) => !stamp.startsWith("2020-01-01"));
  return stamps.map(([identifier]) => Number(identifier.at(-1))).sort();
}

describe("a set that an operator defines", () => {
  test("has the same records, and leaves the same in the store, whether they are harvested or mapped again", async () => {
    await harvest();
    await define();
    expect(await members()).toEqual([]);
    await remap();
    expect(await members()).toEqual([1, 4]);
    const other = await world();
    try {
      await define(undefined, other.database.db);
      await harvest({}, other.services);
      expect(await recordsOf(other.database.db)).toEqual(await recordsOf(database.db));
    } finally {
      await end(other.database, other.services);
    }
  });

  test("is told before: by its preview, and by that of the remap, which writes nothing", async () => {
    await harvest();
    await define();
    const [set] = await presentQuerySets(database.db);
    if (set === undefined) throw new Error("no set is defined");
    const first = { identifier: expect.stringContaining(":1"), title: "Lũ ở sông Mê Kông" };
    expect(await previewQuerySet(database.db, set)).toEqual({
      records: 4,
      members: 2,
      entering: 2,
      leaving: 0,
      examples: [first, expect.objectContaining({ title: "Song Me Kong" })],
    });
    expect(await previewRemap(services, repositoryId)).toMatchObject({ records: 4, changed: 2 });
    expect([await members(), await isListed()]).toEqual([[], false]);
  });

  test("moves the datestamps of those that come into it, and of no others, and a rollback takes them out", async () => {
    await harvest();
    await define();
    const inSet = { field: "sets", changed: 0, added: 2, lost: 0, before: null, after: [MEKONG] };
    const candidate = await remap(true);
    expect(await measureImpact(database.db, candidate)).toEqual([expect.objectContaining(inSet)]);
    expect(await movedBy(async () => await activateRemap(services, repositoryId))).toEqual([1, 4]);
    expect(await measureImpact(database.db, candidate)).toEqual([expect.objectContaining(inSet)]);
    expect(await movedBy(async () => await rollBackRemap(services, repositoryId))).toEqual([1, 4]);
    expect([await members(), await isListed()]).toEqual([[], false]);
    await remap();
    expect(await members()).toEqual([1, 4]);
  });

  test("that is changed gains and loses records; other titles alone make nothing outdated", async () => {
    await define();
    await harvest();
    const change = async (text: ReturnType<typeof textOf>) =>
      await changeQuerySet(database.db, "mekong", await checkQuerySet(database.db, "mekong", text, isFeedSetSpec));
    await change({ ...textOf("title=sông Mê Kông"), titleEn: "The Mekong" });
    expect(await remap()).toMatchObject({ records: 0 });
    expect(await listSets(database.db, "query:", 1)).toMatchObject([{ setName: "Mê Kông / The Mekong" }]);
    await change(textOf("title=Luận văn số 2,lũ"));
    expect(await movedBy(remap)).toEqual([2, 4]);
    expect(await members()).toEqual([1, 2]);
  });

  test("makes a candidate worthless that was computed before", async () => {
    await harvest();
    await define();
    await remap(true);
    await removeQuerySet(database.db, "mekong", 1);
    await expect(activateRemap(services, repositoryId)).rejects.toThrow(RemapRefused);
  });

  test("can be asked for what other sets say, and not for a set that there cannot be", async () => {
    await define(["set=inst:kho", "set!=thesis"]);
    await harvest();
    expect(await members()).toEqual([1, 2, 3, 4]);
    const refused = async (condition: string) =>
      await checkQuerySet(database.db, "x", textOf(condition), isFeedSetSpec).catch((error: Error) => error.message);
    expect(await refused("set=thesis:phd")).toMatch(/"set=thesis:phd": there can be no set "thesis:phd"/);
    expect(await refused("set=prov:99")).toMatch(/there can be no set "prov:99"/);
    expect(await refused("set=inst:khac")).toMatch(/there is no repository "khac"/);
    expect(await refused("year=x")).toMatch(/"x" is not a year/);
  });
});

describe("records that are mapped otherwise", () => {
  test("a harvest that goes on does what the newest definitions say, and what it mapped before is put in order", async () => {
    server.replaceItems(
      sample,
      [1, 2, 3, 4, 5, 6, 7, 8].map((number) => thesis(number, { title: "Song Me Kong" })),
    );
    let pages = 0;
    await harvest({
      onPage: async () => {
        pages += 1;
        if (pages > 1) return;
        await define();
        await expect(remap()).rejects.toThrow(RecordsBusy);
      },
    });
    const meanwhile = await members();
    // the page behind the first one was mapped while that was stored
    expect(meanwhile).toEqual(expect.arrayContaining([5, 6, 7, 8]));
    expect(meanwhile).not.toContain(1);
    await remap();
    expect(await members()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("a file that is imported", async () => {
    await define(["title=Mekong"]);
    const folder = createTestFolder();
    try {
      const row = { code: "tinh", name: "Tỉnh", base_url: baseUrlWithout("tinh") };
      const { repository_id } = await addRepository(database.db, row);
      const books = [1, 2].map((number) =>
        marcXml([
          ["001", `b${number}`],
          ["003", "VN-TV"],
          ["245", `00$a${number === 1 ? "The Mekong" : "The Red River"}`],
        ]),
      );
      await importFile(services, repository_id, folder.write("b.xml", collection(books)), { replace: false });
      expect(await members()).toEqual([1]);
    } finally {
      folder.remove();
    }
  });

  test("one that a person took down comes back as it was, and into the set with the next remap", async () => {
    await harvest();
    const act = { by: "an", reason: "x", leadSeconds: 1 };
    await takeDownRecord(database.db, "oai:kho.example.edu.vn:1", act);
    await define();
    await remap();
    expect(await members()).toEqual([4]);
    await restoreRecord(database.db, "oai:kho.example.edu.vn:1", act);
    expect(await members()).toEqual([4]);
    await remap();
    expect(await members()).toEqual([1, 4]);
  });
});

describe("a set that is removed", () => {
  const deleted: SampleItem = { ...thesis(4), deleted: true, metadata: {}, datestamp: "2025-01-01T00:00:00Z" };

  test("keeps its tombstones as long as it is there, and is left by all records and tombstones with the next remap", async () => {
    await define();
    await harvest();
    server.replaceItems(sample, [...ITEMS.slice(0, 3), deleted]);
    await harvest();
    expect(await members()).toEqual([1, 4]);
    await removeQuerySet(database.db, "mekong", 1);
    // a set of which there is something to be told is told of
    expect([await members(), await isListed()]).toEqual([[1, 4], true]);
    expect(await movedBy(remap)).toEqual([1, 4]);
    expect([await members(), await isListed()]).toEqual([[], false]);
    await rollBackRemap(services, repositoryId);
    expect(await members()).toEqual([1]);
    await remap();
    expect([await members(), await isListed()]).toEqual([[], false]);
    expect(await movedBy(remap)).toEqual([]);
  });

  test("is left at once by what was deleted with its repository", async () => {
    await define();
    await harvest();
    await retireRepository(database.db, "kho", 1);
    expect(await members()).toEqual([1, 4]);
    await removeQuerySet(database.db, "mekong", 1);
    expect([await members(), await isListed()]).toEqual([[], false]);
  });

  test("is left by what is deleted with its repository afterwards", async () => {
    await define();
    await harvest();
    await removeQuerySet(database.db, "mekong", 1);
    await retireRepository(database.db, "kho", 1);
    expect([await members(), await isListed()]).toEqual([[], false]);
  });

  test("can be defined again", async () => {
    await define();
    await harvest();
    await removeQuerySet(database.db, "mekong", 1);
    await define(["title=lũ"]);
    await remap();
    expect(await members()).toEqual([1]);
    await expect(define()).rejects.toThrow(/there is a set "mekong" already/);
  });
});
