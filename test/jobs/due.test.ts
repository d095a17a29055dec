import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { enqueueDue, workOnHarvest } from "../../src/jobs/due.ts";
import type { Services } from "../../src/jobs/services.ts";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import { listRuns } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const YESTERDAY = new Date("2026-11-23T12:00:00Z");
const sample = thesesRepository(theses(12));
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let queue: Queue;
let repositoryId: number;
let onRequest: (url: string) => void;

beforeEach(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
  onRequest = () => {};
  server = await startSampleServer([sample], {
    intercept: (request) => {
      onRequest(request.url ?? "");
      return false;
    },
  });
  queue = await startQueue(database.pool, services.log);
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample), next_due_at: YESTERDAY };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

afterEach(async () => {
  await queue.stop();
  await services.http.close();
  await server.close();
  await database.close();
});

describe("the scheduler", () => {
  test("queues a repository whose time has come, and sets its next time", async () => {
    expect(await enqueueDue(services, queue, NOW)).toBe(1);
    const { next_due_at } = await getRepository(database.db, repositoryId);
    expect(next_due_at?.getTime()).toBeGreaterThan(NOW.getTime());
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
  });

  test("queues it once, however many schedulers look at the same time", async () => {
    const queued = await Promise.all(Array.from({ length: 5 }, () => enqueueDue(services, queue, NOW)));
    expect(queued.reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  test("leaves alone what is paused, what is not due, and what is harvested by hand", async () => {
    await updateRepository(database.db, repositoryId, { state: "paused" });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
    await updateRepository(database.db, repositoryId, { state: "live", next_due_at: new Date("2026-11-25T00:00:00Z") });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
    await updateRepository(database.db, repositoryId, { schedule: "manual", next_due_at: null });
    expect(await enqueueDue(services, queue, NOW)).toBe(0);
  });
});

describe("a worker", () => {
  const jobsWaiting = async () => {
    const { rows } = await sql<{ waits: boolean }>`
      SELECT start_after > now() AS waits FROM pgboss.job WHERE name = 'harvest' AND state = 'created'`.execute(
      database.db,
    );
    return rows;
  };

  test("harvests what was queued, once", async () => {
    await enqueueDue(services, queue, NOW);
    const worked = new Promise<void>((resolve) => {
      void queue.workHarvests(2, async (job) => {
        await workOnHarvest(services, queue, job, new AbortController().signal);
        resolve();
      });
    });
    await worked;
    const runs = await listRuns(database.db, repositoryId, 10);
    expect(runs.map(({ trigger, outcome, added }) => ({ trigger, outcome, added }))).toEqual([
      { trigger: "schedule", outcome: "complete", added: 12 },
    ]);
  });

  test("comes back later where somebody else is talking to the host", async () => {
    const host = new URL(server.origin).host;
    await takeLease(database.db, { repositoryId: repositoryId + 1, host, owner: "elsewhere pid 1 x" }, 60_000);
    await workOnHarvest(services, queue, { repositoryId, trigger: "schedule" }, new AbortController().signal);
    expect(await jobsWaiting()).toEqual([{ waits: true }]);
  });

  test("queues the rest where it was stopped in the middle of a list", async () => {
    const stop = new AbortController();
    onRequest = (url) => {
      if (url.includes("resumptionToken")) stop.abort();
    };
    await workOnHarvest(services, queue, { repositoryId, trigger: "schedule" }, stop.signal);
    expect(await jobsWaiting()).toEqual([{ waits: false }]);
    const [run] = await listRuns(database.db, repositoryId, 1);
    expect(run).toMatchObject({ outcome: null, received: 10 });
  });

  test("does not touch a repository that was paused while it waited", async () => {
    await updateRepository(database.db, repositoryId, { state: "paused" });
    await workOnHarvest(services, queue, { repositoryId, trigger: "schedule" }, new AbortController().signal);
    expect(server.requests()).toEqual([]);
  });
});
