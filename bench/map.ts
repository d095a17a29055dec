import { incomingNamed } from "../mappings/index.ts";
import { textTable } from "../src/cli/text-table.ts";
import { readMetadata } from "../src/client/records.ts";
import { applyCrosswalk } from "../src/crosswalk/apply.ts";
import { generatedItems } from "../src/demo/generated-items.ts";
import { writeRecord } from "../src/demo/ordered-items.ts";
import { toStored } from "../src/record/common-record.ts";
import type { BenchOptions } from "./main.ts";
import { median } from "./measure.ts";

const CASES = [
  { crosswalk: "oai-dc", prefix: "oai_dc", bar: 8_000 },
  { crosswalk: "dspace-oai-dc", prefix: "oai_dc", bar: 8_000 },
  { crosswalk: "marc21", prefix: "marcxml", bar: 2_500 },
] as const;

/** V8 compiles beside the first ten thousand records, and what that costs is counted: a harvest is longer than that. */
const WARM_UP_RUNS = 4;

/** Prints how many records a second of CPU parses, and parses and maps. */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const items = generatedItems(records).filter(({ deleted }) => !deleted);
  const rows = CASES.map(({ crosswalk: id, prefix, bar }) => {
    const crosswalk = incomingNamed(id);
    if (crosswalk === null) throw new Error(`there is no crosswalk ${id}`);
    const raws = items.map((item) => writeRecord(item, prefix));
    const bytes = raws.reduce((sum, raw) => sum + Buffer.byteLength(raw), 0) / raws.length;
    const parse = (raw: string) => readMetadata(raw).element !== null;
    const map = (raw: string) => {
      const metadata = readMetadata(raw).element;
      if (metadata === null) return false;
      const { record } = applyCrosswalk(crosswalk, metadata, { identifier: "oai:bench:1", defaultAccessRights: null });
      return Object.keys(toStored(record)).length > 0;
    };
    const parsed = perCpuSecond(raws, runs, parse);
    const mapped = perCpuSecond(raws, runs, map);
    return [id, Math.round(bytes), Math.round(parsed), Math.round(mapped), (parsed / mapped).toFixed(2), `≥ ${bar}`];
  });
  process.stdout.write(`${records} records, median of ${runs} runs; records per CPU-second\n\n`);
  process.stdout.write(textTable(["crosswalk", "bytes", "parse", "parse + map", "parse : both", "bar"], rows));
}

/** The median of the runs that come after those for the compiler. */
function perCpuSecond(raws: readonly string[], runs: number, work: (raw: string) => boolean): number {
  const speeds = Array.from({ length: WARM_UP_RUNS + runs }, () => {
    const before = process.cpuUsage();
    if (!raws.every(work)) throw new Error("a record of the bench cannot be mapped");
    const { user, system } = process.cpuUsage(before);
    return (raws.length * 1e6) / (user + system);
  });
  return median(speeds.slice(WARM_UP_RUNS));
}
