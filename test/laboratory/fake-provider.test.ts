import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HarvestResult, harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { sharedFolder } from "../support/shared.ts";
import { liesOf, readStore } from "./judge.ts";
import type { TruthRecord } from "./truth.ts";

const PROGRAM = `${sharedFolder ?? ""}tools/fake-provider.mjs`;
const PRESENT = sharedFolder !== null && existsSync(PROGRAM);
const ABSENT = PRESENT ? "" : "(skipped: ../shared/tools/fake-provider.mjs is not here)";
const NUMBER = 1_000;
const AT_A_TIME = 4;
const PATIENCE_MS = 300_000;
const RUNS = 3;

/** Flags of the provider; `all`: everything must come in the end, otherwise the rest must be named. */
const CASES: readonly { readonly name: string; readonly flags: readonly string[]; readonly all: boolean }[] = [
  { name: "sound", flags: [], all: true },
  { name: "gzip", flags: ["--gzip", "1"], all: true },
  { name: "503 with Retry-After", flags: ["--fail-every", "9"], all: true },
  { name: "connection cut in mid-page", flags: ["--reset-every", "5"], all: true },
  { name: "control characters", flags: ["--badxml-every", "4"], all: true },
  { name: "HTTP 500", flags: ["--http500-every", "6"], all: true },
  { name: "tokens that expire", flags: ["--expire-every", "11"], all: true },
  { name: "bytes that are no UTF-8", flags: ["--latin1-every", "4"], all: true },
  { name: "a page that repeats its token", flags: ["--loop-at", "4"], all: false },
  { name: "an empty page", flags: ["--empty-at", "3"], all: true },
  { name: "cursors that lie", flags: ["--cursor-lie", "1"], all: true },
  { name: "tokens without a date", flags: ["--token-ttl", "0"], all: true },
  { name: "pages that hang", flags: ["--stall-every", "8"], all: true },
  { name: "cut, 500 and 503", flags: ["--reset-every", "7", "--http500-every", "9", "--fail-every", "17"], all: true },
  {
    name: "bad characters, bad bytes, an empty page, gzip",
    flags: ["--badxml-every", "5", "--latin1-every", "3", "--empty-at", "2", "--gzip", "1"],
    all: true,
  },
  {
    name: "everything that passes, together",
    flags: [
      "--reset-every",
      "7",
      "--http500-every",
      "11",
      "--expire-every",
      "29",
      "--badxml-every",
      "13",
      "--cursor-lie",
      "1",
      "--empty-at",
      "6",
    ],
    all: true,
  },
];

/** What came of a case: its runs, and what is not so. */
interface Report {
  readonly results: readonly HarvestResult[];
  readonly stored: number;
  readonly lies: readonly string[];
}

let database: TestDatabase;
let truth: readonly TruthRecord[] = [];
const reports = new Map<string, Report>();

beforeAll(async () => {
  if (!PRESENT) return;
  database = await createTestDatabase();
  truth = dumpedTruth();
  const waiting = [...CASES.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [number, { name, flags }] = next;
      reports.set(name, await harvestFake(number, flags));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}, PATIENCE_MS);

afterAll(async () => {
  if (!PRESENT) return;
  await database.close();
  const lines = [...reports].map(
    ([name, { results, stored, lies }]) =>
      `${lies.length > 0 ? "LIES" : "    "} ${name}: ${results.map(({ outcome }) => outcome).join(" > ")}, ${stored}/${truth.length} ${results.at(-1)?.run.failure ?? ""}`,
  );
  process.stdout.write(`\n${lines.join("\n")}\n`);
});

describe.skipIf(!PRESENT)(`the fake provider ${ABSENT}`, () => {
  test.each(CASES)("is harvested without a lie: $name", ({ name }) => {
    expect(reports.get(name)?.lies).toEqual([]);
  });

  test.each(CASES.filter(({ all }) => all))("gives all its records: $name", ({ name }) => {
    const report = reports.get(name);
    expect(report?.results.at(-1)).toMatchObject({ outcome: "complete" });
    expect(report?.stored).toBe(NUMBER);
  });
});

async function harvestFake(number: number, flags: readonly string[]): Promise<Report> {
  const { child, baseUrl } = await startFake(flags);
  const services = testServices(database.db, { retries: 3, headersTimeoutMs: 3_000, maxWaitMs: 10_000 });
  const results: HarvestResult[] = [];
  const lies: string[] = [];
  try {
    const row = { code: `fake-${number}`, name: flags.join(" "), base_url: baseUrl, metadata_prefix: "oai_dc" };
    const { repository_id } = await addRepository(database.db, row);
    let found = await readStore(database.db, repository_id);
    while (results.length < RUNS && results.at(-1)?.outcome !== "complete") {
      const options = { trigger: "person", full: false, budgetMs: 30_000 } as const;
      const result = await harvestRepository(services, repository_id, options);
      results.push(result);
      found = await readStore(database.db, repository_id);
      lies.push(...liesOf(found, truth, result));
    }
    return { results, lies, stored: found.sources.size };
  } finally {
    await services.http.close();
    child.kill();
  }
}

async function startFake(
  flags: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly baseUrl: string }> {
  const port = await freePort();
  const args = ["--port", String(port), "--number", String(NUMBER), "--prefix", "oai_dc", "--abstract-bytes", "300"];
  const child = spawn(process.execPath, [PROGRAM, ...args, ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  await once(createInterface(child.stdout), "line");
  return { child, baseUrl: `http://127.0.0.1:${port}/oai/request` };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What the provider says it holds, with the same seed and size. */
function dumpedTruth(): readonly TruthRecord[] {
  const folder = mkdtempSync(join(tmpdir(), "lienthong-fake-"));
  try {
    const file = join(folder, "records.jsonl");
    const args = ["--number", String(NUMBER), "--prefix", "oai_dc", "--abstract-bytes", "300", "--dump", file];
    execFileSync(process.execPath, [PROGRAM, ...args]);
    return readFileSync(file, "utf8").trim().split("\n").map(truthOf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function truthOf(line: string): TruthRecord {
  const dumped = JSON.parse(line) as {
    readonly id: string;
    readonly datestamp: string;
    readonly sets: readonly string[];
    readonly deleted: boolean;
    readonly xml: string;
  };
  const { id, datestamp, sets, deleted, xml } = dumped;
  const status = deleted ? ' status="deleted"' : "";
  const setSpecs = sets.map((setSpec) => `<setSpec>${setSpec}</setSpec>`).join("");
  const header = `<header${status}><identifier>${id}</identifier><datestamp>${datestamp}</datestamp>${setSpecs}</header>`;
  return {
    identifier: id,
    instant: Date.parse(datestamp),
    deleted,
    setSpecs: sets,
    inner: deleted ? header : `${header}<metadata>${xml}</metadata>`,
    sound: true,
    title: null,
  };
}
