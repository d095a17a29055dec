import { textTable } from "../src/cli/text-table.ts";
import { writeToken } from "../src/provider/token.ts";
import { type Db, databaseOn, openPool } from "../src/store/database.ts";
import { readHorizon } from "../src/store/fence.ts";
import { TOKEN_SECRET } from "./bench-services.ts";
import { startChild } from "./child.ts";
import { startBenchServer } from "./database.ts";
import type { FeedQuestion } from "./feed.ts";
import { costOf, type Feed, getAnswer, repeated, type ServerCost } from "./feed-cost.ts";
import { deepPlace, type List, type Place, placesFrom, someLists, WHOLE } from "./feed-places.ts";
import { fillFeed, lengthenFeed } from "./fill-feed.ts";
import type { BenchOptions } from "./main.ts";
import { findPostmaster, median } from "./measure.ts";

/** So many are harvested; the others repeat them. */
const HARVESTED = 10_000;
const PAGE_SIZE = 100;
/** Pages that are read one after the other from a place on, each of them another. */
const PAGES = 100;
const GETS = 200;
const PREFIXES = ["oai_dc", "marc21"] as const;

/** Fills a long feed, serves it from a process of its own and prints what a page costs at its beginning and far behind. */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const server = await startBenchServer();
  const databaseUrl = await server.createDatabase();
  const pool = openPool(databaseUrl);
  const child = startChild("feed");
  try {
    await fillFeed(pool, Math.min(records, HARVESTED));
    await lengthenFeed(pool, records);
    const question: FeedQuestion = { start: { databaseUrl, pageSize: PAGE_SIZE } };
    const feed = { child, url: await child.ask<string>(question), postmaster: await findPostmaster(pool) };
    process.stdout.write(`${records} records, pages of ${PAGE_SIZE}, not compressed, median of ${runs} runs\n\n`);
    await reportLists(databaseOn(pool), feed, runs);
    await reportSingles(databaseOn(pool), feed, runs);
  } finally {
    await child.stop();
    await pool.end();
    await server.close();
  }
}

async function reportLists(db: Db, feed: Feed, runs: number): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const list of await someLists(db, 2 * PAGES * PAGE_SIZE)) {
    const { size, place } = await deepPlace(db, list, PAGES * PAGE_SIZE);
    for (const prefix of PREFIXES) {
      const cost = (from: Place | null) => pagesCost(db, feed, runs, { list, prefix, from });
      const [first, deep] = [await cost(null), await cost(place)];
      const ratio = ((deep.nodeUs + deep.postgresUs) / (first.nodeUs + first.postgresUs)).toFixed(2);
      rows.push([list.name, size, prefix, ...figures(first), ...figures(deep), ratio, "≤ 1.3"]);
    }
  }
  const ofPage = ["Node ms", "PostgreSQL ms"];
  const head = [
    "list",
    "records",
    "format",
    ...ofPage.map((name) => `first: ${name}`),
    ...ofPage.map((name) => `deep: ${name}`),
  ];
  process.stdout.write(`${textTable([...head, "deep : first", "bar"], rows)}\n`);
}

/** GetRecord of records that stand one behind the other. */
async function reportSingles(db: Db, feed: Feed, runs: number): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const { name, place } of [
    { name: "first", place: null },
    { name: "deep", ...(await deepPlace(db, WHOLE, PAGES * PAGE_SIZE)) },
  ]) {
    const identifiers = (await placesFrom(db, WHOLE, place, GETS)).map(({ oaiIdentifier }) => oaiIdentifier);
    const costs = await repeated(runs, () =>
      costOf(feed, async () => {
        for (const identifier of identifiers)
          await getAnswer(
            `${feed.url}?verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(identifier)}`,
          );
      }),
    );
    rows.push([name, ...figures(each(costs, identifiers.length)), "≤ 1"]);
  }
  process.stdout.write(textTable(["GetRecord", "Node ms", "PostgreSQL ms", "bar, together"], rows));
}

/** What a page costs, over many that follow each other: the same one again and again would stand in every cache. */
async function pagesCost(
  db: Db,
  feed: Feed,
  runs: number,
  { list, prefix, from }: { readonly list: List; readonly prefix: string; readonly from: Place | null },
): Promise<ServerCost> {
  const start = `${feed.url}?verb=ListRecords&${await argumentsOf(db, list, prefix, from)}`;
  await readPages(feed.url, start); // the compiler's run
  return each(await repeated(runs, () => costOf(feed, () => readPages(feed.url, start))), PAGES);
}

async function argumentsOf(db: Db, list: List, prefix: string, after: Place | null): Promise<URLSearchParams> {
  const day = (date: Date) => date.toISOString().replace(/\.\d+/, "");
  if (after === null) {
    const given = { set: list.set, from: list.from && day(list.from), until: list.until && day(list.until) };
    const filters = Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
    return new URLSearchParams([["metadataPrefix", prefix], ...filters]);
  }
  const position = { verb: "ListRecords", metadataPrefix: prefix, horizon: await readHorizon(db), after } as const;
  const rest = { set: list.set, from: list.from, until: list.until, cursor: 0, completeListSize: null };
  return new URLSearchParams({ resumptionToken: writeToken(TOKEN_SECRET, { ...position, ...rest }, new Date()) });
}

async function readPages(base: string, start: string): Promise<void> {
  let url = start;
  for (let page = 1; page < PAGES; page += 1) {
    const token = /<resumptionToken[^>]*>([^<\s]+)</.exec((await getAnswer(url)).slice(-2_000))?.[1];
    if (token === undefined) throw new Error(`the list ends at page ${page} from ${start}`);
    url = `${base}?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`;
  }
  await getAnswer(url);
}

function each(costs: readonly ServerCost[], count: number): ServerCost {
  return {
    nodeUs: median(costs.map(({ nodeUs }) => nodeUs)) / count,
    postgresUs: median(costs.map(({ postgresUs }) => postgresUs)) / count,
  };
}

function figures({ nodeUs, postgresUs }: ServerCost): [string, string] {
  return [(nodeUs / 1_000).toFixed(2), (postgresUs / 1_000).toFixed(2)];
}
