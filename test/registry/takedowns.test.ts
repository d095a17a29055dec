import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { RegistryError } from "../../src/registry/errors.ts";
import { restoreRepository, retireRepository } from "../../src/registry/retirement.ts";
import { undoWithdrawal } from "../../src/registry/reviews.ts";
import { restoreRecord, takeDownRecord } from "../../src/registry/takedowns.ts";
import { findFeedItem } from "../../src/store/oai-list.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { endTakedown } from "../../src/store/takedowns.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const OFFICER = { by: "Cán bộ", reason: "quyết định số 12/QĐ-TV", leadSeconds: 1 };
const LATER = "2024-06-01T12:30:00Z";
const sample = thesesRepository(theses(12), 50);
/** Stamps have seconds only: what is stored within the same second cannot be told apart. */
const LONG_AGO = new Date("2020-05-05T00:00:00Z");
const ALWAYS = new Date("9999-12-31T00:00:00Z");
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let repositoryId: number;
let code: string;
let repositories = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
});
afterAll(async () => {
  await services.http.close();
  await database.close();
});
beforeEach(async () => {
  repositories += 1;
  code = `kho-${repositories}`;
  server = await startSampleServer([sample], { now: () => new Date("2024-06-01T12:00:00Z") });
  const row = { code, name: "Kho", base_url: server.baseUrl(sample) };
  repositoryId = (await addRepository(database.db, row)).repository_id;
  await harvest();
});
afterEach(async () => {
  await server.close();
});

const harvest = (full = false) => harvestRepository(services, repositoryId, { trigger: "person", full });
const ours = (number: number) => `oai:lienthong.example:${code}/kho.example.edu.vn:${number}`;
const inFeed = async (number: number) => await findFeedItem(database.db, ours(number), ALWAYS);

/** The repository has thesis 3 like this from now on, and all others as they were. */
async function delivers(changes: Partial<SampleItem> & { readonly title?: string }, full = false): Promise<void> {
  server.replaceItems(sample, [...theses(12).filter((_, at) => at !== 2), thesis(3, changes)]);
  await harvest(full);
}

describe("a record that a person takes down", () => {
  test("is a tombstone in the feed, with who and why kept", async () => {
    await database.db.updateTable("record").set({ stamp: LONG_AGO }).execute();
    const record = await takeDownRecord(database.db, ours(3), OFFICER);
    expect(record).toMatchObject({ code, title: "Luận văn số 3" });
    const after = await inFeed(3);
    expect(after).toMatchObject({ deleted: true });
    expect(after?.stamp.getTime()).toBeGreaterThan(LONG_AGO.getTime());
    const kept = await database.db
      .selectFrom("takedown")
      .selectAll()
      .where("repository_id", "=", repositoryId)
      .execute();
    expect(kept).toMatchObject([{ taken_by: "Cán bộ", reason: "quyết định số 12/QĐ-TV", restored_at: null }]);
  });

  test("stays down when its repository sends it again: touched, changed, or everything anew", async () => {
    await takeDownRecord(database.db, ours(3), OFFICER);
    const down = await inFeed(3);
    await delivers({ datestamp: LATER });
    await delivers({ datestamp: "2024-06-01T13:00:00Z", title: "Nhan đề mới" });
    await harvest(true);
    expect(await inFeed(3)).toMatchObject({ deleted: true, stamp: down?.stamp });
    const sets = await database.db
      .selectFrom("record_set")
      .select("stamp")
      .distinct()
      .where("repository_id", "=", repositoryId)
      .where("record_id", "=", down?.recordId ?? 0)
      .execute();
    expect(sets).toEqual([{ stamp: down?.stamp }]);
  });

  test("stays down when its repository deletes it and has it again", async () => {
    await takeDownRecord(database.db, ours(3), OFFICER);
    await delivers({ deleted: true, metadata: {}, datestamp: LATER });
    await delivers({ datestamp: "2024-06-01T13:00:00Z" });
    expect(await inFeed(3)).toMatchObject({ deleted: true });
  });

  test("stays down when its repository is retired and comes back, and when a withdrawal is undone", async () => {
    await delivers({ deleted: true, metadata: {}, datestamp: LATER });
    await takeDownRecord(database.db, ours(3), OFFICER);
    await takeDownRecord(database.db, ours(4), OFFICER);
    await retireRepository(database.db, code, 1);
    await restoreRepository(database.db, code, 1);
    await undoWithdrawal(database.db, code, OFFICER);
    expect(await inFeed(3)).toMatchObject({ deleted: true });
    expect(await inFeed(4)).toMatchObject({ deleted: true });
    expect(await inFeed(5)).toMatchObject({ deleted: false });
  });
});

