import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Queue, startQueue } from "../../src/queue/queue.ts";
import { beginDump, noteDump, saveFailedDump, saveWholeDump } from "../../src/store/dumps.ts";
import { readJobs } from "../../src/store/jobs-view.ts";
import { takeLease } from "../../src/store/leases.ts";
import { startRemap } from "../../src/store/remaps.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { saveFailedRun } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runCliHere } from "./run-cli-here.ts";

const HOUR_MS = 3_600_000;
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => await database.close());

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });

async function add(code: string): Promise<number> {
  const row = { code, name: code, base_url: `https://${code}.example.edu.vn/oai` };
  return (await addRepository(database.db, row)).repository_id;
}

async function withQueue(act: (queue: Queue) => Promise<unknown>): Promise<void> {
  const queue = await startQueue(database.pool, pino({ level: "silent" }));
  await act(queue);
  await queue.stop();
}

/** An open run that began two hours ago and has received 1,200 records on 12 pages. */
async function openRun(repositoryId: number): Promise<void> {
  await database.pool.query(
    `INSERT INTO harvest_run (repository_id, trigger, started_at, pages, received)
     VALUES ($1, 'schedule', now() - interval '2 hours', 12, 1200)`,
    [repositoryId],
  );
}

async function lease(repositoryId: number): Promise<void> {
  await takeLease(database.db, { repositoryId, host: `host-${repositoryId}`, owner: "may-3 pid:[9] 417 x" }, HOUR_MS);
}

const cancelRequested = async () => (await database.pool.query("SELECT cancel_requested FROM harvest_run")).rows;
const waiting = async () => (await readJobs(database.db, 10)).waitingTotal;

describe("the jobs", () => {
  test("in hand are shown with their worker, since when, pages, records and rate", async () => {
    const kho = await add("kho");
    await openRun(kho);
    await lease(kho);
    const { running } = await readJobs(database.db, 10);
    expect(running).toMatchObject([
      {
        code: "kho",
        worker: "may-3 417",
        run: { pages: 12, received: 1_200, recordsPerMinute: 10, cancelRequested: false },
      },
    ]);
  });

  test("in hand may be a remap", async () => {
    const kho = await add("kho");
    await startRemap(database.db, kho, { rules: ["oai-dc@2+0"], candidateOnly: false, total: 70 });
    await lease(kho);
    expect((await readJobs(database.db, 10)).running).toMatchObject([
      { code: "kho", run: null, remap: { state: "mapping", records: 0, total: 70 } },
    ]);
  });

  test("in hand are shown while they are still planned, though earlier runs have ended", async () => {
    const kho = await add("kho");
    await saveFailedRun(database.db, kho, "person", "no answer");
    await lease(kho);
    expect((await readJobs(database.db, 10)).running).toMatchObject([{ code: "kho", run: null }]);
  });

  test("that wait come in the order in which they will be taken up, those put off last", async () => {
    const [one, two, three] = [await add("one"), await add("two"), await add("three")];
    await withQueue(async (queue) => {
      await queue.enqueueHarvest({ repositoryId: one, trigger: "person" }, { afterSeconds: 3_600 });
      await queue.enqueueHarvest({ repositoryId: two, trigger: "schedule" });
      await queue.enqueueHarvest({ repositoryId: three, trigger: "person" });
    });
    const view = await readJobs(database.db, 2);
    expect(view.waiting.map(({ code, trigger }) => [code, trigger])).toEqual([
      ["three", "person"],
      ["two", "schedule"],
    ]);
    expect(view.waitingTotal).toBe(3);
  });

  test("that failed are the latest ended run of each repository, if it is not complete", async () => {
    const [failed, mended, gone] = [await add("failed"), await add("mended"), await add("gone")];
    for (const id of [failed, mended, gone]) await saveFailedRun(database.db, id, "person", "no answer");
    await database.pool.query(
      "INSERT INTO harvest_run (repository_id, trigger, outcome, finished_at) VALUES ($1, 'person', 'complete', now())",
      [mended],
    );
    await updateRepository(database.db, gone, { state: "retired" });
    const view = await readJobs(database.db, 10);
    expect(view.failed).toMatchObject([{ code: "failed", outcome: "failed", failure: "no answer" }]);
  });
});

