import pg from "pg";
import { textTable } from "../src/cli/text-table.ts";
import { startChild } from "./child.ts";
import { costOfCommand } from "./command-line.ts";
import { type BenchServer, startBenchServer } from "./database.ts";
import type { LongTargetOptions } from "./long-target.ts";
import type { BenchOptions } from "./main.ts";
import { median } from "./measure.ts";

/** At about 3 kB each, a page of 200 MB. */
const RECORDS_OF_LONG_PAGE = 70_000;
const HEAD = ["records", "page", "sent as", "MB", "records/s", "peak RSS MB", "bar"];
const BAR = "< 200 MB";

/** What a harvest came to. `bytes` are those of the lists after decompression. */
interface Harvested {
  readonly received: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly peakMb: number | null;
}

/** Harvests one page that is as long as a list, and long lists, and prints how much memory the program took. */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const long = Math.min(records, RECORDS_OF_LONG_PAGE);
  const lists: readonly LongTargetOptions[] = [
    { records: long, pageSize: long, gzip: false },
    { records: long, pageSize: long, gzip: true },
    { records, pageSize: 100, gzip: true },
    { records, pageSize: 1_000, gzip: true },
  ];
  const server = await startBenchServer();
  try {
    const rows = [];
    for (const list of lists) {
      const harvests: Harvested[] = [];
      for (let number = 0; number < runs; number += 1) harvests.push(await harvest(server, list));
      rows.push(rowOf(list, harvests));
    }
    const text = `lienthong harvest, oai_dc; each in a process of its own; median of ${runs} runs, of memory the worst\n\n`;
    process.stdout.write(text + textTable(HEAD, rows));
  } finally {
    await server.close();
  }
}

async function harvest(server: BenchServer, list: LongTargetOptions): Promise<Harvested> {
  const target = startChild("long-target");
  const databaseUrl = await server.createDatabase();
  try {
    const baseUrl = await target.ask<string>(list);
    const settings = { DATABASE_URL: databaseUrl, HARVEST_DELAY_MS: "0", LOG_LEVEL: "error" };
    const { peakMb } = await costOfCommand(["harvest", baseUrl], settings);
    const harvested = { ...(await runOf(databaseUrl)), peakMb };
    if (harvested.received === list.records) return harvested;
    throw new Error(`${harvested.received} of ${list.records} records were received`);
  } finally {
    await target.stop();
    await server.dropDatabase(databaseUrl);
  }
}

/** What the database says of the only run there is. */
async function runOf(databaseUrl: string): Promise<Omit<Harvested, "peakMb">> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT received, bytes::float8, extract(epoch FROM finished_at - started_at)::float8 AS seconds FROM harvest_run",
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

function rowOf({ records, pageSize, gzip }: LongTargetOptions, harvests: readonly Harvested[]): (string | number)[] {
  const peaks = harvests.flatMap(({ peakMb }) => (peakMb === null ? [] : [peakMb]));
  return [
    records,
    pageSize,
    gzip ? "gzip" : "identity",
    Math.round(median(harvests.map(({ bytes }) => bytes)) / 1e6),
    Math.round(records / median(harvests.map(({ seconds }) => seconds))),
    peaks.length === 0 ? "-" : Math.round(Math.max(...peaks)),
    BAR,
  ];
}
