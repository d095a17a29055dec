import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addRepository, getRepository } from "../../src/store/repositories.ts";
import {
  countQuietHarvests,
  findLatestRun,
  findOpenRun,
  finishRun,
  getRun,
  listLatestRuns,
  listRuns,
  saveFailedRun,
  startRun,
} from "../../src/store/runs.ts";
import { abandonWindows, listWindows, restartWindow } from "../../src/store/windows.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runPlan } from "./harvested.ts";

const CURSOR = { harvestedUntil: "2026-11-24T01:02:03Z", prefix: "oai_dc" };
let database: TestDatabase;
let repositoryId: number;
let repositories = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  repositories += 1;
  const row = { code: `library-${repositories}`, name: "Thư viện", base_url: `https://${repositories}.example/oai` };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

test("a repository has one open run, whoever tries", async () => {
  const { db } = database;
  const started = await Promise.allSettled([1, 2, 3, 4].map(() => startRun(db, runPlan(repositoryId))));
  expect(started.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of started) {
    if (result.status === "rejected") expect(result.reason).toMatchObject({ constraint: "harvest_run_open" });
  }
  const open = await findOpenRun(db, repositoryId);
  expect(await listWindows(db, repositoryId, open?.run_id ?? 0)).toHaveLength(1);
});

test("another one may be opened when it has ended", async () => {
  const { db } = database;
  const first = await startRun(db, runPlan(repositoryId));
  await finishRun(db, first, { outcome: "complete", failure: null, cursor: CURSOR });
  expect(await findOpenRun(db, repositoryId)).toBeNull();
  const second = await startRun(db, runPlan(repositoryId));
  expect((await findOpenRun(db, repositoryId))?.run_id).toBe(second.run_id);
});

test("a run begins with its windows in their order, each where an earlier run stood", async () => {
  const windows = [
    { from: "2025-01-01", until: "2025-12-31", resumptionToken: "t/1", received: 40 },
    { from: "2026-01-01", until: null, resumptionToken: null, received: 0 },
  ];
  const run = await startRun(database.db, { ...runPlan(repositoryId), windows });
  expect(run).toMatchObject({ trigger: "person", metadata_prefix: "oai_dc", outcome: null, finished_at: null });
  expect(await listWindows(database.db, repositoryId, run.run_id)).toMatchObject([
    {
      window_number: 1,
      from_datestamp: "2025-01-01",
      until_datestamp: "2025-12-31",
      resumption_token: "t/1",
      received: 40,
    },
    { window_number: 2, from_datestamp: "2026-01-01", until_datestamp: null, resumption_token: null, received: 0 },
  ]);
});

test("ending a run moves the repository's cursor with it", async () => {
  const run = await startRun(database.db, runPlan(repositoryId));
  const ended = await finishRun(database.db, run, { outcome: "complete", failure: null, cursor: CURSOR });
  expect(ended).toMatchObject({ outcome: "complete", finished_at: expect.any(Date) });
  expect(await getRepository(database.db, repositoryId)).toMatchObject({
    harvested_until: CURSOR.harvestedUntil,
    harvested_prefix: CURSOR.prefix,
  });
});

test("the cursor stays where it was when the run cannot be ended", async () => {
  const nowhere = { repository_id: repositoryId, run_id: 0 };
  await expect(
    finishRun(database.db, nowhere, { outcome: "complete", failure: null, cursor: CURSOR }),
  ).rejects.toThrow();
  expect(await getRepository(database.db, repositoryId)).toMatchObject({ harvested_until: null });
});

test("the cursor stays where it was when a run ends without one", async () => {
  const { db } = database;
  const first = await startRun(db, runPlan(repositoryId));
  await finishRun(db, first, { outcome: "complete", failure: null, cursor: CURSOR });
  const second = await startRun(db, runPlan(repositoryId));
  await finishRun(db, second, { outcome: "partial", failure: "went away", cursor: null });
  expect(await getRepository(db, repositoryId)).toMatchObject({ harvested_until: CURSOR.harvestedUntil });
  expect(await getRun(db, repositoryId, second.run_id)).toMatchObject({ outcome: "partial", failure: "went away" });
});

