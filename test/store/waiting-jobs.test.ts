import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { wakeNext } from "../../src/store/waiting-jobs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const HOST = "kho.example.edu.vn";
let database: TestDatabase;
let queue: Queue | null;

beforeEach(async () => {
  database = await createTestDatabase();
  queue = null;
});
afterEach(async () => {
  await queue?.stop();
  await database.close();
});

/** Repositories whose jobs may be taken up now. */
async function ready(): Promise<readonly number[]> {
  const text =
    "SELECT (data->>'repositoryId')::int AS id FROM pgboss.job WHERE name = 'harvest' AND start_after < now()";
  const { rows } = await database.pool.query<{ id: number }>(text);
  return rows.map(({ id }) => id);
}

test("of those who wait for a host one is woken: a person's wish first, then the oldest", async () => {
  queue = await startQueue(database.pool, pino({ level: "silent" }));
  const busy = { afterSeconds: 3_600, waitsFor: HOST };
  await queue.enqueueHarvest({ repositoryId: 1, trigger: "schedule" }, busy);
  await queue.enqueueHarvest({ repositoryId: 2, trigger: "schedule" }, busy);
  await queue.enqueueHarvest({ repositoryId: 3, trigger: "person" }, busy);
  for (const woken of [[3], [1, 3], [1, 2, 3]]) {
    expect(await wakeNext(database.db, HOST)).toBe(true);
    expect((await ready()).toSorted()).toEqual(woken);
  }
  expect(await wakeNext(database.db, HOST)).toBe(false);
});

test("who waits for another host, or for the end of quiet hours, sleeps on", async () => {
  queue = await startQueue(database.pool, pino({ level: "silent" }));
  await queue.enqueueHarvest({ repositoryId: 1, trigger: "schedule" }, { afterSeconds: 3_600, waitsFor: "other" });
  await queue.enqueueHarvest({ repositoryId: 2, trigger: "schedule" }, { afterSeconds: 3_600 });
  expect(await wakeNext(database.db, HOST)).toBe(false);
  expect(await ready()).toEqual([]);
});

test("where no queue was ever started nobody waits", async () => {
  expect(await wakeNext(database.db, HOST)).toBe(false);
});
