import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textTable } from "../src/cli/text-table.ts";
import type { Manifest } from "../src/export/manifest.ts";
import { databaseOn, openPool } from "../src/store/database.ts";
import { startChild } from "./child.ts";
import { type CommandCost, costOfCommand } from "./command-line.ts";
import { differences, harvestOn, readDump } from "./consumer.ts";
import { startBenchServer } from "./database.ts";
import type { FeedQuestion } from "./feed.ts";
import { startFeedWriters } from "./feed-writers.ts";
import { feedIsComplete, fillFeed, lengthenFeed } from "./fill-feed.ts";
import type { BenchOptions } from "./main.ts";
import { median } from "./measure.ts";

/** So many theses are mapped; the others repeat them. */
const THESES = 1_000;
const HEAD = ["records", "files", "MB written", "records/s", "CPU-s", "records/CPU-s", "peak RSS MB", "bar"];
const BAR = "< 150 MB";

/** One dump. */
interface Dump {
  readonly cost: CommandCost;
  readonly manifest: Manifest;
}

/**
 * Dumps a feed in all formats by the installed command while writers change it, prints what that took, and proves that the
 * dump and a harvest from its horizon are the database. Throws where they are not.
 */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const server = await startBenchServer();
  const folder = mkdtempSync(join(tmpdir(), "lienthong-bench-export-"));
  const databaseUrl = await server.createDatabase();
  const pool = openPool(databaseUrl);
  const db = databaseOn(pool);
  try {
    await fillFeed(pool, Math.min(THESES, records));
    await lengthenFeed(pool, records);
    const writers = startFeedWriters(db);
    const dumps: Dump[] = [];
    for (let number = 1; number <= runs; number += 1) dumps.push(await dump(databaseUrl, join(folder, String(number))));
    const written = await writers.stop();
    process.stdout.write(
      `lienthong export, all formats, gzip, beside two writers; median of ${runs} runs, of memory the worst\n\n`,
    );
    process.stdout.write(textTable(HEAD, [rowOf(records, dumps)]));
    await feedIsComplete(db);
    process.stdout.write(
      `\nmeanwhile ${written.changed} times a record was changed, and ${written.deleted} were deleted\n`,
    );
    for (const [index, { manifest }] of dumps.entries()) {
      const copy = await readDump(join(folder, String(index + 1)));
      if (copy.size !== manifest.records + manifest.deleted)
        throw new Error("the manifest tells another number of records");
      const [dumped, harvested] = [copy.size, await harvest(databaseUrl, copy, manifest.horizon)];
      const { count, some } = await differences(db, copy);
      if (count > 0) throw new Error(`the copy differs from the database in ${count} records:\n${some.join("\n")}`);
      process.stdout.write(
        `${dumped} records of dump ${index + 1}, then ${harvested} harvested from ${manifest.horizon}: ${copy.size} as in the database, no difference\n`,
      );
    }
  } finally {
    await pool.end();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function dump(databaseUrl: string, folder: string): Promise<Dump> {
  const settings = { DATABASE_URL: databaseUrl, LOG_LEVEL: "error" };
  const cost = await costOfCommand(["export", "--out", folder, "--compression", "gzip"], settings);
  return { cost, manifest: JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest };
}

/** Asks the feed, as the program serves it, for everything since `from`. */
async function harvest(databaseUrl: string, copy: Map<string, string>, from: string): Promise<number> {
  const feed = startChild("feed");
  try {
    const question: FeedQuestion = { start: { databaseUrl, pageSize: 1_000 } };
    return await harvestOn(copy, await feed.ask<string>(question), from);
  } finally {
    await feed.stop();
  }
}

function rowOf(records: number, dumps: readonly Dump[]): (string | number)[] {
  const seconds = median(dumps.map(({ cost }) => cost.wallMs)) / 1000;
  const cpuSeconds = median(dumps.map(({ cost }) => cost.cpuUs)) / 1e6;
  const bytes = median(dumps.map(({ manifest }) => manifest.files.reduce((sum, file) => sum + file.bytes, 0)));
  const peaks = dumps.flatMap(({ cost }) => (cost.peakMb === null ? [] : [cost.peakMb]));
  return [
    records,
    dumps[0]?.manifest.files.length ?? 0,
    Math.round(bytes / 1e6),
    Math.round(records / seconds),
    cpuSeconds.toFixed(1),
    Math.round(records / cpuSeconds),
    peaks.length === 0 ? "-" : Math.round(Math.max(...peaks)),
    BAR,
  ];
}
