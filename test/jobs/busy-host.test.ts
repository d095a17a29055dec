import { afterEach, beforeEach, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import type { Services } from "../../src/jobs/services.ts";
import { workOnHarvest } from "../../src/jobs/slice.ts";
import { type HarvestJob, type Queue, startQueue } from "../../src/queue/queue.ts";
import { type Lease, releaseLease, takeLease } from "../../src/store/leases.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const LEASE_MS = 60_000;
const NO_PROBE = new Date("9999-01-01");
const never = new AbortController().signal;
const samples = ["mot", "hai", "ba"].map((code) => ({ ...thesesRepository(theses(3)), path: `/${code}/oai` }));
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let queue: Queue;
/** Three repositories of one host. */
let jobs: readonly HarvestJob[];
let lease: Lease;

beforeEach(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
  server = await startSampleServer(samples);
  queue = await startQueue(database.pool, services.log);
  const added = [];
  for (const sample of samples) {
    const row = { code: sample.path.split("/")[1] ?? "", name: sample.name, base_url: server.baseUrl(sample) };
    const { repository_id } = await addRepository(database.db, { ...row, probe_due_at: NO_PROBE });
    added.push({ repositoryId: repository_id, trigger: "schedule" as const });
  }
  jobs = added;
  lease = { repositoryId: 1_000, host: new URL(server.origin).host, owner: "elsewhere pid:[1] 7 x" };
  await takeLease(database.db, lease, LEASE_MS);
});

afterEach(async () => {
  await queue.stop();
  await services.http.close();
  await server.close();
  await database.close();
});

async function work(index: number, through: Queue = queue): Promise<void> {
  const job = jobs[index];
  if (job === undefined) throw new Error(`there is no job ${index}`);
  await workOnHarvest(services, through, job, never);
}

/** Whether each waiting job may be taken up now, oldest first. */
async function ready(): Promise<readonly boolean[]> {
  const text = "SELECT start_after <= now() AS ready FROM pgboss.job WHERE state = 'created' ORDER BY created_on";
  return (await database.pool.query<{ ready: boolean }>(text)).rows.map((row) => row.ready);
}

test("who leaves a host lets in one of those who wait for it, and the next one when that one leaves", async () => {
  await work(0);
  await work(1);
  expect(await ready()).toEqual([false, false]);
  await releaseLease(database.db, lease);
  await work(2);
  expect(await ready()).toEqual([true, false]);
  await work(0);
  expect(await ready()).toEqual([true, true]);
});

test("who is let in and may not begin, since its repository was paused meanwhile, leaves the place to the next one", async () => {
  await work(0);
  await work(1);
  const first = jobs[0]?.repositoryId ?? 0;
  await updateRepository(database.db, first, { state: "paused" });
  await database.pool.query("UPDATE pgboss.job SET state = 'active' WHERE data->>'repositoryId' = $1", [String(first)]);
  await releaseLease(database.db, lease);
  await work(0);
  expect(await ready()).toEqual([true]);
});

test("a host that became free while the job was put off is not waited for", async () => {
  const slowly: Queue = {
    ...queue,
    enqueueHarvest: async (...job) => {
      await releaseLease(database.db, lease);
      return await queue.enqueueHarvest(...job);
    },
  };
  await work(0, slowly);
  expect(await ready()).toEqual([true]);
});
