import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { workOnHarvest } from "../../src/jobs/slice.ts";
import { type HarvestJob, type Queue, startQueue } from "../../src/queue/queue.ts";
import { isOutage } from "../../src/store/outage.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { listRuns } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const POLL_MS = 10;
const sample = thesesRepository(theses(12));
const never = new AbortController().signal;
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let queue: Queue;
let job: HarvestJob;
/** Called when the harvester asks for something, with its URL; it is answered afterwards. */
let onRequest: (url: string) => Promise<void>;
/** Keeps others from a table until it is let go. */
let blocker: pg.PoolClient;

beforeEach(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
  onRequest = async () => {};
  server = await startSampleServer([sample], {
    intercept: async (request) => {
      await onRequest(request.url ?? "");
      return false;
    },
  });
  queue = await startQueue(database.pool, services.log);
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample), probe_due_at: new Date("9999-01-01") };
  job = { repositoryId: (await addRepository(database.db, row)).repository_id, trigger: "person" };
  blocker = await database.pool.connect();
});

afterEach(async () => {
  blocker.release();
  await queue.stop();
  await services.http.close();
  await server.close();
  await database.close();
});

/** From the first request whose URL holds `text`, and before it is answered, whoever writes to the table has to wait. */
function blockAt(text: string, table: string): Promise<void> {
  return new Promise((resolve) => {
    onRequest = async (url) => {
      if (!url.includes(text)) return;
      onRequest = async () => {};
      await blocker.query(`BEGIN; LOCK TABLE ${table} IN SHARE MODE`);
      resolve();
    };
  });
}

/**
 * Waits until a statement waits for the lock, and ends it: with its connection, as a server does that is being stopped, or
 * alone.
 */
async function breakOff(what: "connection" | "statement"): Promise<void> {
  // with a time it waits until the connection is gone, so that nobody breaks off the same one twice
  const end = what === "connection" ? "pg_terminate_backend(pid, 10000)" : "pg_cancel_backend(pid)";
  const text = `SELECT ${end} FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await database.pool.query(text)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

/** Does `act` at the first call only. */
function once(act: () => Promise<unknown>): () => Promise<void> {
  let done = false;
  return async () => {
    if (!done) await act();
    done = true;
  };
}

async function state() {
  const waiting = await database.pool.query("SELECT FROM pgboss.job WHERE state = 'created' AND start_after <= now()");
  const leases = await database.pool.query("SELECT FROM harvest_lease");
  const runs = (await listRuns(database.db, job.repositoryId, 10)).map(({ outcome, received }) => [outcome, received]);
  return { runs, waiting: waiting.rowCount, leases: leases.rowCount };
}

describe("a database that goes away", () => {
  test("before a harvest has begun brings the job back", async () => {
    await blocker.query("BEGIN; LOCK TABLE repository IN ACCESS EXCLUSIVE MODE");
    const working = workOnHarvest(services, queue, job, never);
    await breakOff("connection");
    await blocker.query("ROLLBACK");
    await working;
    expect(await state()).toEqual({ runs: [], waiting: 1, leases: 0 });
  });

  test("in the middle of a list leaves the run open; it goes on after its last page when the database is back", async () => {
    const blocked = blockAt("resumptionToken", "harvest_window");
    const working = workOnHarvest(services, queue, job, never);
    await blocked;
    await breakOff("connection");
    await blocker.query("ROLLBACK");
    await working;
    expect(await state()).toMatchObject({ runs: [[null, expect.any(Number)]], waiting: 1, leases: 0 });
    await workOnHarvest(services, queue, job, never);
    expect((await state()).runs).toEqual([["complete", 12]]);
    const [run] = await listRuns(database.db, job.repositoryId, 1);
    expect(run).toMatchObject({ pages: 2, added: 12, changed: 0, unchanged: 0 });
  });

  test("while a harvest is planned is no failure of the repository", async () => {
    const blocked = blockAt("ListMetadataFormats", "harvest_run");
    const working = workOnHarvest(services, queue, job, never);
    await blocked;
    await breakOff("connection");
    await blocker.query("ROLLBACK");
    await working;
    expect(await state()).toEqual({ runs: [], waiting: 1, leases: 0 });
  });

  test("while a run is being closed leaves nothing half done: it is closed as it would have been", async () => {
    // dates are known to be true, so that a long list is divided: what it promised is compared with what its parts brought
    await updateRepository(database.db, job.repositoryId, { behaviour: "{}" });
    const harvest = async (onPage: () => Promise<void>) =>
      await harvestRepository(services, job.repositoryId, { trigger: "person", full: false, longestList: 5, onPage });
    const working = harvest(once(() => blocker.query("BEGIN; SELECT FROM repository FOR NO KEY UPDATE")));
    await Promise.all([expect(working).rejects.toSatisfy(isOutage), breakOff("connection")]);
    await blocker.query("ROLLBACK");
    expect((await listRuns(database.db, job.repositoryId, 1))[0]?.outcome).toBeNull();
    expect(await harvest(async () => {})).toMatchObject({ outcome: "complete", run: { added: 12, failure: null } });
  });

  test("while a run is being closed is not forgotten what it has taken out of the feed already", async () => {
    await workOnHarvest(services, queue, job, never);
    server.replaceItems(sample, [...theses(11), thesis(12, { deleted: true, metadata: {} })]);
    const harvest = async (onPage: () => Promise<void>) =>
      await harvestRepository(services, job.repositoryId, { trigger: "person", full: true, onPage });
    const working = harvest(once(() => blocker.query("BEGIN; SELECT FROM repository FOR NO KEY UPDATE")));
    await Promise.all([expect(working).rejects.toSatisfy(isOutage), breakOff("connection")]);
    await blocker.query("ROLLBACK");
    expect(await harvest(async () => {})).toMatchObject({ outcome: "complete", run: { withdrawn: 1 } });
  });

  test("when the lease is to be given back is asked again, so that nobody has to wait for the lease to run out", async () => {
    const blocked = blockAt("ListMetadataFormats", "harvest_run, harvest_lease");
    const working = workOnHarvest(services, queue, job, never);
    await blocked;
    await breakOff("connection"); // the plan
    await breakOff("connection"); // the lease
    await blocker.query("ROLLBACK");
    await working;
    expect(await state()).toEqual({ runs: [], waiting: 1, leases: 0 });
  });
});

test("a harvest that a full disk or a deadlock breaks off stays open and comes back as the queue sees fit", async () => {
  const blocked = blockAt("resumptionToken", "harvest_window");
  const working = workOnHarvest(services, queue, job, never);
  await blocked;
  // a statement that is cancelled stands for all of them: the server is there and cannot do it now
  await Promise.all([expect(working).rejects.toMatchObject({ code: "57014" }), breakOff("statement")]);
  await blocker.query("ROLLBACK");
  expect(await state()).toMatchObject({ runs: [[null, expect.any(Number)]], leases: 0 });
});
