import type { ChildProcess } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { startQueue } from "../../src/queue/queue.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { listRuns } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";
import { type Finished, runCli } from "./run-cli.ts";

// processes are started and stopped; a busy machine takes its time
vi.setConfig({ testTimeout: 120_000 });

const POLL_MS = 20;
const TEN_SECONDS_MS = 10_000;
const sample = thesesRepository(theses(35));
/** What is told here are harvests; a probe would come before them and ask as well. */
const NOT_NOW = new Date("9999-01-01");
let database: TestDatabase;
let server: SampleServer;
let repositoryId: number;
/** Pages of the list that were asked for, and the first one that is never answered. */
let asked: number;
let holdFrom: number;

beforeEach(async () => {
  database = await createTestDatabase();
  asked = 0;
  holdFrom = Number.POSITIVE_INFINITY;
  server = await startSampleServer([sample], {
    intercept: (request) => {
      if (request.url?.includes("ListRecords") === true) asked += 1;
      return asked >= holdFrom; // never answered: the slowest server there is
    },
  });
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample), schedule: "manual" };
  repositoryId = (await addRepository(database.db, { ...row, probe_due_at: NOT_NOW })).repository_id;
});

afterEach(async () => {
  await server.close();
  await database.close();
});

/** Polls until it is so; the test's own time limit is the deadline. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

async function enqueue(): Promise<void> {
  const queue = await startQueue(database.pool, testServices(database.db).log);
  await queue.enqueueHarvest({ repositoryId, trigger: "person" });
  await queue.stop();
}

interface Child {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

async function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Child> {
  let finished: Promise<Finished> | null = null;
  const child = await new Promise<ChildProcess>((resolve) => {
    const all = { DATABASE_URL: database.url, HARVEST_DELAY_MS: "0", ...environment };
    finished = runCli(args, all, resolve);
  });
  if (finished === null) throw new Error("not started");
  return { child, finished };
}

async function latestRun() {
  return (await listRuns(database.db, repositoryId, 1))[0];
}

const leases = async () => (await database.pool.query("SELECT FROM harvest_lease")).rowCount;
const waiting = async () =>
  (await database.pool.query("SELECT FROM pgboss.job WHERE name = 'harvest' AND state = 'created'")).rowCount;
/** Whether a statement that begins like this waits for a lock. */
async function someoneWaits(statement: string): Promise<boolean> {
  const text = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND starts_with(query, $1)";
  return (await database.pool.query(text, [statement])).rowCount === 1;
}

const messagesOf = ({ stdout }: Finished) =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

describe("lienthong worker", () => {
  test("harvests what waits in the queue and leaves when it is told to, with few words", async () => {
    await enqueue();
    const { child, finished } = await start(["worker"]);
    await until(async () => (await latestRun())?.outcome === "complete");
    child.kill("SIGTERM");
    const result = await finished;
    expect([result.code, result.stderr]).toEqual([0, ""]);
    expect(messagesOf(result)).toEqual(["working", "harvest started", "harvest finished", "stopped"]);
    expect(await leases()).toBe(0);
  });

  test("stores the page in hand at SIGTERM, gives the lease back and ends with 0, while the server is asleep", async () => {
    holdFrom = 3;
    await enqueue();
    const { child, finished } = await start(["worker"]);
    await until(() => asked === 3);
    await until(async () => (await latestRun())?.pages === 2);
    const told = Date.now();
    child.kill("SIGTERM");
    expect((await finished).code).toBe(0);
    expect(Date.now() - told).toBeLessThan(TEN_SECONDS_MS);
    expect(await latestRun()).toMatchObject({ outcome: null, pages: 2, received: 20 });
    expect([await leases(), await waiting()]).toEqual([0, 1]);

    holdFrom = Number.POSITIVE_INFINITY;
    const next = await start(["worker"]);
    await until(async () => (await latestRun())?.outcome === "complete");
    next.child.kill("SIGTERM");
    await next.finished;
    expect(await latestRun()).toMatchObject({ received: 35, added: 35 });
  });

  test("ends at once at the second SIGTERM", async () => {
    holdFrom = 2;
    await enqueue();
    const { child, finished } = await start(["worker"]);
    await until(async () => (await latestRun())?.pages === 1);
    // the database keeps the lease from being given back, so that the first one cannot be obeyed
    const blocker = await database.pool.connect();
    try {
      await blocker.query("BEGIN");
      await blocker.query("LOCK TABLE harvest_lease IN ACCESS EXCLUSIVE MODE");
      child.kill("SIGTERM");
      await until(async () => await someoneWaits('delete from "harvest_lease"'));
      child.kill("SIGTERM");
      expect((await finished).code).toBe(130);
    } finally {
      await blocker.query("ROLLBACK");
      blocker.release();
    }
  });

  test("says how it fares where it is given a port", async () => {
    const { child, finished } = await start(["worker"], { WORKER_PORT: "0" });
    let out = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    await until(() => out.includes('"working"'));
    const url = /"url":"([^"]+)"/.exec(out)?.[1]?.replace("localhost", "127.0.0.1");
    expect(await (await fetch(`${url}/healthz`)).text()).toBe("alive\n");
    expect(await (await fetch(`${url}/readyz`)).text()).toBe("ready\n");
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain("lienthong_database_up 1");
    expect(metrics).toContain('lienthong_repositories{state="live"} 1');
    child.kill("SIGTERM");
    expect((await finished).code).toBe(0);
  });

  test("has nothing to do with HARVEST_WORKERS=0, and says so", async () => {
    const { code, stderr } = await (await start(["worker"], { HARVEST_WORKERS: "0" })).finished;
    expect([code, stderr]).toEqual([1, "lienthong: HARVEST_WORKERS is 0: there is nothing for a worker to do\n"]);
  });
});

test("lienthong serve takes no harvests with HARVEST_WORKERS=0 and puts lost ones back into the queue", async () => {
  await enqueue();
  await database.pool.query("DELETE FROM pgboss.job");
  await database.pool.query("INSERT INTO harvest_run (repository_id, trigger) VALUES ($1, 'schedule')", [repositoryId]);
  const { child, finished } = await start(["serve"], { HARVEST_WORKERS: "0", PORT: "0", TOKEN_SECRET: "x".repeat(32) });
  await until(async () => (await waiting()) === 1);
  child.kill("SIGTERM");
  expect((await finished).code).toBe(0);
  expect(server.requests()).toEqual([]);
});
