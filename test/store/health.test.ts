import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { STORED } from "../../src/metrics/metrics.ts";
import { startQueue } from "../../src/queue/queue.ts";
import { openDatabase } from "../../src/store/database.ts";
import { databaseProblem, type HealthNumber, readHealthNumbers } from "../../src/store/health.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { saveFailedRun } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const HOUR_MS = 3_600_000;
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => await database.close());

async function add(code: string, dueHoursAgo: number): Promise<number> {
  const next_due_at = new Date(Date.now() - dueHoursAgo * HOUR_MS);
  const row = { code, name: code, base_url: `https://${code}.example.edu.vn/oai`, next_due_at };
  return (await addRepository(database.db, row)).repository_id;
}

function numberOf(numbers: readonly HealthNumber[], name: string, label?: string): number | undefined {
  const found = numbers.find(
    (number) => number.name === name && (label === undefined || Object.values(number.labels ?? {}).includes(label)),
  );
  return found?.value;
}

describe("the database", () => {
  test("has no problem where it answers and is as new as the program", async () => {
    expect(await databaseProblem(database.db)).toBeNull();
  });

  test("that nobody answers for is a problem, told without its address or password", async () => {
    const nowhere = openDatabase("postgres://user:secret@127.0.0.1:1/nothing");
    expect(await databaseProblem(nowhere)).toBe("the database does not answer");
    await nowhere.destroy();
  });

  test("that lacks migrations says which, and what to do", async () => {
    const empty = await createTestDatabase({ migrated: false });
    expect(await databaseProblem(empty.db)).toMatch(/lacks .*run-control.*lienthong migrate/);
    await empty.close();
  });
});

describe("the numbers", () => {
  test("of an empty database without a queue are there", async () => {
    const numbers = await readHealthNumbers(database.db, database.db);
    expect(numberOf(numbers, "lienthong_open_runs")).toBe(0);
    expect(numberOf(numbers, "lienthong_queue_jobs")).toBeUndefined();
    expect(numberOf(numbers, "lienthong_feed_horizon_lag_seconds")).toBeLessThan(60);
  });

  test("say so where the database that the feed is read from is away, and the others are there", async () => {
    const nowhere = openDatabase("postgres://user:secret@127.0.0.1:1/nothing");
    const numbers = await readHealthNumbers(database.db, nowhere);
    await nowhere.destroy();
    expect(numberOf(numbers, "lienthong_feed_database_up")).toBe(0);
    expect(numberOf(numbers, "lienthong_feed_horizon_lag_seconds")).toBeUndefined();
    expect(numberOf(numbers, "lienthong_open_runs")).toBe(0);
    expect(numberOf(await readHealthNumbers(database.db, database.db), "lienthong_feed_database_up")).toBe(1);
  });

  test("count repositories by state, and how long the one has been due that waits longest", async () => {
    await add("one", 1);
    await add("two", 3);
    await add("later", -5);
    await updateRepository(database.db, await add("paused", 10), { state: "paused" });
    const numbers = await readHealthNumbers(database.db, database.db);
    expect(numberOf(numbers, "lienthong_repositories", "live")).toBe(3);
    expect(numberOf(numbers, "lienthong_repositories", "paused")).toBe(1);
    expect(Math.round((numberOf(numbers, "lienthong_harvest_lag_seconds", "live") ?? 0) / 3_600)).toBe(3);
    expect(Math.round((numberOf(numbers, "lienthong_harvest_lag_seconds", "paused") ?? 0) / 3_600)).toBe(10);
  });

  test("count repositories by how their latest ended run ended, retired ones left out", async () => {
    const one = await add("one", 0);
    await saveFailedRun(database.db, one, "person", "no answer");
    await database.pool.query(
      "INSERT INTO harvest_run (repository_id, trigger, outcome, finished_at) VALUES ($1, 'person', 'complete', now())",
      [one],
    );
    await saveFailedRun(database.db, await add("two", 0), "person", "no answer");
    const gone = await add("gone", 0);
    await saveFailedRun(database.db, gone, "person", "no answer");
    await updateRepository(database.db, gone, { state: "retired" });
    await database.pool.query("INSERT INTO harvest_run (repository_id, trigger) VALUES ($1, 'person')", [one]);
    const numbers = await readHealthNumbers(database.db, database.db);
    expect(numberOf(numbers, "lienthong_repositories_by_outcome", "complete")).toBe(1);
    expect(numberOf(numbers, "lienthong_repositories_by_outcome", "failed")).toBe(1);
    expect(numberOf(numbers, "lienthong_open_runs")).toBe(1);
  });

  test("tell what waits, what is put off, what is in hand and for how long", async () => {
    const queue = await startQueue(database.pool, pino({ level: "silent" }));
    for (const repositoryId of [1, 2]) await queue.enqueueHarvest({ repositoryId, trigger: "schedule" });
    await queue.enqueueHarvest({ repositoryId: 3, trigger: "person" }, { afterSeconds: 3_600 });
    await database.pool.query(
      "UPDATE pgboss.job SET start_after = now() - interval '2 hours' WHERE start_after < now()",
    );
    await takeLease(database.db, { repositoryId: 9, host: "kho.example.edu.vn", owner: "x" }, HOUR_MS);
    await database.pool.query("UPDATE harvest_lease SET taken_at = now() - interval '4 hours'");
    const numbers = await readHealthNumbers(database.db, database.db);
    expect(numberOf(numbers, "lienthong_queue_jobs", "waiting")).toBe(2);
    expect(numberOf(numbers, "lienthong_queue_jobs", "deferred")).toBe(1);
    expect(Math.round((numberOf(numbers, "lienthong_queue_wait_seconds") ?? 0) / 3_600)).toBe(2);
    expect(numberOf(numbers, "lienthong_leases")).toBe(1);
    expect(Math.round((numberOf(numbers, "lienthong_lease_age_seconds") ?? 0) / 3_600)).toBe(4);
    await queue.stop();
  });

  test("are all known to the metrics, with the label that they carry", async () => {
    await add("one", 1);
    await startQueue(database.pool, pino({ level: "silent" })).then((queue) => queue.stop());
    for (const { name, labels = {} } of await readHealthNumbers(database.db, database.db)) {
      expect(STORED[name], name).toBeDefined();
      expect(Object.keys(labels), name).toEqual(STORED[name]?.label === undefined ? [] : [STORED[name]?.label]);
    }
  });
});