describe("a takedown that ends", () => {
  test("brings the record back as its repository has it now", async () => {
    await takeDownRecord(database.db, ours(3), OFFICER);
    await delivers({ datestamp: LATER, title: "Nhan đề mới" });
    await database.db.updateTable("record").set({ stamp: LONG_AGO }).execute();
    expect(await restoreRecord(database.db, ours(3), OFFICER)).toMatchObject({ staysOut: null });
    const back = await inFeed(3);
    expect(back).toMatchObject({ deleted: false, published: { titles: [{ value: "Nhan đề mới" }] } });
    expect(back?.stamp.getTime()).toBeGreaterThan(LONG_AGO.getTime());
    await delivers({ datestamp: "2024-06-01T13:00:00Z", title: "Nhan đề mới nữa" });
    expect(await inFeed(3)).toMatchObject({ published: { titles: [{ value: "Nhan đề mới nữa" }] } });
  });

  test("leaves it out where its repository has deleted it meanwhile", async () => {
    await takeDownRecord(database.db, ours(3), OFFICER);
    await delivers({ deleted: true, metadata: {}, datestamp: LATER });
    expect(await restoreRecord(database.db, ours(3), OFFICER)).toMatchObject({ staysOut: "source-header" });
    expect(await inFeed(3)).toMatchObject({ deleted: true });
  });

  test("leaves it out where it may not be published as it is now", async () => {
    await takeDownRecord(database.db, ours(3), OFFICER);
    await delivers({ datestamp: LATER, title: "" });
    expect(await restoreRecord(database.db, ours(3), OFFICER)).toMatchObject({ staysOut: "suppressed" });
    expect(await inFeed(3)).toMatchObject({ deleted: true });
    await delivers({ datestamp: "2024-06-01T13:00:00Z", title: "Có nhan đề" });
    expect(await inFeed(3)).toMatchObject({ deleted: false });
  });
});

test("a takedown that two people end at once moves the record once, in its sets as in the feed", async () => {
  const record = await takeDownRecord(database.db, ours(3), OFFICER);
  await endTakedown(database.db, record, OFFICER);
  await endTakedown(database.db, record, { ...OFFICER, leadSeconds: 30 });
  const { rows } = await database.pool.query(
    "SELECT DISTINCT r.stamp, s.stamp AS in_set FROM record r JOIN record_set s USING (repository_id, record_id) WHERE oai_identifier = $1",
    [ours(3)],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.in_set).toEqual(rows[0]?.stamp);
});

describe("a record is named", () => {
  test("by the repository's own identifier where only one repository has it", async () => {
    const alone = "oai:kho.example.edu.vn:chi-o-day";
    server.replaceItems(sample, [
      ...theses(12),
      thesis(13, { identifier: `${alone}-${repositories}`, datestamp: LATER }),
    ]);
    await harvest();
    const record = await takeDownRecord(database.db, `${alone}-${repositories}`, OFFICER);
    expect(record.code).toBe(code);
  });

  test("by ours where several have it", async () => {
    await expect(takeDownRecord(database.db, thesis(3).identifier, OFFICER)).rejects.toThrow(/say which by our/);
  });

  test("or not at all: then nothing happens, and the message says what to do", async () => {
    await expect(takeDownRecord(database.db, "oai:nowhere:1", OFFICER)).rejects.toThrow(RegistryError);
    await expect(restoreRecord(database.db, ours(3), OFFICER)).rejects.toThrow(/not taken down/);
    await expect(takeDownRecord(database.db, ours(3), { ...OFFICER, reason: " " })).rejects.toThrow(/--reason/);
    await takeDownRecord(database.db, ours(3), OFFICER);
    await expect(takeDownRecord(database.db, ours(3), OFFICER)).rejects.toThrow(/already/);
  });
});