describe("lienthong jobs", () => {
  test("of a database where nothing was ever queued says so", async () => {
    expect(await lienthong("jobs")).toEqual({
      code: 0,
      stdout: "nothing is being harvested, waits or went wrong\n",
      stderr: "",
    });
  });

  test("shows all three", async () => {
    const [kho, bao, hong] = [await add("kho"), await add("bao"), await add("hong")];
    await openRun(kho);
    await lease(kho);
    await withQueue((queue) => queue.enqueueHarvest({ repositoryId: bao, trigger: "schedule" }));
    await saveFailedRun(database.db, hong, "person", "kho.example.edu.vn does not answer");
    const { code, stdout } = await lienthong("jobs");
    expect(code).toBe(0);
    expect(stdout).toMatch(/being harvested:\n[^\n]*\nkho +may-3 417 +\S+ \S+ +12 +1,200 +10\n/);
    expect(stdout).toMatch(/\nwaiting:\n[^\n]*\nbao +schedule /);
    expect(stdout).toMatch(/\nhong +\S+ \S+ +failed\nhong: kho\.example\.edu\.vn does not answer\n/);
    expect(JSON.parse((await lienthong("jobs", "--json")).stdout)).toMatchObject({ waitingTotal: 1 });
  });
});

describe("lienthong jobs cancel", () => {
  test("asks the open run to end and removes what waits for that repository alone", async () => {
    const [kho, other] = [await add("kho"), await add("other")];
    await openRun(kho);
    await withQueue(async (queue) => {
      await queue.enqueueHarvest({ repositoryId: kho, trigger: "schedule" });
      await queue.enqueueHarvest({ repositoryId: kho, trigger: "person" });
      await queue.enqueueHarvest({ repositoryId: other, trigger: "schedule" });
    });
    const { code, stdout } = await lienthong("jobs", "cancel", "kho");
    expect([code, stdout]).toEqual([
      0,
      'the harvest of "kho" ends after the page in hand\n"kho" does not wait any more\n',
    ]);
    expect(await cancelRequested()).toEqual([{ cancel_requested: true }]);
    expect(await waiting()).toBe(1);
  });

  test("leaves a run that has ended as it is, and says that there is nothing to cancel", async () => {
    await saveFailedRun(database.db, await add("kho"), "person", "no answer");
    const { code, stdout } = await lienthong("jobs", "cancel", "kho");
    expect([code, stdout]).toEqual([1, 'there is nothing to cancel: "kho" is neither being harvested nor waiting\n']);
    expect(await cancelRequested()).toEqual([{ cancel_requested: false }]);
  });

  test("does not know a code that nobody registered", async () => {
    const { code, stderr } = await lienthong("jobs", "cancel", "nobody");
    expect(code).toBe(1);
    expect(stderr).toContain('there is no repository "nobody"');
  });
});

test("lienthong retention prints what it removed", async () => {
  const kho = await add("kho");
  for (const days of [500, 1])
    await database.pool.query(
      `INSERT INTO harvest_run (repository_id, trigger, outcome, finished_at)
       VALUES ($1, 'schedule', 'complete', now() - $2 * interval '1 day')`,
      [kho, days],
    );
  const { code, stdout } = await lienthong("retention");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^harvests older than 400 days +1$/m);
});

describe("the nightly dump", () => {
  const key = { target: "/srv/dumps", day: "2026-11-29" };
  const begin = async () => await beginDump(database.db, key, "may-3 pid:[9] 417 x");

  test("in hand is shown with its worker", async () => {
    await begin();
    const { stdout } = await lienthong("jobs");
    expect(stdout).toMatch(/^nightly dump:\nday .*\n2026-11-29 +\/srv\/dumps +running +may-3 417 .* 1 +never$/m);
  });

  test("that failed says why; one that is whole is told only where something is left to do", async () => {
    await begin();
    await saveFailedDump(database.db, key, "failed", "the disk is full; make room");
    expect((await lienthong("jobs")).stdout).toContain("\n2026-11-29: the disk is full; make room\n");
    await begin();
    await saveWholeDump(database.db, key, { horizon: new Date(0), records: 1, bytes: 2 });
    expect((await lienthong("jobs")).stdout).toBe("nothing is being harvested, waits or went wrong\n");
    await noteDump(database.db, key, "notes.txt is in the way");
    expect((await lienthong("jobs")).stdout).toContain("something is left to do: notes.txt is in the way");
    const { dumps } = JSON.parse((await lienthong("jobs", "--json")).stdout);
    expect(dumps).toMatchObject([
      { latest: { ...key, state: "whole", attempts: 2 }, whole: { day: key.day, records: 1 } },
    ]);
  });
});
