import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { RegistryError } from "../../src/registry/errors.ts";
import { approveHeldRun, rejectHeldRun, undoWithdrawal } from "../../src/registry/reviews.ts";
import { addRepository, getRepository } from "../../src/store/repositories.ts";
import { listHeldRuns } from "../../src/store/reviews.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const OFFICER = { by: "Cán bộ", leadSeconds: 1 };
const LATER = "2024-06-01T12:30:00Z";
const sample = thesesRepository(theses(100), 50);
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let repositoryId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
});
afterAll(async () => {
  await services.http.close();
  await database.close();
});
beforeEach(async () => {
  server = await startSampleServer([sample], { now: () => new Date("2024-06-01T12:00:00Z") });
  const row = { code: `kho-${Date.now()}`, name: "Kho", base_url: server.baseUrl(sample) };
  repositoryId = (await addRepository(database.db, row)).repository_id;
  await harvest();
  server.replaceItems(sample, twentyGone);
});
afterEach(async () => {
  await server.close();
});

/** A fifth of the records disappears overnight. */
const twentyGone = theses(100).map((item, at) =>
  at < 20 ? thesis(at + 1, { deleted: true, metadata: {}, datestamp: LATER }) : item,
);

const harvest = () => harvestRepository(services, repositoryId, { trigger: "person", full: false });
const repository = () => getRepository(database.db, repositoryId);

async function live(): Promise<number> {
  const query = database.db.selectFrom("record").select("record_id").where("deleted", "=", false);
  return (await query.where("repository_id", "=", repositoryId).execute()).length;
}

describe("a held run", () => {
  test("waits among those to be decided, once, however often the repository is harvested", async () => {
    await harvest();
    await harvest();
    const held = (await listHeldRuns(database.db)).filter((run) => run.repository_id === repositoryId);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({ outcome: "held_for_review", code: (await repository()).code });
  });

  test("takes effect when it is approved, and the cursor moves", async () => {
    await harvest();
    const { code } = await repository();
    await database.db.updateTable("repository").set({ harvested_until: "2020-01-01T00:00:00Z" }).execute();
    expect(await approveHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 20, rebindings: 0 });
    expect(await live()).toBe(80);
    expect((await repository()).harvested_until).toBe("2024-06-01T12:00:00Z");
    const run = await database.db
      .selectFrom("harvest_run")
      .select(["review", "reviewed_by", "withdrawn"])
      .where("repository_id", "=", repositoryId)
      .where("outcome", "=", "held_for_review")
      .executeTakeFirst();
    expect(run).toEqual({ review: "approved", reviewed_by: "Cán bộ", withdrawn: 20 });
    expect((await harvest()).outcome).toBe("complete");
  });

  test("is undone: every record is back as it was, under a new stamp", async () => {
    await harvest();
    const { code } = await repository();
    const published = () =>
      database.db
        .selectFrom("record")
        .select(["source_identifier", "published", "deleted", "deleted_reason"])
        .where("repository_id", "=", repositoryId)
        .orderBy("source_identifier")
        .execute();
    const before = await published();
    await approveHeldRun(database.db, code, OFFICER);
    expect(await undoWithdrawal(database.db, code, OFFICER)).toBe(20);
    expect(await published()).toEqual(before);
    await expect(undoWithdrawal(database.db, code, OFFICER)).rejects.toThrow(/no harvest/);
  });

  test("is turned down: the records stay, and the same proposal does not come again", async () => {
    await harvest();
    const { code } = await repository();
    expect(await rejectHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 20, rebindings: 0 });
    expect(await live()).toBe(100);
    expect((await harvest()).outcome).toBe("complete");
    expect(await live()).toBe(100);
  });
});

test("where nothing waits there is nothing to decide", async () => {
  const { code } = await repository();
  await expect(approveHeldRun(database.db, code, OFFICER)).rejects.toThrow(RegistryError);
  await expect(rejectHeldRun(database.db, code, OFFICER)).rejects.toThrow(/waits for a decision/);
  await expect(undoWithdrawal(database.db, code, OFFICER)).rejects.toThrow(/took records out/);
});
