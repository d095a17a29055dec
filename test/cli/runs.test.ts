import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addRepository } from "../../src/store/repositories.ts";
import { saveFailedRun } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runCliHere } from "./run-cli-here.ts";
import { runReported } from "./run-reported.ts";

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => await database.close());

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });

async function add(code: string, platform: string | null = null): Promise<number> {
  const row = { code, name: code, base_url: `https://${code}.example.edu.vn/oai`, platform };
  return (await addRepository(database.db, row)).repository_id;
}

/** A run that the repository's server broke off, with two ranges and twelve records missing. */
async function partialRun(repositoryId: number): Promise<void> {
  const windows = [
    { from: "2024-01-01", until: "2024-03-31", why: "HTTP 503", diagnosis: "busy" },
    { from: "2025-06-01", until: null, why: "not read to its end", diagnosis: null },
  ];
  const identifiers = Array.from({ length: 12 }, (_, index) => `oai:kho:${index + 1}`);
  await database.pool.query(
    `INSERT INTO harvest_run (repository_id, trigger, metadata_prefix, started_at, finished_at, outcome, diagnosis, failure,
       received, added, changed, unchanged, rejected, repeated, deleted, complete_list_size, missing)
     VALUES ($1, 'schedule', 'oai_dc', '2026-11-24T18:20:00Z', '2026-11-24T18:22:13Z', 'partial', 'busy', 'HTTP 503 six times',
       12000, 9000, 900, 1990, 100, 10, 12, 45310, $2)`,
    [repositoryId, JSON.stringify({ windows, identifiers })],
  );
}

describe("lienthong runs", () => {
  test("shows the latest run of each repository, the newest first, as one funnel, and why it is not complete", async () => {
    const [kho, hong] = [await add("kho"), await add("hong")];
    await saveFailedRun(database.db, kho, "schedule", "an older one");
    await partialRun(kho);
    await saveFailedRun(database.db, hong, "schedule", "hong.example.edu.vn is unknown");
    const { code, stdout } = await lienthong("runs");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^repository +run +began +outcome +received +stored +new +changed +unchanged +rejected +repeated +deleted\nhong /,
    );
    expect(stdout).toMatch(/\nkho +2 +2026-11-24 18:20Z +partial +12,000 +11,890 +9,000 +900 +1,990 +100 +10 +12\n/);
    expect(stdout).toContain("\nhong, run 3: hong.example.edu.vn is unknown\n");
    expect(stdout).not.toContain("an older one");
  });

  test("of one repository shows its latest ones", async () => {
    const kho = await add("kho");
    for (const failure of ["first", "second"]) await saveFailedRun(database.db, kho, "person", failure);
    const { stdout } = await lienthong("runs", "kho");
    expect(stdout).toMatch(/\nkho +2 .*\nkho +1 .*\nkho, run 2: second\nkho, run 1: first\n$/);
    const json = JSON.parse((await lienthong("runs", "kho", "--json")).stdout);
    expect(json).toMatchObject([
      { code: "kho", run_id: 2 },
      { run_id: 1, failure: "first" },
    ]);
  });
});

describe("lienthong runs show", () => {
  test("tells the funnel, why, what is missing by name, and what to do, also in the repository's own software", async () => {
    await partialRun(await add("kho", "dspace"));
    const finished = await lienthong("runs", "show", "kho");
    expect(finished.code).toBe(0);
    expect(finished.stdout).toMatch(
      /^kho: partial\nrun 1, harvest of oai_dc, on schedule, began 2026-11-24 18:20Z, took 2 min 13 s\n/,
    );
    expect(runReported(finished)).toMatchObject({
      received: "12,000",
      stored: "11,890",
      deleted: "12",
      repeated: "10",
    });
    expect(finished.stdout).toMatch(/^received +12,000 {2}of 45,310 promised$/m);
    const lines = finished.stdout.split("\n");
    expect(lines).toContain("why      HTTP 503 six times");
    expect(lines).toContain("missing  2024-01-01 to 2024-03-31: HTTP 503");
    expect(lines).toContain("missing  2025-06-01 to now: not read to its end");
    expect(finished.stdout).toMatch(/^missing {2}oai:kho:1, .*, oai:kho:10 and 2 more$/m);
    expect(finished.stdout).toMatch(/^advice +The server says that it is busy/m);
    expect(finished.stdout).toMatch(/^advice +DSpace: Run \[dspace\]\/bin\/dspace oai import -c/m);
  });

  test("takes the number of a run, and says where there is none", async () => {
    const kho = await add("kho");
    await saveFailedRun(database.db, kho, "person", "first");
    await partialRun(kho);
    expect((await lienthong("runs", "show", "kho", "1")).stdout).toMatch(/^why +first$/m);
    const { code, stderr } = await lienthong("runs", "show", "kho", "7");
    expect([code, stderr]).toEqual([1, 'lienthong: "kho" has no run 7; `lienthong runs kho` shows its latest ones\n']);
  });
});
