import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { savePage } from "../../src/store/page.ts";
import { getRun } from "../../src/store/runs.ts";
import { countSeen, listVanished, markPresent, settleSeen } from "../../src/store/seen.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { type Harvest, page, startHarvest } from "./harvested.ts";

let database: TestDatabase;
let harvest: Harvest;
let repositories = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
/** Two records are known; the run in hand has seen one of them, and one that is new. */
beforeEach(async () => {
  repositories += 1;
  harvest = await startHarvest(database.db, `library-${repositories}`);
  await savePage(database.db, page(harvest, [{ identifier: "a" }, { identifier: "b" }]));
  await database.db.deleteFrom("run_seen").where("repository_id", "=", harvest.repositoryId).execute();
  await savePage(database.db, page(harvest, [{ identifier: "b" }, { identifier: "c" }]));
});

const key = () => ({ repositoryId: harvest.repositoryId, runId: harvest.runId });
const missing = async (lists: number) =>
  (await listVanished(database.db, harvest.repositoryId, lists)).map(({ identifier }) => identifier);

test("what a complete list did not bring is counted once, however often its run is closed", async () => {
  for (const _ of [1, 2, 3]) await settleSeen(database.db, key());
  expect(await missing(1)).toEqual(["a"]);
  expect(await missing(2)).toEqual([]);
  expect((await getRun(database.db, harvest.repositoryId, harvest.runId)).vanished).toBe(1);
});

test("what a run has seen is known also after that: whoever closes it again judges it by the same numbers", async () => {
  await settleSeen(database.db, key());
  expect(await countSeen(database.db, key())).toBe(2);
});

test("a record that comes is not missing any more, in whatever list", async () => {
  await settleSeen(database.db, key());
  await savePage(database.db, page(harvest, [{ identifier: "a", title: "Lục Vân Tiên" }]));
  expect(await missing(1)).toEqual([]);
});

test("a record that is there after all is not missing, whatever lists say", async () => {
  await settleSeen(database.db, key());
  const [gone] = await listVanished(database.db, harvest.repositoryId, 1);
  await markPresent(database.db, harvest.repositoryId, [gone?.recordId ?? 0]);
  expect(await missing(1)).toEqual([]);
});
