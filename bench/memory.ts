import { textTable } from "../src/cli/text-table.ts";
import { startChild } from "./child.ts";
import { type BenchServer, startBenchServer } from "./database.ts";
import type { LeanAnswer, LeanQuestion } from "./lean-harvester.ts";
import type { LongTargetOptions } from "./long-target.ts";
import type { BenchOptions } from "./main.ts";
import { median } from "./measure.ts";

/** At about 2.9 kB each, a page of 200 MB. */
const RECORDS_OF_LONG_PAGE = 70_000;
const HEAD = ["records", "page", "sent", "MB", "records/s", "RSS at start MB", "peak RSS MB", "bar"];
const BAR = "< 200 MB";

/** Harvests long lists, and one page that is as long as a list, and prints how much memory it took. */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const one = Math.min(records, RECORDS_OF_LONG_PAGE);
  const lists: readonly LongTargetOptions[] = [
    { records: one, pageSize: one, gzip: false },
    { records: one, pageSize: one, gzip: true },
    { records, pageSize: 100, gzip: true },
    { records, pageSize: 1_000, gzip: true },
  ];
  const server = await startBenchServer();
  try {
    const rows = [];
    for (const list of lists) {
      const answers: LeanAnswer[] = [];
      for (let number = 0; number < runs; number += 1) answers.push(await harvestOnce(server, list));
      rows.push(rowOf(list, answers));
    }
    process.stdout.write(`oai_dc, first harvest, each in a process of its own; the worst of ${runs} runs\n\n`);
    process.stdout.write(textTable(HEAD, rows));
  } finally {
    await server.close();
  }
}

/** In a process that does nothing else, so that the most memory it ever had is that of this harvest. */
async function harvestOnce(server: BenchServer, list: LongTargetOptions): Promise<LeanAnswer> {
  const [target, harvester] = [startChild("./long-target.ts"), startChild("./lean-harvester.ts")];
  const databaseUrl = await server.createDatabase();
  try {
    const question: LeanQuestion = { databaseUrl, baseUrl: await target.ask<string>(list) };
    const answer = await harvester.ask<LeanAnswer>(question);
    if (answer.received !== list.records)
      throw new Error(`${answer.received} of ${list.records} records were received`);
    return answer;
  } finally {
    await harvester.stop();
    await target.stop();
    await server.dropDatabase(databaseUrl);
  }
}

function rowOf({ records, pageSize, gzip }: LongTargetOptions, answers: readonly LeanAnswer[]): (string | number)[] {
  return [
    records,
    pageSize,
    gzip ? "gzip" : "identity",
    Math.round(median(answers.map(({ bytes }) => bytes)) / 1e6),
    Math.round((records * 1000) / median(answers.map(({ wallMs }) => wallMs))),
    Math.round(Math.max(...answers.map(({ atStartMb }) => atStartMb))),
    Math.round(Math.max(...answers.map(({ peakMb }) => peakMb))),
    BAR,
  ];
}
