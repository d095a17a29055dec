import { randomInt } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { seededChoice } from "../../src/demo/seeded-choice.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { reap } from "../../src/jobs/reap.ts";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { type Db, databaseOn } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { listRuns, type Run } from "../../src/store/runs.ts";
import { createTestDatabase } from "../support/database.ts";
import { type Kept, keepRunning } from "../support/keep-running.ts";
import { type OwnPostgres, startOwnPostgres } from "../support/own-postgres.ts";
import type { Program } from "../support/program.ts";
import { thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";
import { sharedProgram } from "../support/shared-program.ts";
import { type Kill, killAll, planKills, type Scene } from "./kills.ts";
import { recordsOf, stampsOf, takeWrites, watchWrites } from "./stored-state.ts";

// processes are killed and started again; a busy machine takes its time
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const RECORDS = 20_000;
const PAGE = 100;
const PAGES = RECORDS / PAGE;
const KILLS = 30;
/** The last kill is far enough from the end of the list for the harvest to be still going on. */
const LAST_KILL_PAGE = PAGES * 0.85;
const POLL_MS = 20;
const REAP_EVERY_MS = 200;
const KILLS_AGAIN = 3;
/** When the last page has been asked for, what is left is to store it and to close the run. */
const AT_THE_END: Kill = { page: PAGES, delayMs: 40, victim: "harvesting" };
const CHANGED = 7;
const ERROR = 50;
const NEVER = new Date("9999-01-01");

const seed = Number(process.env.CHAOS_SEED ?? randomInt(1_000_000));
const choice = seededChoice(seed);
const items = Array.from({ length: RECORDS }, (_, index) => thesisOfKind(index + 1));
const sample = thesesRepository(items, PAGE);
const log = pino({ level: "silent" });

let program: Program;
let postgres: OwnPostgres;
let db: Db;
let queue: Queue;
let server: SampleServer;
let workers: readonly Kept[];
let repositoryId: number;
let undisturbed: { readonly records: readonly string[]; readonly run: Run };
/** The pages of the list that were asked for since it was last emptied, each once. */
const asked = new Set<string>();

/** Deleted ones and members of sets, so that there is something of everything to lose. */
function thesisOfKind(number: number) {
  if (number % 50 === 0) return thesis(number, { deleted: true, metadata: {} });
  return thesis(number, { setSpecs: [`col_${number % 7}`] });
}

beforeAll(async () => {
  tell(`CHAOS_SEED=${seed} plans the same kills`);
  server = await startSampleServer([sample], {
    intercept: ({ url = "" }) => {
      if (url.includes("verb=ListRecords")) asked.add(url);
      return false;
    },
  });
  [program, postgres, undisturbed] = await Promise.all([sharedProgram(), startOwnPostgres(), harvestUndisturbed()]);
  db = databaseOn(postgres.pool);
  await migrateToLatest(db);
  await watchWrites(db);
  repositoryId = await addTo(db);
  queue = await startQueue(postgres.pool, log);
  const settings = {
    DATABASE_URL: postgres.url,
    HARVEST_PRIVATE_NETWORKS: "127.0.0.1",
    HARVEST_DELAY_MS: "0",
    HARVEST_LEASE_SECONDS: "20",
    IDENTIFIER_DOMAIN: testServices(db).domain,
  };
  workers = [1, 2].map(() => keepRunning(() => program.start(["worker"], settings)));
});

afterAll(async () => {
  await Promise.all((workers ?? []).map((worker) => worker.stop()));
  await queue?.stop();
  await postgres?.close();
  await server?.close();
});

async function addTo(target: Db): Promise<number> {
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample), schedule: "manual", probe_due_at: NEVER };
  return (await addRepository(target, row)).repository_id;
}

/** What comes of it where nobody is killed, in another database. */
async function harvestUndisturbed() {
  const database = await createTestDatabase();
  const services = testServices(database.db);
  const { run } = await harvestRepository(services, await addTo(database.db), { trigger: "person", full: false });
  await services.http.close();
  const records = await recordsOf(database.db);
  await database.close();
  return { records, run };
}

/** Polls until it is so, and takes no answer for no; the test's own time limit is the deadline. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await Promise.resolve(isSo()).catch(() => false))) await pause(POLL_MS);
}

const tell = (text: string) => process.stdout.write(`chaos: ${text}\n`);
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
const latestRun = async () => (await listRuns(db, repositoryId, 1))[0];

/** Does what a scheduler does every minute, more often, until the latest run that `isIt` has ended. */
async function harvestUntilEnded(isIt: (run: Run) => boolean): Promise<void> {
  await until(async () => await queue.enqueueHarvest({ repositoryId, trigger: "person" }));
  await until(async () => {
    await pause(REAP_EVERY_MS);
    await reap({ db, log }, queue);
    const run = await latestRun();
    return run !== undefined && run.outcome !== null && isIt(run);
  });
}

/** The process that holds the lease; `null` where none does, or the database is away. */
async function harvestingProcess(): Promise<number | null> {
  const query = postgres.pool.query<{ owner: string }>("SELECT owner FROM harvest_lease");
  const { rows } = await query.catch(() => ({ rows: [] }));
  return Number(rows[0]?.owner.split(" ")[2] ?? Number.NaN) || null;
}

