import { writeFileSync } from "node:fs";
import { type Difference, differencesOf, mapExample, renewed } from "../../mappings/examples.ts";
import type { Mapping } from "../crosswalk/apply.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import { crosswalksIn, type Example, readExamples } from "./map-examples.ts";
import { warnIfOld, watchAndRepeat } from "./map-watch.ts";
import { print } from "./run-command.ts";

/** What `lienthong map test` is told. */
export interface MapTestOptions {
  /** Where the examples are: below `incoming/<name>/examples` of this folder. */
  readonly folder: string;
  readonly update?: true;
  readonly watch?: true;
}

/** `lienthong map test`: maps the examples beside the crosswalks; exit code 1 where one is not what is expected. */
export async function mapTestCommand(names: readonly string[], options: MapTestOptions): Promise<void> {
  const { folder, update = false, watch = false } = options;
  const crosswalks = crosswalksIn(folder, names);
  if (watch) return await watchAndRepeat(folder, names, update);
  warnIfOld(folder, crosswalks);
  let failed = 0;
  let changed = 0;
  for (const crosswalk of crosswalks) {
    const examples = readExamples(folder, crosswalk.id);
    const reports = examples.map((example) => reportOf(crosswalk, example, update));
    const passed = reports.filter((report) => report === null).length;
    print(`${crosswalk.id}: ${examples.length} examples, ${passed} passed`);
    for (const report of reports) if (report !== null) print(report.text);
    changed += reports.filter((report) => report?.written === true).length;
    failed += reports.filter((report) => report?.written === false).length;
  }
  if (changed > 0) print(changedSentence(changed));
  if (failed > 0) process.exitCode = 1;
}

function changedSentence(count: number): string {
  const what = `${count} expectation${count === 1 ? "" : "s"} written anew from what the crosswalk does, right or wrong`;
  return `${what}: a person has to read each change (git diff) against the rules in the crosswalk's README`;
}

/** `null` for an example that becomes what is expected. */
interface Report {
  readonly text: string;
  /** The expectation was written anew. */
  readonly written: boolean;
}

function reportOf(crosswalk: IncomingCrosswalk, example: Example, update: boolean): Report | null {
  const { name, expected, expectedFile } = example;
  let mapping: Mapping;
  let differences: readonly Difference[];
  try {
    mapping = mapExample(crosswalk, example.xml, expected);
    differences = differencesOf(expected, mapping);
  } catch (error) {
    // whatever the crosswalk throws is what its author wants to see, beside the other examples
    return { text: `  ${name}: ${error instanceof Error ? error.message : String(error)}`, written: false };
  }
  if (differences.length === 0) return null;
  const lines = [`  ${name}`, ...differences.flatMap(linesOf)].join("\n");
  // what breaks the schema is no expectation
  if (!update || differences.some(({ what }) => what === "schema")) return { text: lines, written: false };
  writeFileSync(expectedFile, `${JSON.stringify(renewed(expected, mapping), null, 2)}\n`);
  return { text: `${lines}\n    written: ${expectedFile}`, written: true };
}

/** One difference on its lines: what, expected, got, and where that came from. */
export function linesOf({ what, expected, got, from }: Difference): readonly string[] {
  return [
    `    ${what}`,
    `      expected  ${shown(expected)}`,
    `      got       ${shown(got)}`,
    ...(from.length === 0 ? [] : [`      from      ${from.join(", ")}`]),
  ];
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
