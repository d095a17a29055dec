import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { registerRepository, repositoryOfCode } from "../../src/registry/repositories.ts";
import { restoreRepository, retireRepository } from "../../src/registry/retirement.ts";
import { timetable } from "../../src/schedule/timetable.ts";
import type { Db } from "../../src/store/database.ts";
import { LeaseLost, savePage } from "../../src/store/page.ts";
import { withdrawRecords } from "../../src/store/records.ts";
import { addRepository, getRepository } from "../../src/store/repositories.ts";
import { removeOld } from "../../src/store/retention.ts";
import { findOpenRun, getRun } from "../../src/store/runs.ts";
import { findSourceRecord } from "../../src/store/source-records.ts";
import { type Harvest, page, startHarvest } from "../store/harvested.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const LONG_AGO = new Date("2020-05-05T00:00:00Z");
let database: TestDatabase;
let db: Db;
let harvests = 0;

beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(async () => {
  await database.close();
});

/** A repository with these records in the feed since long ago, in the middle of its harvest. */
async function harvested(identifiers: readonly string[]): Promise<Harvest> {
  harvests += 1;
  const harvest = await startHarvest(db, `kho-${harvests}`);
  await savePage(
    db,
    page(
      harvest,
      identifiers.map((identifier) => ({ identifier })),
    ),
  );
  for (const table of ["record", "record_set"] as const) await db.updateTable(table).set({ stamp: LONG_AGO }).execute();
  return harvest;
}

async function records({ repositoryId }: Harvest) {
  const query = db.selectFrom("record").selectAll().where("repository_id", "=", repositoryId);
  return await query.orderBy("source_identifier").execute();
}

async function takeOut({ repositoryId }: Harvest, identifier: string, reason: "sweep" | "takedown"): Promise<void> {
  const row = (await db.selectFrom("record").selectAll().where("repository_id", "=", repositoryId).execute()).find(
    (record) => record.source_identifier === identifier,
  );
  await db.transaction().execute((trx) => withdrawRecords(trx, repositoryId, LONG_AGO, [row?.record_id ?? 0], reason));
}

test("retiring makes tombstones of all live records, in the feed and in its sets, and keeps what was sent", async () => {
  const [harvest, other] = [await startHarvest(db, "closing"), await startHarvest(db, "staying")];
  const identifiers = Array.from({ length: 1_200 }, (_, index) => `r${index}`);
  const gone = { identifier: "gone", deleted: true };
  await savePage(db, page(harvest, [...identifiers.map((identifier) => ({ identifier })), gone]));
  await savePage(db, page(other, [{ identifier: "r0" }]));
  const long = new Date("2020-05-05T00:00:00Z");
  for (const table of ["record", "record_set"] as const) await db.updateTable(table).set({ stamp: long }).execute();

  expect(await retireRepository(db, "closing", 1)).toBe(1_200);

  const rows = await db.selectFrom("record").selectAll().execute();
  const mine = rows.filter((row) => row.repository_id === harvest.repositoryId);
  const retired = mine.filter((row) => row.deleted_reason === "source-retired");
  expect(retired).toHaveLength(1_200);
  expect(retired.every((row) => row.deleted && row.published !== null && row.stamp > long)).toBe(true);
  expect(mine.find((row) => row.source_identifier === "gone")).toMatchObject({
    deleted_reason: "source-header",
    stamp: long,
  });
  expect(rows.find((row) => row.repository_id === other.repositoryId)).toMatchObject({ deleted: false, stamp: long });
  const sets = await db.selectFrom("record_set").selectAll().execute();
  const stampOf = new Map(rows.map((row) => [row.record_id, row.stamp.getTime()]));
  expect(sets).toHaveLength(1_202);
  expect(sets.every((row) => row.stamp.getTime() === stampOf.get(row.record_id))).toBe(true);
  expect(await findSourceRecord(db, harvest.repositoryId, "r7")).not.toBeNull();
  expect((await repositoryOfCode(db, "closing")).state).toBe("retired");
  // nothing is left to do
  expect(await retireRepository(db, "closing", 1)).toBe(0);
});

describe("a repository that is retired in the middle of a harvest", () => {
  test("gets no further page, and its run has ended", async () => {
    const harvest = await harvested(["a"]);
    await retireRepository(db, harvest.code, 1);
    await expect(savePage(db, page(harvest, [{ identifier: "b" }]))).rejects.toThrow(LeaseLost);
    expect((await records(harvest)).map((row) => [row.source_identifier, row.deleted])).toEqual([["a", true]]);
    expect(await findOpenRun(db, harvest.repositoryId)).toBeNull();
    expect(await getRun(db, harvest.repositoryId, harvest.runId)).toMatchObject({
      outcome: "partial",
      failure: "the repository was retired",
    });
  });

  test("waits for the page that is being stored, which leaves the feed with the others", async () => {
    const harvest = await harvested(["a"]);
    let retiring: Promise<number> | null = null;
    await db.transaction().execute(async (trx) => {
      await trx.updateTable("harvest_lease").set({ owner: harvest.lease.owner }).execute();
      retiring = retireRepository(db, harvest.code, 1);
      await untilSomebodyWaits();
      const last = (await records(harvest))[0];
      if (last === undefined) throw new Error("there is a record");
      // a page that has its lease and is not committed yet
      const { published, ...rest } = last;
      const row = { ...rest, record_id: -1, oai_identifier: "oai:x:b", source_identifier: "b" };
      await trx
        .insertInto("record")
        .values({ ...row, published: JSON.stringify(published) })
        .execute();
    });
    expect(await retiring).toBe(2);
  });
});

