import { pino } from "pino";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startSampleServer } from "../../src/demo/sample-server.ts";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { startFakeProvider } from "../support/fake-provider.ts";
import { type HostFront, hostAddresses, startHostFront } from "../support/host-front.ts";
import { type Kept, keepRunning } from "../support/keep-running.ts";
import type { Program } from "../support/program.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { sharedFolder } from "../support/shared.ts";
import { sharedProgram } from "../support/shared-program.ts";

// processes are started and stopped; a busy machine takes its time
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const REPOSITORIES = 40;
const RECORDS = 30;
const PAGE = 10;
const HOSTS = 8;
/** Long enough for two conversations to be seen together, if there were two. */
const DELAY_MS = 5;
const POLL_MS = 50;
const NEVER = new Date("9999-01-01");

let program: Program;
let database: TestDatabase;
let queue: Queue;
let workers: Kept[];
/** What is to be closed after a test, last first. */
let closing: (() => Promise<void>)[];

beforeAll(async () => {
  program = await sharedProgram();
});

beforeEach(async () => {
  database = await createTestDatabase();
  queue = await startQueue(database.pool, pino({ level: "silent" }));
  workers = [];
  closing = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  for (const close of closing.toReversed()) await close();
  await queue.stop();
  await database.close();
});

/** Polls until it is so; the test's own time limit is the deadline. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

async function startWorkers(count: number): Promise<void> {
  const settings = {
    DATABASE_URL: database.url,
    HARVEST_WORKERS: "1",
    HARVEST_DELAY_MS: "0",
    HARVEST_PRIVATE_NETWORKS: "127.0.0.0/8",
  };
  for (let number = 0; number < count; number += 1)
    workers.push(keepRunning(() => program.start(["worker"], settings)));
  await until(() => workers.every(({ lines }) => lines.some(({ msg }) => msg === "working")));
}

/** A repository as the test knows it. */
interface Known {
  readonly code: string;
  readonly baseUrl: string;
}

/** Repositories, and what sees who asks for them. */
interface Behind {
  readonly front: HostFront;
  readonly known: readonly Known[];
}

async function add(known: readonly Known[]): Promise<void> {
  for (const { code, baseUrl } of known)
    await addRepository(database.db, { code, name: code, base_url: baseUrl, schedule: "manual", probe_due_at: NEVER });
}

/** Has everything of every repository asked for, and waits until all have been. */
async function harvestAll(): Promise<void> {
  const { rows } = await database.pool.query<{ id: number; last: number }>(
    `UPDATE repository SET full_due_at = now() - interval '1 day' RETURNING repository_id AS id,
       (SELECT coalesce(max(run_id), 0) FROM harvest_run) AS last`,
  );
  const last = rows[0]?.last ?? 0;
  for (const { id } of rows) await queue.enqueueHarvest({ repositoryId: id, trigger: "schedule" });
  await until(async () => {
    const text = "SELECT FROM harvest_run WHERE run_id > $1 AND outcome IS NOT NULL";
    return (await database.pool.query(text, [last])).rowCount === rows.length;
  });
}

/** How each repository's latest run ended, and how many of its records are there. */
async function harvested(): Promise<readonly unknown[]> {
  const { rows } = await database.pool.query(
    `SELECT DISTINCT ON (code) code, outcome, received, (SELECT count(*) FROM record r WHERE r.repository_id = run.repository_id) AS stored
     FROM repository JOIN harvest_run run USING (repository_id) ORDER BY code, run_id DESC`,
  );
  return rows;
}

/** Each repository of a host was talked to in one piece, and nobody else at the same time. */
function expectOneConversation(front: HostFront): void {
  for (const { address, mostAtOnce, visits } of front.logs()) {
    expect([address, mostAtOnce]).toEqual([address, 1]);
    expect(visits).toHaveLength(new Set(visits).size);
  }
}

/** The forty that the fake provider has; where it is absent, forty of the sample server. */
async function manyRepositories(addresses: readonly string[]): Promise<Behind> {
  const { origin, paths } = await (sharedFolder === null ? startSamples() : startFakes());
  const front = await startHostFront(addresses, origin, DELAY_MS);
  closing.push(front.close);
  const known = paths.map((path, index) => {
    return { code: `kho-${index}`, baseUrl: front.url(index % addresses.length, path) };
  });
  return { front, known };
}

/** A server with forty repositories. */
interface Many {
  readonly origin: string;
  readonly paths: readonly string[];
}

async function startFakes(): Promise<Many> {
  const size = ["--number", String(REPOSITORIES * RECORDS), "--repos", String(REPOSITORIES), "--page", String(PAGE)];
  const provider = await startFakeProvider(...size, "--prefix", "oai_dc", "--abstract-bytes", "200");
  closing.push(async () => provider.stop());
  const paths = Array.from({ length: REPOSITORIES }, (_, index) => `/r/${index}/oai/request`);
  return { origin: provider.origin, paths };
}

async function startSamples(): Promise<Many> {
  const items = theses(RECORDS);
  const samples = Array.from({ length: REPOSITORIES }, (_, index) => {
    return { ...thesesRepository(items, PAGE), path: `/kho-${index}/oai` };
  });
  const server = await startSampleServer(samples);
  closing.push(server.close);
  return { origin: server.origin, paths: samples.map(({ path }) => path) };
}

test("two workers, then four, harvest forty repositories of eight hosts, and talk to each host once at a time", async () => {
  const { front, known } = await manyRepositories(await hostAddresses(HOSTS));
  const everything = known
    .map(({ code }) => ({ code, outcome: "complete", received: RECORDS, stored: RECORDS }))
    .toSorted((one, other) => (one.code < other.code ? -1 : 1));
  await add(known);
  for (const more of [2, 2]) {
    front.forget();
    await startWorkers(more);
    await harvestAll();
    expect(await harvested()).toEqual(everything);
    expectOneConversation(front);
    expect(front.mostHostsAtOnce()).toBeGreaterThan(1);
  }
});
