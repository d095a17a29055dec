import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { beginBucket } from "../../src/export/bucket.ts";
import { bucketPlace } from "../../src/export/bucket-place.ts";
import { beginFolder } from "../../src/export/folder.ts";
import { folderPlace } from "../../src/export/folder-place.ts";
import type { Manifest } from "../../src/export/manifest.ts";
import { type DumpPlan, dumpWhenDue } from "../../src/jobs/nightly-dump.ts";
import { createLogger } from "../../src/logger.ts";
import { readHealthNumbers } from "../../src/store/health.ts";
import { readJobs } from "../../src/store/jobs-view.ts";
import { dump, makeWorkplace, manifestIn, type Workplace } from "../export/dump.ts";
import { KEY, type StandIn, startStandIn } from "../export/object-store.ts";
import { addSource, BASE_URL, publish, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const RECORDS = 3;
const HALF_HOUR_MS = 30 * 60_000;
const NEVER = new AbortController().signal;
let database: TestDatabase;
let workplace: Workplace;
let store: StandIn;
let lines: { readonly level: number; readonly msg: string; readonly [name: string]: unknown }[];

beforeAll(async () => {
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example/oai");
  await publish(database.db, source, sampleRecords(source, 1, RECORDS), new Date("2026-01-02T03:04:05Z"));
});
beforeEach(async () => {
  workplace = makeWorkplace();
  store = await startStandIn();
  lines = [];
});
afterEach(async () => {
  await database.pool.query("DELETE FROM dump");
  workplace.remove();
  await store.close();
});
afterAll(async () => {
  await database.close();
});

/** 04:00 in Vietnam on that day of November 2026. */
const night = (day: number) => new Date(Date.UTC(2026, 10, day - 1, 21));
const folder = () => join(workplace.path, "dumps");

function planInto(kind: "folder" | "bucket", changes: Partial<DumpPlan> = {}): DumpPlan {
  const access = { ...KEY, endpoint: store.endpoint, firstRetryMs: 1 };
  const place = kind === "folder" ? folderPlace(folder()) : bucketPlace("s3://dumps/dem", access);
  const begin = (address: string) => (kind === "folder" ? beginFolder(address) : beginBucket(address, access));
  const make = async (address: string) => void (await dump(database.db, "", { begin: () => begin(address) }));
  return { at: "03:30", keep: 2, place, baseUrl: BASE_URL, make, ...changes };
}

async function tick(plan: DumpPlan, now: Date, signal = NEVER): Promise<void> {
  const log = createLogger("info", { write: (line: string) => void lines.push(JSON.parse(line)) });
  await dumpWhenDue({ db: database.db, log }, plan, now, signal);
}

/** What lies below the place, by the names of its dumps and of what is beside them. */
function names(kind: "folder" | "bucket"): readonly string[] {
  if (kind === "folder") return existsSync(folder()) ? readdirSync(folder()).toSorted() : [];
  return [...new Set([...store.objects.keys()].map((name) => name.split("/")[2] ?? ""))].toSorted();
}

/** As if the latest attempt had ended so long before. */
async function endedBefore(now: Date, passedMs: number): Promise<void> {
  await database.pool.query("UPDATE dump SET finished_at = $1", [new Date(now.getTime() - passedMs)]);
}

const jobs = async () => (await readJobs(database.db, 10)).dumps;
async function metric(name: string): Promise<number | undefined> {
  return (await readHealthNumbers(database.db, database.db)).find((number) => number.name === `lienthong_dump_${name}`)
    ?.value;
}
const whole = (day: string): Manifest =>
  store.objects.has(`dumps/dem/${day}/manifest.json`)
    ? JSON.parse(String(store.objects.get(`dumps/dem/${day}/manifest.json`)))
    : manifestIn(join(folder(), day));

describe.each(["folder", "bucket"] as const)("into a %s", (kind) => {
  const latest = kind === "folder" ? "latest" : "latest.json";

  test("a dump is made in its night and not before, once, and is found as the latest", async () => {
    const plan = planInto(kind);
    await tick(plan, new Date("2026-11-28T20:29:00Z"));
    expect(names(kind)).toEqual([]);
    await tick(plan, night(29));
    await tick(plan, night(29));
    expect(lines.map(({ msg }) => msg)).toEqual(["dump started", "dump finished"]);
    expect(names(kind)).toEqual(["2026-11-29", latest]);
    const { records, horizon, files } = whole("2026-11-29");
    expect(records).toBe(RECORDS);
    if (kind === "folder") expect(readlinkSync(join(folder(), "latest"))).toBe("2026-11-29");
    else
      expect(JSON.parse(String(store.objects.get("dumps/dem/latest.json")))).toEqual({
        dump: "2026-11-29",
        manifest: "2026-11-29/manifest.json",
        horizon,
      });
    expect(await jobs()).toMatchObject([
      { latest: { day: "2026-11-29", state: "whole", attempts: 1, note: null }, whole: { records: RECORDS } },
    ]);
    expect(await metric("records")).toBe(RECORDS);
    expect(await metric("bytes")).toBe(files.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(await metric("failed")).toBe(0);
    expect(Date.now() / 1000 - ((await metric("whole_timestamp_seconds")) ?? 0)).toBeLessThan(60);
    expect(await metric("seconds")).toBeLessThan(60);
  });

  test("as many are kept as is wished, and old ones go only when a new one is whole", async () => {
    const plan = planInto(kind);
    for (const day of [26, 27]) await tick(plan, night(day));
    const failing = { ...plan, make: async () => await Promise.reject(new Error("the disk is full; make room")) };
    await tick(failing, night(28));
    expect(names(kind)).toEqual(["2026-11-26", "2026-11-27", latest]);
    await tick(plan, night(29));
    expect(names(kind)).toEqual(["2026-11-27", "2026-11-29", latest]);
    expect(lines.at(-1)).toMatchObject({ msg: "old dumps removed", removed: ["2026-11-26"] });
    await tick(plan, night(30));
    expect(names(kind)).toEqual(["2026-11-29", "2026-11-30", latest]);
  });

  test("one that fails says why and what to do, is tried again after half an hour, and at last the next night", async () => {
    const failing = planInto(kind, {
      make: async () => await Promise.reject(new Error("the disk is full; make room")),
    });
    await tick(failing, night(29));
    const [started, failed, ...more] = lines;
    expect([started?.msg, more]).toEqual(["dump started", []]);
    expect(failed).toMatchObject({
      level: 50,
      msg: "dump failed; it is tried again in half an hour",
      day: "2026-11-29",
    });
    expect(failed?.err).toMatchObject({ message: "the disk is full; make room" });
    expect(await jobs()).toMatchObject([
      { latest: { state: "failed", failure: "the disk is full; make room" }, whole: null },
    ]);
    expect(await metric("failed")).toBe(1);
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      for (const passed of [HALF_HOUR_MS - 1, HALF_HOUR_MS]) {
        await endedBefore(night(29), passed);
        await tick(failing, night(29));
        if (passed < HALF_HOUR_MS) expect((await jobs())[0]?.latest.attempts).toBe(attempt - 1);
      }
    }
    expect(lines.filter(({ msg }) => msg === "dump started")).toHaveLength(4);
    expect(lines.at(-1)?.msg).toMatch(/^dump failed; the next night tries again/);
    await tick(planInto(kind), night(30));
    expect(whole("2026-11-30").records).toBe(RECORDS);
    expect(await metric("failed")).toBe(0);
  });

  test("one that is there already is taken as it is, and one of another feed is not", async () => {
    const plan = planInto(kind);
    await plan.make(plan.place.addressOf("2026-11-29"), NEVER);
    await tick({ ...plan, make: async () => await Promise.reject(new Error("not needed")) }, night(29));
    expect(await jobs()).toMatchObject([{ latest: { state: "whole" }, whole: { records: RECORDS } }]);
    await plan.make(plan.place.addressOf("2026-11-30"), NEVER);
    await tick({ ...plan, baseUrl: "https://other.example/oai" }, night(30));
    expect((await jobs())[0]?.latest.failure).toContain("a dump is there already");
  });

  test("one whose process went away without a word is made anew, by whoever is there", async () => {
    const plan = planInto(kind);
    await database.pool.query(
      "INSERT INTO dump (target, day, state, attempts, owner) VALUES ($1, '2026-11-29', 'running', 1, 'may-9 x 7 y')",
      [plan.place.target],
    );
    expect(await jobs()).toMatchObject([{ latest: { state: "running", worker: "may-9 7" } }]);
    await tick(plan, night(29));
    expect((await jobs())[0]?.latest).toMatchObject({
      state: "failed",
      failure: expect.stringContaining("without a word"),
    });
    await endedBefore(night(29), HALF_HOUR_MS);
    await tick(plan, night(29));
    expect((await jobs())[0]?.latest).toMatchObject({ state: "whole", attempts: 2 });
  });
});

test("of any number of processes one makes it", async () => {
  let made = 0;
  const counting = planInto("folder");
  const plan = {
    ...counting,
    make: async (address: string, signal: AbortSignal) => {
      made += 1;
      await counting.make(address, signal);
    },
  };
  await Promise.all(Array.from({ length: 5 }, () => tick(plan, night(29))));
  expect(made).toBe(1);
});

test("one that is stopped is no failure, and is made as soon as a process is there again", async () => {
  const stop = new AbortController();
  const plan = planInto("folder");
  const stopped = {
    ...plan,
    make: async () => {
      stop.abort();
      await Promise.reject(new Error("the export was stopped"));
    },
  };
  await tick(stopped, night(29), stop.signal);
  expect(await metric("failed")).toBe(0);
  await tick(plan, night(29));
  expect(await jobs()).toMatchObject([{ latest: { state: "whole", attempts: 1 } }]);
  expect(lines.filter(({ level }) => level > 30)).toEqual([]);
});

describe("nothing of others is ever removed", () => {
  /** Everything in the folder as it was long ago. */
  function makeOld(path: string): void {
    const then = new Date(Date.now() - 13 * 3_600_000);
    for (const name of lstatSync(path).isDirectory() ? readdirSync(path) : []) makeOld(join(path, name));
    utimesSync(path, then, then);
  }
  function write(...parts: readonly string[]): void {
    const path = join(folder(), ...parts);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "x");
  }

  test("of folders: what has another name, holds another file, or is of another feed; what is dead is removed", async () => {
    const plan = planInto("folder", { keep: 1 });
    await tick(plan, night(24));
    await tick(planInto("folder", { keep: 9 }), night(25));
    await plan.make(plan.place.addressOf("2026-11-23"), NEVER);
    await dump(database.db, join(folder(), "2026-11-22"), { baseUrl: "https://other.example/oai" });
    await dump(database.db, join(folder(), "2026-11-21"), { setSpec: "inst:kho" });
    await dump(database.db, join(folder(), "release-1"));
    write("2026-11-25", "notes.txt");
    write("2026-11-20", "records.jsonl.gz");
    write("README");
    write("2026-11-19.partial-0a1b2c3d", "records.jsonl.gz");
    write("2026-11-19.partial-0a1b2c3d", "marc21.mrc.zst");
    write("2026-11-18.partial-0a1b2c3d", "thesis.docx");
    write("mine.partial-0a1b2c3d", "records.jsonl.gz");
    makeOld(folder());
    write("2026-11-17.partial-0a1b2c3d", "records.jsonl.gz");
    await tick(plan, night(29));
    expect(names("folder")).toEqual([
      "2026-11-17.partial-0a1b2c3d",
      "2026-11-18.partial-0a1b2c3d",
      "2026-11-20",
      "2026-11-21",
      "2026-11-22",
      "2026-11-25",
      "2026-11-29",
      "README",
      "latest",
      "mine.partial-0a1b2c3d",
      "release-1",
    ]);
    expect(readdirSync(join(folder(), "2026-11-25"))).toContain("records.jsonl.gz");
    expect((await jobs())[0]?.latest.note).toMatch(
      /2026-11-25: it holds a file that is none of the dump \(notes\.txt\)/,
    );
    expect(lines.at(-1)).toMatchObject({ level: 40, msg: expect.stringMatching(/^the dump is whole, but/) });
    rmSync(join(folder(), "2026-11-25", "notes.txt"));
    await tick(plan, night(30));
    expect(names("folder")).not.toContain("2026-11-25");
    expect((await jobs())[0]?.latest).toMatchObject({ state: "whole", note: null });
  });

  test("a folder that is called latest stays, and is told; old dumps are cleared away all the same", async () => {
    mkdirSync(join(folder(), "latest"), { recursive: true });
    await tick(planInto("folder", { keep: 1 }), night(28));
    await tick(planInto("folder", { keep: 1 }), night(29));
    expect(names("folder")).toEqual(["2026-11-29", "latest"]);
    expect((await jobs())[0]?.latest).toMatchObject({ state: "whole", note: expect.stringContaining("it is no link") });
    expect(lstatSync(join(folder(), "latest")).isDirectory()).toBe(true);
  });

  test("of objects: what is beside the files of a dump, and dumps that were not begun here; what is broken is removed", async () => {
    const plan = planInto("bucket", { keep: 1 });
    await tick(plan, night(24));
    await plan.make(plan.place.addressOf("2026-11-23"), NEVER);
    for (const name of ["2026-11-24/notes.txt", "README"]) store.objects.set(`dumps/dem/${name}`, Buffer.from("x"));
    const failing = { ...plan, make: async () => await Promise.reject(new Error("cut")) };
    for (const day of [25, 26]) await tick(failing, night(day));
    const foreign = ["2026-11-26/manifest.json", "2026-11-26/records.jsonl.gz"];
    for (const name of foreign) store.objects.set(`dumps/dem/${name}`, Buffer.from('{"manifestVersion":2}'));
    store.objects.set("dumps/dem/2026-11-25/records.jsonl.gz", Buffer.from("half"));
    await tick(plan, night(29));
    const left = [...store.objects.keys()].map((name) => name.replace("dumps/dem/", ""));
    expect(left.filter((name) => name.startsWith("2026-11-24"))).toEqual(["2026-11-24/notes.txt"]);
    expect(left.filter((name) => name.startsWith("2026-11-25"))).toEqual([]);
    expect(left).toEqual(expect.arrayContaining(["README", "2026-11-23/manifest.json", ...foreign]));
    // and nobody looks there again
    store.requests.length = 0;
    await tick(plan, night(30));
    expect(store.requests.filter((request) => /2026-11-2[45]/.test(request))).toEqual([]);
  });
});
