import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type HarvestJob, type Queue, startQueue } from "../../src/queue/queue.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

// processes are started and stopped; a busy machine takes its time
vi.setConfig({ testTimeout: 180_000 });

const log = pino({ level: "silent" });
const POLL_MS = 20;
let database: TestDatabase;
const queues: Queue[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.stop();
  await database.close();
});

async function newQueue(): Promise<Queue> {
  const queue = await startQueue(database.pool, log);
  queues.push(queue);
  return queue;
}

/** Polls until it is so; the test's own time limit is the deadline. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

/** State and retries of every job, oldest first, as the queue's own table has them. */
async function jobs() {
  const { rows } = await database.pool.query<{ state: string; retries: number; repository: number }>(
    `SELECT state::text, retry_count AS retries, (data->>'repositoryId')::int AS repository
     FROM pgboss.job WHERE name = 'harvest' ORDER BY created_on, id`,
  );
  return rows;
}

/** Something that a test lets go when it wants. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const byTimetable = (repositoryId: number): HarvestJob => ({ repositoryId, trigger: "schedule" });
const byPerson = (repositoryId: number): HarvestJob => ({ repositoryId, trigger: "person" });

test("a repository that waits already is not queued twice; others are", async () => {
  const queue = await newQueue();
  expect(await queue.enqueueHarvest(byTimetable(1))).toBe(true);
  expect(await queue.enqueueHarvest(byTimetable(1))).toBe(false);
  expect(await queue.enqueueHarvest(byTimetable(2))).toBe(true);
  expect(await jobs()).toHaveLength(2);
});

test("a person need not wait behind the timetable, and is not queued twice either", async () => {
  const queue = await newQueue();
  await queue.enqueueHarvest(byTimetable(1), { afterSeconds: 30 });
  expect(await queue.enqueueHarvest(byPerson(1))).toBe(true);
  expect(await queue.enqueueHarvest(byPerson(1))).toBe(false);
});

test("schedulers of several servers that queue the same repository at the same moment queue it once", async () => {
  const [first, second] = [await newQueue(), await newQueue()];
  const queued = await Promise.all([first, second, first, second].map((queue) => queue.enqueueHarvest(byTimetable(1))));
  expect(queued.filter(Boolean)).toHaveLength(1);
  expect(await jobs()).toHaveLength(1);
});

test("a repository at work can be queued again, once: that is its next slice", async () => {
  const queue = await newQueue();
  const { opened, open } = gate();
  const done: number[] = [];
  await queue.enqueueHarvest(byTimetable(1));
  await queue.workHarvests(1, async (job) => {
    if (done.length === 0) await opened;
    done.push(job.repositoryId);
  });
  await until(async () => (await jobs())[0]?.state === "active");
  expect(await queue.enqueueHarvest(byTimetable(1))).toBe(true);
  expect(await queue.enqueueHarvest(byTimetable(1))).toBe(false);
  open();
  await until(() => done.length === 2);
});

test("a person's wish goes before the timetable's, though it came later; a job says what was asked", async () => {
  const queue = await newQueue();
  const handled: HarvestJob[] = [];
  for (const job of [byTimetable(1), byTimetable(2), byPerson(3)]) await queue.enqueueHarvest(job);
  await queue.workHarvests(1, async (job) => {
    handled.push(job);
  });
  await until(() => handled.length === 3);
  expect(handled).toEqual([byPerson(3), byTimetable(1), byTimetable(2)]);
});

test("a person comes first however many wait, and further slices of a long harvest take turns with everybody", async () => {
  const queue = await newQueue();
  const handled: HarvestJob[] = [];
  for (let number = 1; number <= 200; number += 1) await queue.enqueueHarvest(byTimetable(number));
  await queue.enqueueHarvest(byPerson(500));
  await queue.workHarvests(1, async (job) => {
    handled.push(job);
    if (handled.length === 1) await queue.enqueueHarvest(job, { continued: true });
  });
  await until(() => handled.length === 202);
  expect(handled[0]).toEqual(byPerson(500));
  expect(handled.slice(1, 201)).toEqual(Array.from({ length: 200 }, (_, index) => byTimetable(index + 1)));
  expect(handled[201]).toEqual(byPerson(500));
});

test("a repository that is first in line while it is at work does not keep others waiting", async () => {
  const queue = await newQueue();
  const { opened, open } = gate();
  const handled: number[] = [];
  await queue.enqueueHarvest(byTimetable(1));
  await queue.workHarvests(2, async ({ repositoryId }) => {
    handled.push(repositoryId);
    if (handled.length === 1) await opened;
  });
  await until(() => handled.length === 1);
  await queue.enqueueHarvest(byTimetable(1));
  await queue.enqueueHarvest(byTimetable(2));
  await until(() => handled.includes(2));
  open();
});

test("a job put off is not taken up before its time", async () => {
  const queue = await newQueue();
  const handled: number[] = [];
  await queue.enqueueHarvest(byPerson(1), { afterSeconds: 3_600 });
  await queue.enqueueHarvest(byTimetable(2));
  await queue.workHarvests(1, async ({ repositoryId }) => {
    handled.push(repositoryId);
  });
  await until(() => handled.length > 0);
  expect(handled).toEqual([2]);
  await database.pool.query("UPDATE pgboss.job SET start_after = now()");
  await until(() => handled.length === 2);
});

test("a job whose handler throws comes back later, and the worker goes on with others meanwhile", async () => {
  const queue = await newQueue();
  const handled: number[] = [];
  let failures = 1;
  await queue.enqueueHarvest(byPerson(1));
  await queue.enqueueHarvest(byTimetable(2));
  await queue.workHarvests(1, async ({ repositoryId }) => {
    if (repositoryId === 1 && failures-- > 0) throw new Error("the database went away");
    handled.push(repositoryId);
  });
  await until(() => handled.length === 1);
  expect(handled).toEqual([2]);
  expect((await jobs()).find(({ repository }) => repository === 1)).toMatchObject({ state: "retry" });
  await database.pool.query("UPDATE pgboss.job SET start_after = now()");
  await until(() => handled.length === 2);
  await until(async () => (await jobs()).every(({ state }) => state === "completed"));
});

test("several workers do several repositories at the same time", async () => {
  const queue = await newQueue();
  const { opened, open } = gate();
  let atWork = 0;
  for (const number of [1, 2, 3]) await queue.enqueueHarvest(byTimetable(number));
  await queue.workHarvests(2, async () => {
    atWork += 1;
    await opened;
  });
  await until(() => atWork === 2);
  expect((await jobs()).map(({ state }) => state).sort()).toEqual(["active", "active", "created"]);
  open();
  await until(() => atWork === 3);
});

test("stop waits for the job in hand and takes no other", async () => {
  const queue = await newQueue();
  const { opened, open } = gate();
  const handled: number[] = [];
  await queue.enqueueHarvest(byPerson(1));
  await queue.enqueueHarvest(byTimetable(2));
  await queue.workHarvests(1, async ({ repositoryId }) => {
    await opened;
    handled.push(repositoryId);
  });
  await until(async () => (await jobs()).some(({ state }) => state === "active"));
  let stopped = false;
  const stopping = queue.stop().then(() => {
    stopped = true;
  });
  queues.pop();
  await database.pool.query("SELECT 1"); // a round trip in which it could have stopped
  expect(stopped).toBe(false);
  open();
  await stopping;
  expect(handled).toEqual([1]);
  expect((await jobs()).map(({ repository, state }) => [repository, state])).toEqual([
    [1, "completed"],
    [2, "created"],
  ]);
});

test("what was queued waits for the next start", async () => {
  const first = await newQueue();
  await first.enqueueHarvest(byTimetable(1));
  await first.stop();
  queues.pop();
  const second = await newQueue();
  expect(await second.enqueueHarvest(byTimetable(1))).toBe(false);
  const handled: HarvestJob[] = [];
  await second.workHarvests(1, async (job) => {
    handled.push(job);
  });
  await until(() => handled.length === 1);
  expect(handled).toEqual([byTimetable(1)]);
});

test("the queue keeps to its own schema", async () => {
  const tables = async () =>
    (await database.pool.query("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace")).rowCount;
  const before = await tables();
  await newQueue();
  expect(await tables()).toBe(before);
});
