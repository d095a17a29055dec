import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { enqueueDue } from "../../src/jobs/due.ts";
import { probeRepository } from "../../src/jobs/probe-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { workOnHarvest } from "../../src/jobs/slice.ts";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import { listRuns } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const sample = thesesRepository(theses(12));
const never = new AbortController().signal;
let database: TestDatabase;
let services: Services;
let messages: string[];
let server: SampleServer;
let queue: Queue;
let repositoryId: number;
/** What the server does with a request, whose address it may change. */
let misbehave: (url: URL) => "refuse" | "answer";

beforeEach(async () => {
  database = await createTestDatabase();
  messages = [];
  const log = pino({ level: "info" }, { write: (line: string) => messages.push(JSON.parse(line).msg) });
  services = { ...testServices(database.db, { retries: 0 }), log };
  misbehave = () => "answer";
  server = await startSampleServer([sample], {
    intercept: (request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const refused = misbehave(url) === "refuse";
      if (refused) response.writeHead(404).end();
      request.url = `${url.pathname}${url.search}`;
      return refused;
    },
  });
  queue = await startQueue(database.pool, services.log);
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample) };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

afterEach(async () => {
  vi.useRealTimers();
  await queue.stop();
  await services.http.close();
  await server.close();
  await database.close();
});

const repository = () => getRepository(database.db, repositoryId);
const latestRun = async () => (await listRuns(database.db, repositoryId, 1))[0];
const ignoresDates = (url: URL) => {
  for (const name of ["from", "until"]) url.searchParams.delete(name);
  return "answer" as const;
};

/** As a scheduler and a worker at that moment do: what is due is queued, what is queued is worked on. */
async function atTheTime(now: Date): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now });
  expect(await enqueueDue(services, queue, now)).toBe(1);
  await workOnHarvest(services, queue, { repositoryId, trigger: "schedule" }, never);
  // what was queued is done
  await database.pool.query("DELETE FROM pgboss.job WHERE name = 'harvest'");
}

async function dueAt(): Promise<Date> {
  const { next_due_at } = await repository();
  if (next_due_at === null) throw new Error("it has no time");
  return next_due_at;
}

describe("the first scheduled harvest of a repository", () => {
  test("comes after a probe: its behaviour and strategy are known, and when to probe it again", async () => {
    const now = new Date();
    await atTheTime(now);
    expect(messages).toEqual(["probe finished", "harvest started", "harvest finished"]);
    expect(await latestRun()).toMatchObject({ outcome: "complete", added: 12 });
    const { behaviour, strategy, probe_due_at } = await repository();
    expect(behaviour).toMatchObject({ findsBySecond: true, futureIsEmpty: true });
    expect(strategy).toBe("incremental_second");
    const days = ((probe_due_at?.getTime() ?? 0) - now.getTime()) / DAY_MS;
    expect(days).toBeGreaterThan(25);
    expect(days).toBeLessThan(35);
  });

  test("of one that ignores from and until finds that out, and so everything is compared, then and later", async () => {
    misbehave = ignoresDates;
    await atTheTime(new Date());
    expect((await repository()).strategy).toBe("full_compare");
    expect(await latestRun()).toMatchObject({ full_list: true, outcome: "complete", added: 12 });

    await atTheTime(await dueAt());
    expect(await latestRun()).toMatchObject({ full_list: true, outcome: "complete", received: 12, unchanged: 12 });
    expect(messages.filter((message) => message === "probe finished")).toHaveLength(1);
  });

  test("is not kept from anything by a probe that fails; that is tried again a day later", async () => {
    const now = new Date();
    let requests = 0;
    misbehave = () => {
      requests += 1;
      return requests === 1 ? "refuse" : "answer";
    };
    await atTheTime(now);
    expect(messages).toEqual(["probe failed", "harvest started", "harvest finished"]);
    expect(await latestRun()).toMatchObject({ outcome: "complete", added: 12 });
    expect(await repository()).toMatchObject({
      behaviour: null,
      strategy: "incremental_second",
      probe_due_at: new Date(now.getTime() + DAY_MS),
    });
  });
});

describe("a harvest of a repository that is known", () => {
  test("comes without a probe until a month is over, and then with one that may change how it is done", async () => {
    const now = new Date();
    await probeRepository(services, repositoryId, now);
    messages.length = 0;
    await atTheTime(now);
    expect(messages).toEqual(["harvest started", "harvest finished"]);

    misbehave = ignoresDates;
    messages.length = 0;
    const { probe_due_at } = await repository();
    await atTheTime(new Date((probe_due_at?.getTime() ?? 0) + DAY_MS));
    expect(messages).toEqual(["probe finished", "harvest started", "harvest finished"]);
    expect(await repository()).toMatchObject({ strategy: "full_compare" });
    expect(await latestRun()).toMatchObject({ full_list: true, received: 12, unchanged: 12 });
  });

  test("that is in the middle of its list goes on as it began, and the probe waits for the next one", async () => {
    const stop = new AbortController();
    await updateRepository(database.db, repositoryId, { probe_due_at: new Date(Date.now() + DAY_MS) });
    misbehave = (url) => {
      if (url.searchParams.has("resumptionToken")) stop.abort();
      return "answer";
    };
    await workOnHarvest(services, queue, { repositoryId, trigger: "schedule" }, stop.signal);
    expect(await latestRun()).toMatchObject({ outcome: null });
    misbehave = () => "answer";
    await updateRepository(database.db, repositoryId, { probe_due_at: null });
    await workOnHarvest(services, queue, { repositoryId, trigger: "schedule" }, never);
    expect(await latestRun()).toMatchObject({ outcome: "complete" });
    expect(messages).not.toContain("probe finished");
    expect((await repository()).probe_due_at).toBeNull();
  });

  test("waits, and so does its probe, where somebody else is talking to the host", async () => {
    const host = new URL(server.origin).host;
    await takeLease(database.db, { repositoryId: repositoryId + 1, host, owner: "elsewhere pid 1 x" }, 60_000);
    await workOnHarvest(services, queue, { repositoryId, trigger: "schedule" }, never);
    expect(server.requests()).toEqual([]);
    expect((await repository()).probe_due_at).toBeNull();
    expect(await latestRun()).toBeUndefined();
  });
});
