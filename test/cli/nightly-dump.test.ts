import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { lengthenFeed } from "../../bench/fill-feed.ts";
import { readDumps } from "../../src/store/dumps.ts";
import { makeWorkplace, type Workplace } from "../export/dump.ts";
import { KEY, startStandIn } from "../export/object-store.ts";
import { addSource, publish, sampleRecord, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { sharedProgram } from "../support/shared-program.ts";

// processes are started and stopped; a busy machine takes its time
vi.setConfig({ testTimeout: 120_000 });

const RECORDS = 1_500;
const POLL_MS = 10;
/** One record of a hundred is deleted. */
const LIVE = RECORDS - RECORDS / 100;
let database: TestDatabase;
let workplace: Workplace;
let running: ChildProcess[];

beforeAll(async () => {
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example/oai");
  const records = sampleRecords(source, 1, 99);
  const deleted = sampleRecord(source, 100, { deletedReason: "sweep" });
  await publish(database.db, source, [...records, deleted], new Date("2026-01-02T03:04:05Z"));
  await lengthenFeed(database.pool, RECORDS);
  await database.pool.query(`
    UPDATE record SET published = published || jsonb_build_object('descriptions', jsonb_build_array(jsonb_build_object(
      'type', 'abstract', 'value', (SELECT string_agg(md5(random()::text || record_id || part), ' ') FROM generate_series(1, 30) part))))`);
});
beforeEach(() => {
  workplace = makeWorkplace();
  running = [];
});
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  await database.pool.query("DELETE FROM dump");
  workplace.remove();
});
afterAll(async () => {
  await database.close();
});

/** Vietnam's clock; a dump that is due at this minute is due for six hours. */
const wall = () => new Date(Date.now() + 7 * 3_600_000).toISOString();
const [AT, DAY] = [wall().slice(11, 16), wall().slice(0, 10)];
const folder = () => join(workplace.path, "dumps");

interface Worker {
  readonly child: ChildProcess;
  readonly messages: () => readonly string[];
  readonly ended: Promise<unknown[]>;
}

/** A worker that harvests nothing and makes the dump. */
async function startWorker(settings: Readonly<Record<string, string>>): Promise<Worker> {
  const environment = { DATABASE_URL: database.url, HARVEST_WORKERS: "0", EXPORT_AT: AT, ...settings };
  const child = (await sharedProgram()).start(["worker"], environment);
  running.push(child);
  const messages: string[] = [];
  createInterface(child.stdout).on("line", (line) => messages.push((JSON.parse(line) as { msg: string }).msg));
  return { child, messages: () => messages, ended: once(child, "close") };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

const latest = async () => (await readDumps(database.db))[0]?.latest;
const names = () => (existsSync(folder()) ? readdirSync(folder()) : []);
/** Whether an export has written something, and is not finished. */
const isUnderWay = () =>
  names()
    .filter((name) => name.includes(".partial-"))
    .some((name) => readdirSync(join(folder(), name)).some((file) => statSync(join(folder(), name, file)).size > 0));

test("of two workers one makes the dump, in an object store, at the lowest priority", async () => {
  const store = await startStandIn();
  const settings = {
    EXPORT_TO: "s3://dumps/dem",
    AWS_ENDPOINT_URL: store.endpoint,
    AWS_ACCESS_KEY_ID: KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
    AWS_REGION: KEY.region,
    TMPDIR: workplace.path,
  };
  const workers = [await startWorker(settings), await startWorker(settings)];
  await until(() => readdirSync(workplace.path).some((name) => name.startsWith("lienthong-export-")));
  if (process.platform === "linux") expect(niceOfChildren(workers)).toEqual([19]);
  await until(async () => (await latest())?.state === "whole");
  await until(() => store.objects.has("dumps/dem/latest.json"));
  for (const { child } of workers) child.kill("SIGTERM");
  expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual(Array(2).fill([0, null]));
  const manifest = JSON.parse(String(store.objects.get(`dumps/dem/${DAY}/manifest.json`)));
  expect(manifest).toMatchObject({ records: LIVE, set: null });
  const said = workers.flatMap(({ messages }) => messages().filter((msg) => msg.startsWith("dump ")));
  expect(said).toEqual(["dump started", "dump finished"]);
  expect(readdirSync(workplace.path)).toEqual([]);
  await store.close();
});

test("a worker that is told to stop ends the dump in time, and leaves nothing of it", async () => {
  const { child, ended, messages } = await startWorker({ EXPORT_TO: folder() });
  await until(isUnderWay);
  const told = Date.now();
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(Date.now() - told).toBeLessThan(10_000);
  expect(names()).toEqual([]);
  expect(await latest()).toMatchObject({ state: "stopped", attempts: 1 });
  expect(messages().slice(1)).toEqual([
    "dump started",
    "dump stopped; it is made anew when a process is there again",
    "stopped",
  ]);
});

test("the dump of a worker that is killed ends too, and leaves nothing", async () => {
  const { child, ended } = await startWorker({ EXPORT_TO: folder() });
  await until(isUnderWay);
  child.kill("SIGKILL");
  await ended;
  await until(() => names().length === 0);
});

/** The nice values of the processes that these have started, as Linux tells them (proc(5), /proc/pid/stat). */
function niceOfChildren(workers: readonly Worker[]): readonly number[] {
  const parents = workers.map(({ child }) => child.pid);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        // behind the name of the program, which may hold anything: state, ppid, …, and nice is the nineteenth
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
          .replace(/^.*\) /s, "")
          .split(" ");
        return parents.includes(Number(fields[1])) ? [Number(fields[16])] : [];
      } catch {
        return [];
      }
    });
}
