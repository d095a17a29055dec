import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readStatus } from "../../src/portal/status.ts";
import { addRepository, type NewRepository, updateRepository } from "../../src/store/repositories.ts";
import { finishRun, saveFailedRun, startRun } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const NOW = new Date("2026-03-05T12:00:00Z");
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

beforeEach(async () => {
  await database.pool.query("TRUNCATE repository, harvest_run, harvest_window CASCADE");
});

afterAll(async () => await database.close());

async function add(code: string, changes: Partial<NewRepository> = {}): Promise<number> {
  const row = { code, name: code, base_url: `https://${code}.example.edu.vn/oai`, ...changes };
  return (await addRepository(database.db, row)).repository_id;
}

async function only() {
  const { repositories } = await readStatus(database.db, NOW);
  expect(repositories.length).toBe(1);
  return repositories[0];
}

test("repositories come in Vietnamese alphabetical order: đ after d, ơ after o, marks after letters", async () => {
  const names = ["Ơn", "Ốc", "On", "Đà Nẵng", "Ê", "Dừa", "Duyên", "An", "Ăn", "Ân", "Bến Tre"];
  for (const [index, name] of names.entries()) await add(`kho-${index}`, { name });
  const { repositories } = await readStatus(database.db, NOW);
  const expected = ["An", "Ăn", "Ân", "Bến Tre", "Duyên", "Dừa", "Đà Nẵng", "Ê", "On", "Ốc", "Ơn"];
  expect(repositories.map(({ name }) => name)).toEqual(expected);
});

describe("the next harvest", () => {
  test.each([
    ["of a new repository is due", {}, "due"],
    ["is due where its time has come", { next_due_at: NOW }, "due"],
    ["stands where it lies ahead", { next_due_at: new Date("2026-03-06T00:00:00Z") }, new Date("2026-03-06T00:00:00Z")],
    ["waits for a person where nothing is scheduled", { schedule: "manual" }, "byHand"],
    ["does not come while the repository is paused", { state: "paused" as const }, "none"],
  ])("%s", async (_title, changes, expected) => {
    const id = await add("kho");
    await updateRepository(database.db, id, changes);
    expect((await only())?.nextRun).toEqual(expected);
  });
});

test("retired repositories are not shown", async () => {
  await updateRepository(database.db, await add("kho"), { state: "retired" });
  expect((await readStatus(database.db, NOW)).repositories).toEqual([]);
});

test("a repository that was never harvested has no run", async () => {
  await add("kho");
  expect((await only())?.lastRun).toBeNull();
  expect((await readStatus(database.db, NOW)).lastUpdate).toBeNull();
});

test("the latest of several runs is shown, and the last update is when a run ended", async () => {
  const repositoryId = await add("kho");
  const failed = await saveFailedRun(database.db, repositoryId, "person", "no answer");
  const plan = {
    repositoryId,
    trigger: "person",
    metadataPrefix: "oai_dc",
    metadataNamespace: "x",
    fullList: false,
  } as const;
  const windows = [{ from: null, until: null, resumptionToken: null, received: 0 }];
  const open = await startRun(database.db, { ...plan, sourceStarted: null, windows });
  expect((await only())?.lastRun?.run_id).toBe(open.run_id);
  expect((await readStatus(database.db, NOW)).lastUpdate).toBeNull();
  const ended = await finishRun(database.db, open, { outcome: "complete", failure: null, cursor: null });
  expect((await only())?.lastRun).toMatchObject({ run_id: open.run_id, outcome: "complete" });
  expect((await readStatus(database.db, NOW)).lastUpdate).toEqual(ended.finished_at);
  expect(failed.outcome).toBe("failed");
});
