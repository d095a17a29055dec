import { existsSync, readdirSync, readFileSync } from "node:fs";
import Value from "typebox/value";
import { describe, expect, test } from "vitest";
import { incomingCrosswalks } from "../../mappings/index.ts";
import { applyCrosswalk, type TraceLine } from "../../src/crosswalk/apply.ts";
import type { IncomingCrosswalk } from "../../src/crosswalk/crosswalk.ts";
import { type StoredRecord, toStored } from "../../src/record/common-record.ts";
import type { Issue } from "../../src/record/issue.ts";
import { commonRecordSchema } from "../../src/record/schema.ts";
import { ACCESS_RIGHTS } from "../../src/record/vocabulary.ts";
import { parseXml } from "../../src/xml/parse.ts";

/** What stands in `NN-name.expected.json`, written by hand from the rules of the crosswalk's README. */
interface Expected {
  /** The identifier in the record's header. */
  readonly identifier: string;
  readonly defaultAccessRights: string | null;
  readonly record: StoredRecord;
  readonly issues: readonly Issue[];
  /** Some of the values with the places they came from: `titles[0]` → paths. */
  readonly trace?: Readonly<Record<string, readonly string[]>>;
}

const INCOMING = new URL("../../mappings/incoming/", import.meta.url);
const MIN_EXAMPLES = 5;

describe.each(incomingCrosswalks.map((crosswalk) => [crosswalk.id, crosswalk] as const))("%s", (id, crosswalk) => {
  const folder = new URL(`${id}/examples/`, INCOMING);
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".xml"))
        .map((file) => file.slice(0, -".xml".length))
    : [];

  test(`says in a README what it does and shows it in ${MIN_EXAMPLES} examples or more`, () => {
    expect(existsSync(new URL(`${id}/README.md`, INCOMING))).toBe(true);
    expect(names.length).toBeGreaterThanOrEqual(MIN_EXAMPLES);
    expect(readdirSync(folder).sort()).toEqual(
      names.flatMap((name) => [`${name}.expected.json`, `${name}.xml`]).sort(),
    );
  });

  test.each(names)("maps example %s", (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), "utf8")) as Expected;
    const mapping = mapExample(crosswalk, readFileSync(new URL(`${name}.xml`, folder), "utf8"), expected);
    expect(toStored(mapping.record)).toEqual(expected.record);
    expect(sorted(mapping.issues)).toEqual(sorted(expected.issues));
    expect([...Value.Errors(commonRecordSchema, mapping.record)]).toEqual([]);
    expect(pathsOf(mapping.trace(), Object.keys(expected.trace ?? {}))).toEqual(expected.trace ?? {});
  });
});

function mapExample(crosswalk: IncomingCrosswalk, xml: string, expected: Expected) {
  const uri = expected.defaultAccessRights;
  const defaultAccessRights = uri === null ? null : { uri, label: ACCESS_RIGHTS[uri] ?? "" };
  return applyCrosswalk(crosswalk, parseXml(xml), { identifier: expected.identifier, defaultAccessRights });
}

/** The order of issues says nothing. */
function sorted(issues: readonly Issue[]): readonly Issue[] {
  return [...issues].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

function keyOf({ code, field, path, value }: Issue): string {
  return [code, field, path, value].join("|");
}

/** The places of the wanted values; a field that has one value needs no `[0]`. */
function pathsOf(trace: readonly TraceLine[], keys: readonly string[]): Record<string, readonly string[] | undefined> {
  const lines = new Map(trace.map(({ field, index, paths }) => [`${field}[${index}]`, paths]));
  return Object.fromEntries(keys.map((key) => [key, lines.get(key.endsWith("]") ? key : `${key}[0]`)]));
}