async function untilSomebodyWaits(): Promise<void> {
  const waits =
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'update \"harvest_lease\"%'";
  while ((await database.pool.query(waits)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("restoring a retired repository", () => {
  test("brings back in one step what left the feed with it, as it was and under new datestamps", async () => {
    const harvest = await harvested(["a", "b", "c", "d"]);
    const before = await records(harvest);
    await takeOut(harvest, "c", "sweep");
    await takeOut(harvest, "d", "takedown");
    expect(await retireRepository(db, harvest.code, 1)).toBe(2);
    const retired = await records(harvest);
    expect(retired.map((row) => row.deleted_reason)).toEqual(["source-retired", "source-retired", "sweep", "takedown"]);

    expect(await restoreRepository(db, harvest.code, 1)).toEqual({ records: 2, purged: 0 });

    const after = await records(harvest);
    expect(after.map((row) => [row.deleted, row.deleted_reason])).toEqual([
      [false, null],
      [false, null],
      [true, "sweep"],
      [true, "takedown"],
    ]);
    for (const index of [0, 1]) {
      expect(after[index]?.published).toEqual(before[index]?.published);
      expect(after[index]?.oai_identifier).toBe(before[index]?.oai_identifier);
      expect(after[index]?.stamp.getTime()).toBeGreaterThanOrEqual(retired[index]?.stamp.getTime() ?? 0);
      expect(after[index]?.stamp.getTime()).toBeGreaterThan(LONG_AGO.getTime());
    }
    const sets = await db.selectFrom("record_set").selectAll().where("set_id", "=", harvest.setId).execute();
    const stampOf = new Map(after.map((row) => [row.record_id, row.stamp.getTime()]));
    expect(sets.every((row) => row.stamp.getTime() === stampOf.get(row.record_id))).toBe(true);
    expect(await repositoryOfCode(db, harvest.code)).toMatchObject({ state: "live", retired_at: null });
  });

  test("goes on where it was interrupted", async () => {
    const harvest = await harvested(["a", "b"]);
    await retireRepository(db, harvest.code, 1);
    await db
      .updateTable("record")
      .set({ deleted: false, deleted_reason: null })
      .where("repository_id", "=", harvest.repositoryId)
      .where("source_identifier", "=", "a")
      .execute();
    expect(await restoreRepository(db, harvest.code, 1)).toEqual({ records: 1, purged: 0 });
    expect((await records(harvest)).every((row) => !row.deleted)).toBe(true);
  });

  test("is refused where it is not retired, not there, or harvested under another code meanwhile", async () => {
    const { code } = await harvested(["a"]);
    await expect(restoreRepository(db, code, 1)).rejects.toThrow(`"${code}" is live, not retired`);
    await expect(restoreRepository(db, "nobody", 1)).rejects.toThrow(/there is no repository "nobody"/);
    const { base_url } = await repositoryOfCode(db, code);
    await retireRepository(db, code, 1);
    await registerRepository(db, { baseUrl: base_url, code: `${code}-new` }, timetable);
    await expect(restoreRepository(db, code, 1)).rejects.toThrow(`registered already, as "${code}-new"`);
    expect((await repositoryOfCode(db, code)).state).toBe("retired");
  });
});

describe("a repository that was retired more than 90 days ago", () => {
  const sample = thesesRepository([...theses(3), thesis(4, { title: "Sắc đẹp" })]);
  let server: SampleServer;
  let repositoryId: number;

  beforeEach(async () => {
    server = await startSampleServer([sample]);
    harvests += 1;
    const row = { code: `cu-${harvests}`, name: "Kho cũ", base_url: server.baseUrl(sample) };
    repositoryId = (await addRepository(db, row)).repository_id;
  });

  const feed = async () =>
    await db
      .selectFrom("record")
      .select(["oai_identifier", "deleted", "published"])
      .where("repository_id", "=", repositoryId)
      .orderBy("oai_identifier")
      .execute();

  test("is harvested from the beginning when it is restored, and has its identifiers again", async () => {
    const services = testServices(db);
    const harvest = () => harvestRepository(services, repositoryId, { trigger: "person", full: false });
    await harvest();
    const before = await feed();
    const { code } = await getRepository(db, repositoryId);
    await retireRepository(db, code, 1);
    await database.pool.query("UPDATE repository SET retired_at = now() - interval '91 days' WHERE code = $1", [code]);
    expect((await removeOld(db, 400)).purged).toBe(4);
    expect((await feed()).every(({ deleted, published }) => deleted && published === null)).toBe(true);

    expect(await restoreRepository(db, code, 1)).toEqual({ records: 0, purged: 4 });
    expect(await getRepository(db, repositoryId)).toMatchObject({ state: "live", harvested_until: null });
    expect((await harvest()).outcome).toBe("complete");
    expect(await feed()).toEqual(before);
    await services.http.close();
    await server.close();
  });
});