test("the cursor of one repository does not move another's", async () => {
  const { db } = database;
  const other = await addRepository(db, { code: `other-${repositories}`, name: "x", base_url: "https://x.example/" });
  const run = await startRun(db, runPlan(repositoryId));
  await finishRun(db, run, { outcome: "complete", failure: null, cursor: CURSOR });
  expect(await getRepository(db, other.repository_id)).toMatchObject({ harvested_until: null });
});

test("a window that is restarted begins at its first page and counts it", async () => {
  const windows = [{ from: null, until: null, resumptionToken: "expired", received: 40 }];
  const run = await startRun(database.db, { ...runPlan(repositoryId), windows });
  const [window] = await listWindows(database.db, repositoryId, run.run_id);
  if (window === undefined) throw new Error("there is no window");
  await restartWindow(database.db, window);
  expect(await listWindows(database.db, repositoryId, run.run_id)).toMatchObject([
    { resumption_token: null, pages: 0, received: 0, restarts: 1, state: "open" },
  ]);
});

test("windows given up are those that are open", async () => {
  const { db } = database;
  const [window = { from: null, until: null, resumptionToken: null, received: 0 }] = runPlan(repositoryId).windows;
  const run = await startRun(db, { ...runPlan(repositoryId), windows: [window, window] });
  const closed = db.updateTable("harvest_window").set({ state: "closed" }).where("window_number", "=", 1);
  await closed.where("run_id", "=", run.run_id).execute();
  await abandonWindows(db, run, "the list goes in a circle");
  const windows = await listWindows(db, repositoryId, run.run_id);
  expect(windows.map(({ state, note }) => ({ state, note }))).toEqual([
    { state: "closed", note: null },
    { state: "abandoned", note: "the list goes in a circle" },
  ]);
});

test("a run that failed before it began is kept as ended, beside an open one", async () => {
  await startRun(database.db, runPlan(repositoryId));
  const failed = await saveFailedRun(database.db, repositoryId, "schedule", "does not answer");
  expect(failed).toMatchObject({ outcome: "failed", failure: "does not answer", finished_at: expect.any(Date) });
});

test("runs are told latest first, and the latest of each repository", async () => {
  const { db } = database;
  const first = await saveFailedRun(db, repositoryId, "schedule", "one");
  const second = await saveFailedRun(db, repositoryId, "schedule", "two");
  const third = await startRun(db, runPlan(repositoryId));
  expect((await listRuns(db, repositoryId, 2)).map(({ run_id }) => run_id)).toEqual([third.run_id, second.run_id]);
  expect((await listRuns(db, repositoryId, 9)).map(({ run_id }) => run_id)).toContain(first.run_id);
  expect((await findLatestRun(db, repositoryId))?.run_id).toBe(third.run_id);
  const latest = (await listLatestRuns(db)).filter((run) => run.repository_id === repositoryId);
  expect(latest.map(({ run_id }) => run_id)).toEqual([third.run_id]);
});

test("quiet harvests are counted back to the last one that brought something or was not complete", async () => {
  const { db } = database;
  const harvest = async (outcome: string, counts: { readonly added?: number; readonly withdrawn?: number } = {}) => {
    const run = await startRun(db, runPlan(repositoryId));
    const { added = 0 } = counts;
    await db
      .updateTable("harvest_run")
      .set({ added })
      .where("run_id", "=", run.run_id)
      .where("repository_id", "=", repositoryId)
      .execute();
    await finishRun(db, run, { outcome, failure: null, cursor: null, withdrawn: counts.withdrawn ?? 0 });
    return await countQuietHarvests(db, repositoryId);
  };
  expect(await countQuietHarvests(db, repositoryId)).toBe(0);
  expect(await harvest("complete", { added: 3 })).toBe(0);
  expect(await harvest("complete")).toBe(1);
  expect(await harvest("complete")).toBe(2);
  expect(await harvest("partial")).toBe(0);
  expect(await harvest("complete")).toBe(1);
  expect(await harvest("complete", { withdrawn: 1 })).toBe(0);
});
