import type pg from "pg";
import { request } from "undici";
import { textTable } from "../src/cli/text-table.ts";
import { harvestRepository } from "../src/jobs/harvest-repository.ts";
import { databaseOn, openPool } from "../src/store/database.ts";
import { readHorizon } from "../src/store/fence.ts";
import { addRepository } from "../src/store/repositories.ts";
import { benchServices } from "./bench-services.ts";
import { type Child, startChild } from "./child.ts";
import { startBenchServer } from "./database.ts";
import type { FeedQuestion } from "./feed.ts";
import type { BenchOptions } from "./main.ts";
import { cpuOfFamily, findPostmaster, median } from "./measure.ts";
import type { TargetOptions } from "./target.ts";

/** The feed with what it takes to ask it and to see what that costs. */
interface Feed {
  readonly child: Child;
  readonly url: string;
  readonly postmaster: number | null;
}

/** CPU time in microseconds: of the server process, and of PostgreSQL. */
interface ServerCost {
  readonly nodeUs: number;
  readonly postgresUs: number;
}

const PAGE_SIZE = 100;
const REPEATS = 100;
const GETS = 500;
const FORMATS = [
  { prefix: "oai_dc", bar: "≥ 20,000" },
  { prefix: "marc21", bar: "≥ 10,000" },
] as const;

/** Fills a database with theses, serves it from a process of its own and prints what its answers cost. */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const server = await startBenchServer();
  const databaseUrl = await server.createDatabase();
  const pool = openPool(databaseUrl);
  const child = startChild("feed");
  try {
    await fill(pool, records);
    const question: FeedQuestion = { start: { databaseUrl, pageSize: PAGE_SIZE } };
    const feed = { child, url: await child.ask<string>(question), postmaster: await findPostmaster(pool) };
    await report(feed, records, runs);
  } finally {
    await child.stop();
    await pool.end();
    await server.close();
  }
}

async function report(feed: Feed, records: number, runs: number): Promise<void> {
  process.stdout.write(`${records} records, pages of ${PAGE_SIZE}, not compressed, median of ${runs} runs\n\n`);
  const lists: (string | number)[][] = [];
  const pages: string[][] = [];
  for (const { prefix, bar } of FORMATS) {
    const { lastPage } = await walk(feed.url, prefix); // the compiler's run
    const costs = await repeated(runs, () => costOf(feed, async () => void (await walk(feed.url, prefix))));
    lists.push([prefix, ...figures(costs, records), bar]);
    const first = await pageCost(feed, runs, `${feed.url}?verb=ListRecords&metadataPrefix=${prefix}`);
    const last = await pageCost(feed, runs, lastPage);
    pages.push([prefix, ms(first), ms(last), (last / first).toFixed(2), "≤ 1.3"]);
  }
  const identifiers = await someIdentifiers(feed.url);
  const singles = await repeated(runs, () => costOf(feed, () => getEach(feed.url, identifiers)));
  const [, node, postgres] = figures(singles, identifiers.length);
  const head = ["ListRecords", "records/CPU-s of the server", "Node µs a record", "PostgreSQL µs a record", "bar"];
  process.stdout.write(`${textTable(head, lists)}\n`);
  process.stdout.write(`${textTable(["page, CPU ms", "first", "last", "last : first", "bar"], pages)}\n`);
  process.stdout.write(
    textTable(["GetRecord", "Node µs", "PostgreSQL µs", "bar"], [["oai_dc", node, postgres, "≤ 1,000"]]),
  );
}

/** Harvests the target into the database and waits until the feed holds everything. */
async function fill(pool: pg.Pool, records: number): Promise<void> {
  const target = startChild("target");
  const options: TargetOptions = { records, prefix: "oai_dc" };
  const db = databaseOn(pool);
  const services = benchServices(db);
  const row = { code: "bench", name: "Bench", base_url: `${await target.ask<string>(options)}/1000` };
  const { repository_id } = await addRepository(db, row);
  const { outcome } = await harvestRepository(services, repository_id, { trigger: "person", full: true });
  if (outcome !== "complete") throw new Error(`the feed could not be filled: ${outcome}`);
  await services.http.close();
  await target.stop();
  const { rows } = await pool.query<{ last: Date }>("SELECT max(stamp) AS last FROM record");
  while ((await readHorizon(db)) < (rows[0]?.last ?? 0)) await new Promise((resolve) => setTimeout(resolve, 100));
  await pool.query("VACUUM ANALYZE");
}

async function get(url: string): Promise<string> {
  const { body, statusCode } = await request(url, { headers: { "accept-encoding": "identity" } });
  const text = await body.text();
  if (statusCode !== 200 || text.includes("<error "))
    throw new Error(`${url} answered ${statusCode}: ${text.slice(0, 500)}`);
  return text;
}

/** Reads a list to its end; gives the address of its last page. */
async function walk(base: string, prefix: string): Promise<{ readonly lastPage: string }> {
  let url = `${base}?verb=ListRecords&metadataPrefix=${prefix}`;
  for (;;) {
    const token = /<resumptionToken[^>]*>([^<\s]+)</.exec((await get(url)).slice(-2_000))?.[1];
    if (token === undefined) return { lastPage: url };
    url = `${base}?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`;
  }
}

async function getEach(base: string, identifiers: readonly string[]): Promise<void> {
  for (const identifier of identifiers) {
    await get(`${base}?verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(identifier)}`);
  }
}

async function someIdentifiers(base: string): Promise<readonly string[]> {
  const page = await get(`${base}?verb=ListIdentifiers&metadataPrefix=oai_dc`);
  const identifiers = [...page.matchAll(/<identifier>([^<]+)</g)].map(([, identifier = ""]) => identifier);
  return Array.from({ length: GETS }, (_, index) => identifiers[index % identifiers.length] ?? "");
}

/** What one page costs both processes together, in microseconds. A last page may be shorter: it is told a full one. */
async function pageCost(feed: Feed, runs: number, url: string): Promise<number> {
  const size = (await get(url)).split("</record>").length - 1;
  const costs = await repeated(runs, () =>
    costOf(feed, async () => {
      for (let round = 0; round < REPEATS; round += 1) await get(url);
    }),
  );
  const perPage = median(costs.map(({ nodeUs, postgresUs }) => nodeUs + postgresUs)) / REPEATS;
  return (perPage * PAGE_SIZE) / size;
}

async function costOf({ child, postmaster }: Feed, work: () => Promise<void>): Promise<ServerCost> {
  const postgres = () => (postmaster === null ? 0 : cpuOfFamily(postmaster));
  const [nodeBefore, postgresBefore] = [await child.ask<number>("cpu" satisfies FeedQuestion), postgres()];
  await work();
  const nodeUs = (await child.ask<number>("cpu" satisfies FeedQuestion)) - nodeBefore;
  return { nodeUs, postgresUs: postgres() - postgresBefore };
}

async function repeated(runs: number, work: () => Promise<ServerCost>): Promise<readonly ServerCost[]> {
  const costs: ServerCost[] = [];
  for (let number = 0; number < runs; number += 1) costs.push(await work());
  return costs;
}

function figures(costs: readonly ServerCost[], count: number): [number, number, number] {
  const node = median(costs.map(({ nodeUs }) => nodeUs)) / count;
  const postgres = median(costs.map(({ postgresUs }) => postgresUs)) / count;
  return [Math.round(1e6 / node), Math.round(node), Math.round(postgres)];
}

function ms(microseconds: number): string {
  return (microseconds / 1_000).toFixed(2);
}