const scene = (): Scene => ({
  workers,
  pages: PAGES,
  pagesAsked: () => asked.size,
  harvesting: harvestingProcess,
});

async function restartDatabase(page: number, how: "orderly" | "immediate"): Promise<void> {
  await until(() => asked.size >= page);
  await postgres.restart(how);
}

test("a harvest of 20,000 records ends as if nothing had happened, whoever is killed, and so does the next one", async () => {
  await firstHarvest();
  await everythingAgain();
  // nobody had to act
  expect(workers.flatMap(({ lines }) => lines.filter(({ level }) => level >= ERROR))).toEqual([]);
  // who starts while the database is away ends at once; who was at work never does
  expect(workers.flatMap(({ deaths }) => deaths.filter(({ working }) => working))).toEqual([]);
});

async function firstHarvest(): Promise<void> {
  asked.clear();
  const restarts = [choice.between(50, 80), choice.between(110, 150)] as const;
  const [hits] = await Promise.all([
    killAll(planKills(choice, KILLS, LAST_KILL_PAGE, workers.length), scene()),
    restartDatabase(restarts[0], "orderly"),
    restartDatabase(restarts[1], "immediate"),
    harvestUntilEnded(() => true),
  ]);
  const harvesting = hits.filter((hit) => hit.harvesting).length;
  tell(`${hits.length} kills, ${harvesting} of them while the victim harvested`);
  expect(hits).toHaveLength(KILLS);
  expect(hits.filter(({ pages }) => pages >= PAGES)).toEqual([]);
  expect(harvesting).toBeGreaterThanOrEqual(KILLS / 3);

  expect(undisturbed.records).toHaveLength(RECORDS);
  expect(differences(await recordsOf(db), undisturbed.records)).toEqual([]);
  expect(await takeWrites(db)).toEqual({ source_record: [RECORDS, RECORDS], record: [RECORDS, RECORDS] });
  const [first, ...later] = await runsSince(0);
  expect(first).toEqual(ledgerOf(undisturbed.run));
  expect(first).toMatchObject({ outcome: "complete", pages: PAGES, received: RECORDS, added: RECORDS, changed: 0 });
  expect(later.filter((run) => run.received > 0)).toEqual([]);
}

/** Everything is asked for once more, a few records have changed, and the last kill falls when the run is being closed. */
async function everythingAgain(): Promise<void> {
  const before = await stampsOf(db);
  const last = (await latestRun())?.run_id ?? 0;
  const changed = choice.pickSome(
    items.filter(({ deleted }) => !deleted),
    CHANGED,
  );
  const identifiers = changed.map(({ identifier }) => identifier).toSorted();
  server.replaceItems(
    sample,
    items.map((item) => (changed.includes(item) ? retitled(item) : item)),
  );
  await updateRepository(db, repositoryId, { full_due_at: new Date(0) });
  asked.clear();
  const kills = [...planKills(choice, KILLS_AGAIN, LAST_KILL_PAGE, workers.length), AT_THE_END];
  const [hits] = await Promise.all([
    killAll(kills, scene()),
    harvestUntilEnded((run) => run.run_id > last && run.full_list),
  ]);
  tell(
    `everything again: ${hits.length} kills, ${hits.filter((hit) => hit.harvesting).length} while the victim harvested`,
  );

  const after = await stampsOf(db);
  expect(after.size).toBe(RECORDS);
  expect(
    [...after]
      .filter(([key, stamp]) => before.get(key) !== stamp)
      .map(([key]) => key)
      .toSorted(),
  ).toEqual(identifiers);
  expect(await takeWrites(db)).toEqual({ source_record: [CHANGED, CHANGED], record: [CHANGED, CHANGED] });
  const full = (await runsSince(last)).filter(({ received }) => received > 0);
  const ledger = { outcome: "complete", received: RECORDS, added: 0, changed: CHANGED, unchanged: RECORDS - CHANGED };
  expect(full).toEqual([expect.objectContaining(ledger)]);
}

function retitled(item: SampleItem): SampleItem {
  const [metadata = ""] = Object.values(item.metadata);
  return { ...item, metadata: { oai_dc: metadata.replace("<dc:title>", "<dc:title>Bản mới: ") } };
}

/** The first few lines that one has and the other has not. */
function differences(some: readonly string[], others: readonly string[]): readonly string[] {
  const [left, right] = [new Set(some), new Set(others)];
  return [...some.filter((line) => !right.has(line)), ...others.filter((line) => !left.has(line))].slice(0, 4);
}

async function runsSince(runId: number) {
  const runs = await listRuns(db, repositoryId, 100);
  return runs
    .filter(({ run_id }) => run_id > runId)
    .map(ledgerOf)
    .toReversed();
}

function ledgerOf({ outcome, failure, pages, received, added, changed, unchanged, rejected, repeated, deleted }: Run) {
  return { outcome, failure, pages, received, added, changed, unchanged, rejected, repeated, deleted };
}
