import { Coverage, type Found } from "../crosswalk/coverage.ts";
import { crosswalkNamed, mapInput } from "./map-crosswalk.ts";
import { eachSample, type SampleOptions } from "./map-sample.ts";
import { print, printTable } from "./run-command.ts";

const SHOWN = 20;
const EXAMPLE_LENGTH = 60;

/** `lienthong map coverage`: how much of records is understood, what no field reads, and which words no table knows. */
export async function mapCoverageCommand(
  what: string | undefined,
  options: SampleOptions & { readonly crosswalk?: string },
): Promise<void> {
  const chosen = options.crosswalk === undefined ? null : crosswalkNamed(options.crosswalk);
  const coverages = new Map<string, Coverage>();
  await eachSample(what, options, ({ identifier, metadata }) => {
    if (metadata === null) return;
    const { crosswalk, mapping } = mapInput(identifier, metadata, chosen);
    const name = `${crosswalk.id} ${crosswalk.version}`;
    const coverage = coverages.get(name) ?? new Coverage();
    coverages.set(name, coverage);
    coverage.add(metadata, mapping);
  });
  if (coverages.size === 0) print("none of the records has metadata");
  for (const [name, coverage] of coverages) printCoverage(name, coverage);
}

function printCoverage(name: string, coverage: Coverage): void {
  const { records, share } = coverage;
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  print(`${name}: ${records.toLocaleString("en")} records, ${percent(share)} of their texts are read\n`);
  const fields = coverage.fields().map(([field, count]) => [field, count, percent(count / records)]);
  printTable(["field", "records", "share"], fields);
  printFound("\nread by no field", "place", coverage.leftOver());
  printFound("\nin no table", "table", coverage.unmatched());
}

function printFound(title: string, head: string, found: readonly Found[]): void {
  print(title);
  if (found.length === 0) {
    print("nothing");
    return;
  }
  const rows = found.slice(0, SHOWN).map((each) => [each.name, each.records, shortened(each.example)]);
  printTable([head, "records", "example"], rows);
  if (found.length > SHOWN) print(`… and ${found.length - SHOWN} more`);
}

function shortened(example: string): string {
  const line = example.replace(/\s+/g, " ");
  return line.length <= EXAMPLE_LENGTH ? line : `${line.slice(0, EXAMPLE_LENGTH - 1)}…`;
}
