import { feedSetsOf } from "../mappings/feed-sets.ts";
import { incomingNamed } from "../mappings/index.ts";
import { type Cell, textTable } from "../src/cli/text-table.ts";
import { readMetadata } from "../src/client/records.ts";
import { applyCrosswalk } from "../src/crosswalk/apply.ts";
import { generatedItems } from "../src/demo/generated-items.ts";
import { writeRecord } from "../src/demo/ordered-items.ts";
import { querySetsOf, readQuerySet } from "../src/query/query-set.ts";
import { toStored } from "../src/record/common-record.ts";
import type { BenchOptions } from "./main.ts";
import { median } from "./measure.ts";

const CASES = [
  { crosswalk: "oai-dc", prefix: "oai_dc", bar: 8_000 },
  { crosswalk: "dspace-oai-dc", prefix: "oai_dc", bar: 8_000 },
  { crosswalk: "marc21", prefix: "marcxml", bar: 2_500 },
] as const;

/** As an operator might define them: a third look at all texts, a third at some, a third at none. */
const DEFINITIONS: readonly string[] = [
  "set=thesis; set=prov:79; year=2015..; ddc=61",
  "any=đồng bằng sông Cửu Long,Mekong Delta,miền Tây",
  "title=biến đổi khí hậu,climate change",
  "publisher=Đại học Cần Thơ",
  "subject=nông nghiệp,thủy sản; year=2000..2020",
  ...Array.from({ length: 5 }, (_, index) => [
    `set=type:article; year=${2000 + index}..; set!=access:metadata`,
    `any=ung thư ${index},bệnh viện,điều dưỡng`,
    `title=kinh tế số ${index},chuyển đổi số; set!=thesis:bachelor`,
  ]).flat(),
];

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
  const raws = items.map((item) => writeRecord(item, "oai_dc"));
  process.stdout.write(
    `\n${textTable(["sets that operators define", "parse + map + sets", "µs a record more"], setRows(raws, runs))}`,
  );
}

/** What sets by definition cost beside those that follow from the record. */
function setRows(raws: readonly string[], runs: number): readonly (readonly Cell[])[] {
  const owner = { code: "bench", name: "Bench", province_code: "79", library_type: "university" };
  const crosswalk = incomingNamed("oai-dc");
  if (crosswalk === null) throw new Error("there is no crosswalk oai-dc");
  let alone: number | null = null;
  return [0, 5, 20].map((count) => {
    const sets = DEFINITIONS.slice(0, count).map((condition, index) =>
      readQuerySet({ setSpec: `query:${index}`, conditions: condition.split("; ") }),
    );
    const speed = perCpuSecond(raws, runs, (raw) => {
      const metadata = readMetadata(raw).element;
      if (metadata === null) return false;
      const { record } = applyCrosswalk(crosswalk, metadata, { identifier: "oai:bench:1", defaultAccessRights: null });
      const own = feedSetsOf(owner, record);
      return own.length + querySetsOf(sets, record, own).length > 0;
    });
    alone ??= speed;
    return [count, Math.round(speed), (1e6 / speed - 1e6 / alone).toFixed(1)];
  });
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
