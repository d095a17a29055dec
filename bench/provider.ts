import { textTable } from "../src/cli/text-table.ts";
import { openPool } from "../src/store/database.ts";
import { startChild } from "./child.ts";
import { startBenchServer } from "./database.ts";
import type { FeedQuestion } from "./feed.ts";
import { costOf, type Feed, getAnswer, repeated, type ServerCost } from "./feed-cost.ts";
import { fillFeed } from "./fill-feed.ts";
import type { BenchOptions } from "./main.ts";
import { findPostmaster, median } from "./measure.ts";

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
    await fillFeed(pool, records);
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
  const peakKb = await feed.child.ask<number>("peak");
  process.stdout.write(`\nthe server had at most ${Math.round((peakKb * 1024) / 1e6)} MB, one reader at a time\n`);
}

/** Reads a list to its end; gives the address of its last page. */
async function walk(base: string, prefix: string): Promise<{ readonly lastPage: string }> {
  let url = `${base}?verb=ListRecords&metadataPrefix=${prefix}`;
  for (;;) {
    const token = /<resumptionToken[^>]*>([^<\s]+)</.exec((await getAnswer(url)).slice(-2_000))?.[1];
    if (token === undefined) return { lastPage: url };
    url = `${base}?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`;
  }
}

async function getEach(base: string, identifiers: readonly string[]): Promise<void> {
  for (const identifier of identifiers) {
    await getAnswer(`${base}?verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(identifier)}`);
  }
}

async function someIdentifiers(base: string): Promise<readonly string[]> {
  const page = await getAnswer(`${base}?verb=ListIdentifiers&metadataPrefix=oai_dc`);
  const identifiers = [...page.matchAll(/<identifier>([^<]+)</g)].map(([, identifier = ""]) => identifier);
  return Array.from({ length: GETS }, (_, index) => identifiers[index % identifiers.length] ?? "");
}

/** What one page costs both processes together, in microseconds. A last page may be shorter: it is told a full one. */
async function pageCost(feed: Feed, runs: number, url: string): Promise<number> {
  const size = (await getAnswer(url)).split("</record>").length - 1;
  const costs = await repeated(runs, () =>
    costOf(feed, async () => {
      for (let round = 0; round < REPEATS; round += 1) await getAnswer(url);
    }),
  );
  const perPage = median(costs.map(({ nodeUs, postgresUs }) => nodeUs + postgresUs)) / REPEATS;
  return (perPage * PAGE_SIZE) / size;
}

function figures(costs: readonly ServerCost[], count: number): [number, number, number] {
  const node = median(costs.map(({ nodeUs }) => nodeUs)) / count;
  const postgres = median(costs.map(({ postgresUs }) => postgresUs)) / count;
  return [Math.round(1e6 / node), Math.round(node), Math.round(postgres)];
}

function ms(microseconds: number): string {
  return (microseconds / 1_000).toFixed(2);
}
