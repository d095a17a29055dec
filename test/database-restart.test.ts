import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBackground } from "../src/background.ts";
import { readConfig } from "../src/config.ts";
import { type SampleServer, startSampleServer } from "../src/demo/sample-server.ts";
import { type OpenStore, openStore } from "../src/open-store.ts";
import { addRepository, updateRepository } from "../src/store/repositories.ts";
import { listRuns } from "../src/store/runs.ts";
import { theses, thesesRepository } from "./support/sample-theses.ts";
import { testServices } from "./support/services.ts";

// a server is made, killed and started again; a busy machine takes its time
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const POLL_MS = 50;
const WARN = 40;
const sample = thesesRepository(theses(25));
let folder: string;
let store: OpenStore;
let server: SampleServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lienthong-restart-"));
  // where root runs the tests, another user runs the server, and has to get here
  chmodSync(folder, 0o711);
  store = await openStore(readConfig({ DATA_FOLDER: folder }));
  server = await startSampleServer([sample]);
});

afterAll(async () => {
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Polls until it is so, and takes no answer for no; the test's own time limit is the deadline. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

/** The process of the server that this test has started, as the server wrote it down itself. */
async function postmaster(): Promise<number> {
  const { rows } = await store.pool.query<{ data_directory: string }>("SHOW data_directory");
  return Number(readFileSync(`${rows[0]?.data_directory}/postmaster.pid`, "utf8").split("\n")[0]);
}

test("a scheduler and its workers outlive a database that is killed: nobody has to act, and they go on", async () => {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const services = { ...testServices(store.db), log };
  const share = { harvestWorkers: 1, scheduler: true, retentionRunsDays: 400, retentionConsumersDays: 400 };
  const background = await startBackground(share, store, services);
  const backend = (await store.pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;

  process.kill(await postmaster(), "SIGKILL");
  await until(async () => {
    const { rows } = await store.pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    return rows[0]?.pid !== backend;
  });

  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample), schedule: "manual" };
  const { repository_id } = await addRepository(store.db, row);
  await updateRepository(store.db, repository_id, { schedule: "daily", next_due_at: new Date(0) });
  // the tick of the next full minute finds it
  await until(async () => (await listRuns(store.db, repository_id, 1))[0]?.outcome === "complete");
  await background.stop();
  await services.http.close();
  expect(lines.filter(({ level }) => level > WARN)).toEqual([]);
  expect(lines.map(({ msg }) => msg)).toContain("harvest finished");
});
