import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Agent, request } from "undici";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { addSource, publish, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";
import { startFeedServers } from "./servers.ts";

const SECONDS = Number(process.env.MANY_SECONDS ?? 0);
vi.setConfig({ testTimeout: 300_000 + SECONDS * 3_000 });

const CONSUMERS = 200;
const BEFORE = 520;
const HARVESTED = 230;
const PAUSE_MS = 2_000;
const MOST_MB = 300;
const ERROR = 50;

/** A list that a consumer has read to its end. */
interface ReadList {
  /** `null`: everything was asked for. */
  readonly from: string | null;
  readonly responseDate: string;
  readonly identifiers: readonly string[];
}

/** What all consumers met together. */
interface Met {
  readonly lists: ReadList[];
  readonly errors: string[];
  pages: number;
  refused: number;
  longestMs: number;
}

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const act of cleanup.splice(0).toReversed()) await act();
});

/**
 * Harvests everything, and then again and again what is new, until `deadline`; the list in hand is read to its end. `agent` is a
 * consumer of its own.
 */
async function harvestFeed(feed: string, agent: Agent, deadline: number, met: Met): Promise<void> {
  for (let from: string | null = null; Date.now() < deadline; ) {
    const list = await readList(feed, agent, from, met);
    met.lists.push(list);
    from = list.responseDate;
    await delay(PAUSE_MS);
  }
}

async function readList(feed: string, agent: Agent, from: string | null, met: Met): Promise<ReadList> {
  const identifiers: string[] = [];
  for (let query = `metadataPrefix=oai_dc${from === null ? "" : `&from=${from}`}`; ; ) {
    const page = await ask(`${feed}?verb=ListRecords&${query}`, agent, met);
    const error = /<error code="([^"]*)"/.exec(page)?.[1] ?? "noRecordsMatch";
    if (error !== "noRecordsMatch") throw new Error(`${error} after ${identifiers.length} records`);
    identifiers.push(...identifiersOf(page));
    const token = /<resumptionToken[^>]*>([^<]+)<\/resumptionToken>/.exec(page)?.[1];
    if (token === undefined) return { from, identifiers, responseDate: /<responseDate>([^<]*)/.exec(page)?.[1] ?? "" };
    query = `resumptionToken=${token}`;
  }
}

/** Copied: a part of a text keeps all of it in memory. */
function identifiersOf(page: string): readonly string[] {
  return [...page.matchAll(/<header>\s*<identifier>([^<]*)/g)].map(([, found = ""]) => Buffer.from(found).toString());
}

/** Comes back as often as it is told to. */
async function ask(url: string, dispatcher: Agent, met: Met): Promise<string> {
  for (;;) {
    const start = Date.now();
    const response = await request(url, { dispatcher });
    const text = await response.body.text();
    met.longestMs = Math.max(met.longestMs, Date.now() - start);
    const retryAfter = Number(response.headers["retry-after"]);
    if (response.statusCode === 200 && text.trimEnd().endsWith("</OAI-PMH>")) {
      met.pages += 1;
      return text;
    }
    if (response.statusCode !== 503 || !(retryAfter > 0)) throw new Error(`HTTP ${response.statusCode}: ${text}`);
    met.refused += 1;
    await delay(retryAfter * 1_000);
  }
}

/** Harvests a few hundred records, and under another name again, until `deadline`; lists that grew faster would not end. */
async function harvestOn({ db }: TestDatabase, deadline: number): Promise<number> {
  const sample = thesesRepository(theses(HARVESTED), 100);
  const server = await startSampleServer([sample]);
  const services = testServices(db);
  let harvests = 0;
  for (; Date.now() < deadline; harvests += 1) {
    const row = { code: `moi-${harvests + 1}`, name: "Mới", base_url: server.baseUrl(sample), schedule: "manual" };
    const { repository_id } = await addRepository(db, row);
    const { run } = await harvestRepository(services, repository_id, { trigger: "person", full: true });
    expect(run).toMatchObject({ outcome: "complete", added: HARVESTED });
    await delay(PAUSE_MS);
  }
  await services.http.close();
  await server.close();
  return harvests;
}

/** Records are only added meanwhile: a complete list has each that is stamped from its `from` up to its `responseDate`, once. */
async function incompleteLists({ pool }: TestDatabase, lists: readonly ReadList[]): Promise<readonly string[]> {
  const { rows } = await pool.query<{ identifier: string; stamp: Date }>(
    "SELECT oai_identifier AS identifier, stamp FROM record",
  );
  const stamps = new Map(rows.map(({ identifier, stamp }) => [identifier, stamp.getTime()]));
  return lists.flatMap(({ from, responseDate, identifiers }) => {
    const [first, last] = [from === null ? 0 : Date.parse(from), Date.parse(responseDate)];
    const isDue = (stamp: number | undefined) => stamp !== undefined && stamp >= first && stamp <= last;
    const due = rows.filter(({ stamp }) => isDue(stamp.getTime())).length;
    const given = new Set(identifiers.filter((identifier) => isDue(stamps.get(identifier)))).size;
    if (given === due && identifiers.length === due) return [];
    return [`${from} to ${responseDate}: ${identifiers.length} given, ${given} of ${due}`];
  });
}

/** The most memory that a process ever had (proc(5)). */
function peakMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / 1e6;
}

describe.skipIf(SECONDS === 0)("with MANY_SECONDS, while a harvest writes", () => {
  test("two hundred harvesters get complete lists, or are told when to come back", async () => {
    const database = await createTestDatabase();
    cleanup.push(database.close);
    const source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
    await publish(database.db, source, sampleRecords(source, 1, BEFORE), new Date("2024-05-06T07:08:09Z"));
    const servers = await startFeedServers([{ DATABASE_URL: database.url, OAI_PAGE_SIZE: "100" }]);
    cleanup.push(servers.stop);
    const [feed = ""] = servers.feeds;
    const met: Met = { lists: [], errors: [], pages: 0, refused: 0, longestMs: 0 };
    const deadline = Date.now() + SECONDS * 1_000;
    const consumers = Array.from({ length: CONSUMERS }, async (_, index) => {
      const agent = new Agent({ connections: 1, connect: { localAddress: `127.0.1.${index + 1}` } });
      await harvestFeed(feed, agent, deadline, met).catch((error) => met.errors.push(String(error)));
      await agent.close();
    });
    const [harvests] = await Promise.all([harvestOn(database, deadline), ...consumers]);
    const records = met.lists.reduce((sum, { identifiers }) => sum + identifiers.length, 0);
    const mb = servers.pids.map(peakMb)[0] ?? 0;
    process.stdout.write(
      `many: ${CONSUMERS} harvesters, ${SECONDS} s; ${met.lists.length} lists in ${met.pages} pages with ${records} records, ${met.refused} times 503, ${met.errors.length} errors; the longest answer took ${(met.longestMs / 1_000).toFixed(1)} s; ${harvests * HARVESTED} records harvested meanwhile; the server had at most ${mb.toFixed(0)} MB\n`,
    );
    expect(met.errors).toEqual([]);
    expect(await incompleteLists(database, met.lists)).toEqual([]);
    expect(met.lists.length).toBeGreaterThanOrEqual(CONSUMERS);
    expect(harvests).toBeGreaterThan(0);
    expect(servers.log().filter(({ level }) => level >= ERROR)).toEqual([]);
    expect(mb).toBeLessThan(MOST_MB);
  });
});
