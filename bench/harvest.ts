import { textTable } from "../src/cli/text-table.ts";
import { startChild } from "./child.ts";
import { type BenchServer, startBenchServer } from "./database.ts";
import type { HarvestAnswer, HarvestQuestion } from "./harvester.ts";
import type { BenchOptions } from "./main.ts";
import { type Cost, median } from "./measure.ts";
import type { TargetOptions } from "./target.ts";

const PAGE_SIZES = [100, 1_000];
const HEAD = [
  "page",
  "what",
  "records/s",
  "records/CPU-s",
  "Node µs",
  "PostgreSQL µs",
  "WAL bytes",
  "peak RSS MB",
  "bar",
];
const BARS = {
  ceiling: "",
  first: "≥ 3,000/s; ≤ 300 µs each; < 200 MB",
  unchanged: "≥ 12,000/s; ≤ 100 bytes of WAL",
} as const;
const NAMES = { ceiling: "fetch and discard", first: "first harvest", unchanged: "again, unchanged" } as const;

/** Harvests theses in oai_dc end to end and prints what a record cost. */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const server = await startBenchServer();
  const target = startChild("target");
  try {
    const question: TargetOptions = { records, prefix: "oai_dc" };
    const origin = await target.ask<string>(question);
    const rows = [];
    for (const size of PAGE_SIZES) {
      rows.push(...rowsOf(size, records, await harvestTimes(server, `${origin}/${size}`, runs)));
    }
    process.stdout.write(`${records} records of oai_dc, median of ${runs} runs; costs are those of one record\n\n`);
    process.stdout.write(textTable(HEAD, rows));
  } finally {
    await target.stop();
    await server.close();
  }
}

/** One process for all runs at a page size, so that the most memory it ever had is that of this page size. */
async function harvestTimes(server: BenchServer, baseUrl: string, runs: number): Promise<readonly HarvestAnswer[]> {
  const harvester = startChild("harvester");
  const answers: HarvestAnswer[] = [];
  for (let number = 0; number < runs; number += 1) {
    const databaseUrl = await server.createDatabase();
    const question: HarvestQuestion = { databaseUrl, baseUrl, prefix: "oai_dc" };
    answers.push(await harvester.ask<HarvestAnswer>(question));
    await server.dropDatabase(databaseUrl);
  }
  await harvester.stop();
  return answers;
}

function rowsOf(size: number, records: number, answers: readonly HarvestAnswer[]): (string | number)[][] {
  const rss = Math.round(Math.max(...answers.map(({ rssMb }) => rssMb)));
  return (["ceiling", "first", "unchanged"] as const).map((part) => {
    const costs = answers.map((answer) => answer[part]);
    const middle = (value: (cost: Cost) => number) => median(costs.map(value));
    const postgres = costs.some(({ postgresUs }) => postgresUs === null) || part === "ceiling";
    return [
      String(size),
      NAMES[part],
      Math.round(middle(({ wallMs }) => (records * 1000) / wallMs)),
      Math.round(middle(({ nodeUs, postgresUs }) => (records * 1e6) / (nodeUs + (postgres ? 0 : (postgresUs ?? 0))))),
      Math.round(middle(({ nodeUs }) => nodeUs / records)),
      postgres ? "-" : String(Math.round(middle(({ postgresUs }) => (postgresUs ?? 0) / records))),
      part === "ceiling" ? "-" : String(Math.round(middle(({ walBytes }) => walBytes / records))),
      part === "ceiling" ? "-" : String(rss),
      BARS[part],
    ];
  });
}
