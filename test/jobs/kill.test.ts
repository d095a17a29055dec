import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

const RECORDS = 50_000;

interface Dumped {
  readonly id: string;
  readonly deleted: boolean;
}

let database: TestDatabase;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "lienthong-kill-"));
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  await database.close();
});

test.skipIf(sharedFolder === null)(
  "a harvest of 50,000 records that is killed halfway ends with every record, deleted ones as deleted",
  { timeout: 240_000 },
  async () => {
    const truth = await dumpOf(RECORDS);
    const url = await startProvider(RECORDS);

    const first = lienthong("harvest", url);
    await pagesStored(RECORDS / 1000 / 2);
    first.kill("SIGKILL");
    await once(first, "exit");
    expect(await count("source_record")).toBeLessThan(RECORDS);

    const second = lienthong("harvest", url);
    expect(await exitCode(second)).toBe(0);

    const rows = await database.db.selectFrom("record").select(["source_identifier", "deleted"]).execute();
    const stored = new Map(rows.map((row) => [row.source_identifier, row.deleted]));
    expect(stored.size).toBe(RECORDS);
    expect(truth.filter(({ id, deleted }) => stored.get(id) !== deleted)).toEqual([]);
    expect(await count("source_record")).toBe(RECORDS);
    const runs = await database.db.selectFrom("harvest_run").select(["outcome", "received", "added"]).execute();
    expect(runs).toEqual([{ outcome: "complete", received: RECORDS, added: RECORDS }]);
  },
);

test.runIf(sharedFolder === null)(SHARED_ABSENT, () => {});

/** The truth about the records of the fake provider, as it writes it down itself. */
async function dumpOf(records: number): Promise<readonly Dumped[]> {
  const file = join(folder, "dump.jsonl");
  const writer = provider("--number", String(records), "--dump", file);
  expect(await exitCode(writer)).toBe(0);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Dumped);
}

async function startProvider(records: number): Promise<string> {
  const port = await freePort();
  const child = provider("--number", String(records), "--page", "1000", "--prefix", "oai_dc", "--port", String(port));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the provider ended with ${code}`)));
  });
  return `http://127.0.0.1:${port}/oai/request`;
}

function provider(...args: readonly string[]): ChildProcess {
  return started(spawn(process.execPath, [`${sharedFolder}tools/fake-provider.mjs`, ...args]));
}

function lienthong(...args: readonly string[]): ChildProcess {
  const environment = { ...process.env, DATABASE_URL: database.url };
  return started(spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], { env: environment }));
}

function started(child: ChildProcess): ChildProcess {
  children.push(child);
  child.stderr?.resume();
  return child;
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** Waits until the harvest has stored so many pages; the test's own time limit is the deadline. */
async function pagesStored(pages: number): Promise<void> {
  for (;;) {
    const run = await database.db.selectFrom("harvest_run").select("pages").executeTakeFirst();
    if ((run?.pages ?? 0) >= pages) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function count(table: "source_record" | "record"): Promise<number> {
  const row = await database.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
