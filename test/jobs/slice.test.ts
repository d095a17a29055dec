import type { IncomingMessage, ServerResponse } from "node:http";
import { sql } from "kysely";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import type { Services } from "../../src/jobs/services.ts";
import { workOnHarvest } from "../../src/jobs/slice.ts";
import type { HarvestEvent } from "../../src/metrics/events.ts";
import { type HarvestJob, type Queue, startQueue } from "../../src/queue/queue.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { listRuns } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const sample = thesesRepository([...theses(11), thesis(12, { deleted: true, metadata: {} })]);
/** What is told here are harvests; a probe would come before them and ask as well. */
const NOT_NOW = new Date("9999-01-01");
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let queue: Queue;
let job: HarvestJob;
let observed: HarvestEvent[];
let intercept: (request: IncomingMessage, response: ServerResponse) => boolean;

beforeEach(async () => {
  database = await createTestDatabase();
  observed = [];
  services = { ...testServices(database.db), observe: (event) => observed.push(event) };
  intercept = () => false;
  server = await startSampleServer([sample], { intercept: (...exchange) => intercept(...exchange) });
  queue = await startQueue(database.pool, services.log);
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample) };
  const added = await addRepository(database.db, { ...row, probe_due_at: NOT_NOW });
  job = { repositoryId: added.repository_id, trigger: "person" };
});

afterEach(async () => {
  await queue.stop();
  await services.http.close();
  await server.close();
  await database.close();
});

const never = new AbortController().signal;

async function jobsWaiting() {
  const { rows } = await sql<{ seconds: number; priority: number }>`
    SELECT greatest(ceil(extract(epoch FROM start_after - now())), 0)::int AS seconds, priority
    FROM pgboss.job WHERE name = 'harvest' AND state = 'created'`.execute(database.db);
  return rows;
}

async function latestRun() {
  return (await listRuns(database.db, job.repositoryId, 1))[0];
}

/** Quiet from `from` to `until` minutes after now, in a zone whose clock is ours. */
async function quietFrom(from: number, until: number): Promise<void> {
  const clock = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);
  const changes = { quiet_hours: `${clock(from)}-${clock(until)}`, time_zone: "UTC" };
  await updateRepository(database.db, job.repositoryId, changes);
}

/** Called when the harvester asks for the second page, which is before the first one is stored or just after. */
function onSecondPage(act: () => void): void {
  intercept = (request) => {
    if (request.url?.includes("resumptionToken") === true) act();
    return false;
  };
}

describe("a slice", () => {
  test("harvests what was queued", async () => {
    await workOnHarvest(services, queue, job, never);
    expect(await latestRun()).toMatchObject({ trigger: "person", outcome: "complete", added: 12 });
    expect(await jobsWaiting()).toEqual([]);
  });

  test("comes back later, and as urgent, where somebody else is talking to the host", async () => {
    const host = new URL(server.origin).host;
    await takeLease(database.db, { repositoryId: job.repositoryId + 1, host, owner: "elsewhere pid 1 x" }, 60_000);
    await workOnHarvest(services, queue, job, never);
    const [waiting] = await jobsWaiting();
    expect(waiting?.priority).toBe(10);
    expect(waiting?.seconds).toBeGreaterThan(0);
    expect(server.requests()).toEqual([]);
  });

  test("that is stopped in the middle of a list keeps its pages and queues the rest behind all others", async () => {
    const stop = new AbortController();
    onSecondPage(() => stop.abort());
    await workOnHarvest(services, queue, job, stop.signal);
    expect(await latestRun()).toMatchObject({ outcome: null, received: 10 });
    expect(await jobsWaiting()).toEqual([{ seconds: 0, priority: 0 }]);
  });

  test("that is stopped before there is a run is queued again and is no failure", async () => {
    const stop = new AbortController();
    intercept = () => {
      stop.abort();
      return false;
    };
    await workOnHarvest(services, queue, job, stop.signal);
    expect(await latestRun()).toBeUndefined();
    expect(await jobsWaiting()).toHaveLength(1);
  });

  test.each(["paused", "draft", "retired"] as const)("does not touch a repository that is %s", async (state) => {
    await updateRepository(database.db, job.repositoryId, { state });
    await workOnHarvest(services, queue, job, never);
    expect(server.requests()).toEqual([]);
    expect(await jobsWaiting()).toEqual([]);
  });

  test("ends after the page in hand when its repository is paused meanwhile", async () => {
    const pausing: Promise<void>[] = [];
    intercept = (request) => {
      if (request.url?.includes("ListRecords") === true)
        pausing.push(updateRepository(database.db, job.repositoryId, { state: "paused" }));
      return false;
    };
    await workOnHarvest(services, queue, job, never);
    await Promise.all(pausing);
    expect(await latestRun()).toMatchObject({ outcome: null, received: 10 });
  });
});

