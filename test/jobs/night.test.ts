import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Background, startBackground } from "../../src/background.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import type { Services } from "../../src/jobs/services.ts";
import { workOnHarvest } from "../../src/jobs/slice.ts";
import { createLogger } from "../../src/logger.ts";
import { startQueue } from "../../src/queue/queue.ts";
import { readHorizon } from "../../src/store/fence.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

interface Line extends Readonly<Record<string, unknown>> {
  readonly level: number;
  readonly msg: string;
}

type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

const [INFO, WARN] = [30, 40];
/** A probe comes once a month; this is another night. */
const NOT_NOW = new Date("9999-01-01");
const sample = thesesRepository([...theses(24), thesis(25, { identifier: "" })]);
let database: TestDatabase;
let services: Services;
let lines: Line[];
let written: string[];
let servers: SampleServer[];

beforeEach(async () => {
  database = await createTestDatabase();
  [lines, written, servers] = [[], [], []];
  const log = createLogger("info", {
    write: (line: string) => {
      written.push(line);
      lines.push(JSON.parse(line));
    },
  });
  services = { ...testServices(database.db), log };
});

afterEach(async () => {
  await services.http.close();
  for (const server of servers) await server.close();
  await database.close();
});

/** A repository on a server of its own. */
async function add(code: string, intercept: Intercept = () => false): Promise<number> {
  const server = await startSampleServer([sample], { intercept });
  servers.push(server);
  const row = { code, name: code, base_url: server.baseUrl(sample), probe_due_at: NOT_NOW };
  return (await addRepository(database.db, row)).repository_id;
}

/** Lets everything be harvested that is due, as `serve` does, until `count` runs have ended. */
async function night(count: number): Promise<void> {
  const share = { harvestWorkers: 3, scheduler: true, retentionRunsDays: 400, retentionConsumersDays: 400 };
  const { db } = database;
  const store = { ...database, feed: db, feedHorizon: () => readHorizon(db), place: "a test", migrated: [] };
  const background: Background = await startBackground(share, store, services);
  while (lines.filter(({ msg }) => msg === "harvest finished").length < count)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await background.stop();
}

test("a night of ten repositories, one of them broken, reads in twenty lines", async () => {
  const codes = Array.from({ length: 9 }, (_, index) => `kho-${index + 1}`);
  for (const code of codes) await add(code);
  await add("hong", (_request, response) => {
    response.writeHead(404).end();
    return true;
  });
  await night(10);
  const of = (code: string) => lines.filter(({ repository }) => repository === code);
  // and replicas know how far they are
  const { horizon } = await database.db.selectFrom("feed_horizon").select("horizon").executeTakeFirstOrThrow();
  expect(horizon.getTime()).toBeGreaterThan(0);
  for (const code of codes) {
    const [began, ended, ...more] = of(code);
    expect(began).toMatchObject({ level: INFO, msg: "harvest started", metadataPrefix: "oai_dc", full: true });
    expect(ended).toMatchObject({
      level: INFO,
      msg: "harvest finished",
      outcome: "complete_with_rejects",
      ...{ received: 25, stored: 24, added: 24, changed: 0, unchanged: 0, rejected: 1, repeated: 0, deleted: 0 },
    });
    expect(more).toEqual([]);
  }
  expect(of("hong")).toMatchObject([
    { level: WARN, msg: "harvest finished", outcome: "failed", diagnosis: "http_error", received: 0 },
  ]);
  expect(of("hong")[0]?.failure).toMatch(/^http:\/\/127\.0\.0\.1:\d+\S* answered HTTP 404$/);
  expect(lines).toHaveLength(19);
  for (const line of written) expect(line.length).toBeLessThan(500);
});

test("a harvest that stops and goes on is two lines all the same", async () => {
  const stop = new AbortController();
  let pages = 0;
  const repositoryId = await add("kho", (request) => {
    if (request.url?.includes("ListRecords") === true && ++pages === 2) stop.abort();
    return false;
  });
  const queue = await startQueue(database.pool, services.log);
  const job = { repositoryId, trigger: "schedule" } as const;
  await workOnHarvest(services, queue, job, stop.signal);
  expect(lines.map(({ msg }) => msg)).toEqual(["harvest started"]);
  await workOnHarvest(services, queue, job, new AbortController().signal);
  await queue.stop();
  expect(lines.map(({ msg }) => msg)).toEqual(["harvest started", "harvest finished"]);
  expect(lines[1]).toMatchObject({ outcome: "complete_with_rejects", received: 25 });
});
