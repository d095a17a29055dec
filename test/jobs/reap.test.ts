import { spawnSync } from "node:child_process";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownerName } from "../../src/jobs/lease-owner.ts";
import { reap } from "../../src/jobs/reap.ts";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const log = pino({ level: "silent" });
const HOUR_MS = 3_600_000;
let database: TestDatabase;
let queue: Queue;
let repositoryId: number;

beforeEach(async () => {
  database = await createTestDatabase();
  queue = await startQueue(database.pool, log);
  repositoryId = await add("kho");
});

afterEach(async () => {
  await queue.stop();
  await database.close();
});

const reapNow = async () => await reap({ db: database.db, log }, queue);

async function add(code: string): Promise<number> {
  const row = { code, name: code, base_url: `https://${code}.example.edu.vn/oai` };
  return (await addRepository(database.db, row)).repository_id;
}

async function openRun(id = repositoryId): Promise<void> {
  await database.pool.query("INSERT INTO harvest_run (repository_id, trigger) VALUES ($1, 'schedule')", [id]);
}

async function lease(owner: string, ttlMs: number, id = repositoryId): Promise<void> {
  await takeLease(database.db, { repositoryId: id, host: `host-${id}`, owner }, ttlMs);
}

/** A job that a worker took up `seconds` ago. */
async function jobAtWork(seconds: number): Promise<void> {
  await queue.enqueueHarvest({ repositoryId, trigger: "schedule" });
  await database.pool.query(
    "UPDATE pgboss.job SET state = 'active', started_on = now() - $1 * interval '1 second' WHERE name = 'harvest'",
    [seconds],
  );
}

async function jobStates(): Promise<readonly string[]> {
  const text = "SELECT state::text FROM pgboss.job WHERE name = 'harvest' ORDER BY 1";
  return (await database.pool.query<{ state: string }>(text)).rows.map(({ state }) => state);
}

const leases = async () => (await database.pool.query("SELECT FROM harvest_lease")).rowCount;

/** The name of a process of this machine that has ended. */
function deadOwner(): string {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const [machine, namespace] = ownerName().split(" ");
  return `${machine} ${namespace} ${pid} 0`;
}

describe("an open run", () => {
  test("whose lease has run out is queued again, and the lease is gone", async () => {
    await openRun();
    await lease("elsewhere pid:[1] 7 x", 0);
    expect(await reapNow()).toBe(1);
    expect([await jobStates(), await leases()]).toEqual([["created"], 0]);
  });

  test("of a process of this machine that was killed is queued at once, however long its lease", async () => {
    await openRun();
    await lease(deadOwner(), HOUR_MS);
    expect(await reapNow()).toBe(1);
    expect([await jobStates(), await leases()]).toEqual([["created"], 0]);
  });

  test("that somebody works on is left alone: another machine, or this very process", async () => {
    const other = await add("other");
    await openRun();
    await openRun(other);
    await lease("elsewhere pid:[1] 7 x", HOUR_MS);
    await lease(ownerName(), HOUR_MS, other);
    expect(await reapNow()).toBe(0);
    expect([await jobStates(), await leases()]).toEqual([[], 2]);
  });

  test("whose next slice waits, now or later, is not queued twice", async () => {
    await openRun();
    await queue.enqueueHarvest({ repositoryId, trigger: "person" }, { afterSeconds: 3_600 });
    expect(await reapNow()).toBe(0);
    expect(await jobStates()).toEqual(["created"]);
  });

  test.each(["paused", "retired"] as const)("of a repository that is %s stays as it is", async (state) => {
    await openRun();
    await updateRepository(database.db, repositoryId, { state });
    expect(await reapNow()).toBe(0);
  });

  test("of an import is none of its business", async () => {
    await openRun();
    await database.pool.query("UPDATE harvest_run SET kind = 'import'");
    expect(await reapNow()).toBe(0);
  });
});

test("a run that has ended is not queued", async () => {
  await openRun();
  await database.pool.query("UPDATE harvest_run SET outcome = 'partial', finished_at = now()");
  expect(await reapNow()).toBe(0);
});

describe("a job that is marked as being worked on", () => {
  test("while nobody holds the lease is queued anew, run or no run, and not worked on twice", async () => {
    await jobAtWork(30);
    expect(await reapNow()).toBe(1);
    expect(await jobStates()).toEqual(["created"]);
  });

  test("counts once where its run is open too", async () => {
    await jobAtWork(30);
    await openRun();
    expect(await reapNow()).toBe(1);
    expect(await jobStates()).toEqual(["created"]);
  });

  test("is left alone while its worker holds the lease", async () => {
    await jobAtWork(30);
    await openRun();
    await lease("elsewhere pid:[1] 7 x", HOUR_MS);
    expect(await reapNow()).toBe(0);
    expect(await jobStates()).toEqual(["active"]);
  });

  test("that was taken up just now is queued anew at once where its process is known to be gone", async () => {
    await jobAtWork(1);
    await lease(deadOwner(), HOUR_MS);
    expect(await reapNow()).toBe(1);
    expect([await jobStates(), await leases()]).toEqual([["created"], 0]);
  });

  test("is left alone in the moment between being taken up and taking the lease", async () => {
    await jobAtWork(1);
    expect(await reapNow()).toBe(0);
    expect(await jobStates()).toEqual(["active"]);
  });
});

test("several schedulers at the same time queue it once", async () => {
  await openRun();
  const queued = await Promise.all([reapNow(), reapNow(), reapNow()]);
  expect(queued.reduce((sum, each) => sum + each, 0)).toBe(1);
  expect(await jobStates()).toEqual(["created"]);
});

test("while another process is at it, nothing is done", async () => {
  await openRun();
  const other = await database.pool.connect();
  try {
    await other.query("BEGIN");
    await other.query("SELECT pg_advisory_xact_lock(x'0a16'::int, 1)");
    expect(await reapNow()).toBe(0);
    await other.query("ROLLBACK");
  } finally {
    other.release();
  }
  expect(await reapNow()).toBe(1);
});
