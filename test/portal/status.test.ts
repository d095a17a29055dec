import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readStatus } from "../../src/portal/status.ts";
import { takeLease } from "../../src/store/leases.ts";
import type { RecordCount } from "../../src/store/records.ts";
import { addRepository, type NewRepository, updateRepository } from "../../src/store/repositories.ts";
import { finishRun, saveFailedRun, startRun } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const NOW = new Date("2026-03-05T12:00:00Z");
const COUNTED_AT = new Date("2026-03-05T11:59:30Z");
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

beforeEach(async () => {
  await database.pool.query("TRUNCATE repository, harvest_run, harvest_window, harvest_lease CASCADE");
});

afterAll(async () => await database.close());

async function add(code: string, changes: Partial<NewRepository> = {}): Promise<number> {
  const row = { code, name: code, base_url: `https://${code}.example.edu.vn/oai`, ...changes };
  return (await addRepository(database.db, row)).repository_id;
}

const status = (counts: readonly RecordCount[] = []) => readStatus(database.db, NOW, { value: counts, at: COUNTED_AT });

async function only() {
  const { repositories } = await status();
  expect(repositories.length).toBe(1);
  return repositories[0];
}

test("repositories come in Vietnamese alphabetical order: đ after d, ơ after o, marks after letters", async () => {
  const names = ["Ơn", "Ốc", "On", "Đà Nẵng", "Ê", "Dừa", "Duyên", "An", "Ăn", "Ân", "Bến Tre"];
  for (const [index, name] of names.entries()) await add(`kho-${index}`, { name });
  const { repositories } = await status();
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
  expect((await status()).repositories).toEqual([]);
});

test("a repository that was never harvested has no run", async () => {
  await add("kho");
  expect((await only())?.lastRun).toBeNull();
  expect((await status()).lastUpdate).toBeNull();
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
  expect((await status()).lastUpdate).toBeNull();
  const ended = await finishRun(database.db, open, { outcome: "complete", failure: null, cursor: null });
  expect((await only())?.lastRun).toMatchObject({ run_id: open.run_id, outcome: "complete" });
  expect((await status()).lastUpdate).toEqual(ended.finished_at);
  expect(failed.outcome).toBe("failed");
});

test("records are told as they were counted, with the moment of the counting", async () => {
  const [one, two] = [await add("one"), await add("two")];
  const { repositories, live, deleted, countedAt } = await status([
    { repositoryId: two, live: 7, deleted: 1 },
    { repositoryId: one, live: 1_000, deleted: 50 },
  ]);
  expect(repositories.map((each) => [each.code, each.live, each.deleted])).toEqual([
    ["one", 1_000, 50],
    ["two", 7, 1],
  ]);
  expect([live, deleted, countedAt]).toEqual([1_007, 51, COUNTED_AT]);
});

test("drafts stand apart: they are not harvested", async () => {
  await add("kho");
  await add("du-kien", { state: "draft" });
  const { repositories, drafts } = await status();
  expect([repositories.map(({ code }) => code), drafts.map(({ code }) => code)]).toEqual([["kho"], ["du-kien"]]);
});

test("jobs come with the names of their repositories, those that went wrong with the reason in a word", async () => {
  const [busy, broken] = [await add("busy", { name: "Kho bận" }), await add("broken", { name: "Kho hỏng" })];
  await takeLease(database.db, { repositoryId: busy, host: "busy.example.edu.vn", owner: "may-3 x 417 y" }, 60_000);
  await saveFailedRun(database.db, broken, "schedule", "kho.example.edu.vn is unknown", { diagnosis: "dns" });
  const { jobs } = await status();
  expect(jobs.running).toMatchObject([{ code: "busy", name: "Kho bận", run: null }]);
  expect(jobs.failed).toMatchObject([{ code: "broken", name: "Kho hỏng", outcome: "failed", diagnosis: "dns" }]);
  expect([jobs.waiting, jobs.waitingTotal]).toEqual([[], 0]);
});