describe("quiet hours", () => {
  test("keep a harvest from beginning, a person's too; it is put off until they end", async () => {
    await quietFrom(-60, 120);
    await workOnHarvest(services, queue, job, never);
    expect(server.requests()).toEqual([]);
    const [waiting] = await jobsWaiting();
    expect(waiting?.seconds).toBeGreaterThan(118 * 60);
    expect(waiting?.seconds).toBeLessThanOrEqual(120 * 60);
  });

  test("that begin end the slice after the page in hand", async () => {
    await quietFrom(60, 120);
    // the clock goes on into them while the list is being asked for
    intercept = (request) => {
      if (request.url?.includes("ListRecords") === true) vi.setSystemTime(Date.now() + 90 * 60_000);
      return false;
    };
    vi.useFakeTimers({ toFake: ["Date"], now: new Date() });
    try {
      await workOnHarvest(services, queue, job, never);
    } finally {
      vi.useRealTimers();
    }
    expect(await latestRun()).toMatchObject({ outcome: null, received: 10 });
    expect(await jobsWaiting()).toHaveLength(1);
  });
});

describe("what is counted", () => {
  const ended = (events: readonly HarvestEvent[]) => events.filter(({ kind }) => kind === "run-ended");
  const sum = (what: "received" | "added" | "deleted") =>
    observed.reduce((total, event) => total + (event.kind === "page" ? event[what] : 0), 0);

  test("is each page once, over slices, and how the run ended", async () => {
    const stop = new AbortController();
    onSecondPage(() => stop.abort());
    await workOnHarvest(services, queue, job, stop.signal);
    expect([sum("received"), ended(observed)]).toEqual([10, []]);
    intercept = () => false;
    await workOnHarvest(services, queue, job, never);
    expect([sum("received"), sum("added"), sum("deleted")]).toEqual([12, 12, 1]);
    expect(ended(observed)).toEqual([{ kind: "run-ended", outcome: "complete" }]);
  });

  test("is a failed run too", async () => {
    intercept = (_request, response) => {
      response.writeHead(404).end();
      return true;
    };
    await workOnHarvest(services, queue, job, never);
    expect(observed).toEqual([{ kind: "run-ended", outcome: "failed" }]);
  });
});

test("three harvests are six lines: each begins and ends once, with its outcome and what came of it", async () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  for (const code of ["mot", "hai", "ba"]) {
    const row = { code, name: code, base_url: server.baseUrl(sample) };
    const { repository_id } = await addRepository(database.db, { ...row, probe_due_at: NOT_NOW });
    await workOnHarvest({ ...services, log }, queue, { repositoryId: repository_id, trigger: "schedule" }, never);
  }
  const INFO = 30;
  expect(lines.map(({ level, msg, repository }) => [level, msg, repository])).toEqual(
    ["mot", "hai", "ba"].flatMap((code) => [
      [INFO, "harvest started", code],
      [INFO, "harvest finished", code],
    ]),
  );
  for (const line of lines.filter(({ msg }) => msg === "harvest finished"))
    expect(line).toMatchObject({ outcome: "complete", received: 12, added: 12, changed: 0, unchanged: 0, rejected: 0 });
});
