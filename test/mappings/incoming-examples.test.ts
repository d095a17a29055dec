import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { differencesOf, type Expected, MIN_EXAMPLES, mapExample } from "../../mappings/examples.ts";
import { incomingCrosswalks } from "../../mappings/index.ts";

/** Formats around another one: their fields are those of the crosswalk of what they carry. */
const WRAPPERS = ["marcxchange", "mets", "didl"];
const INCOMING = new URL("../../mappings/incoming/", import.meta.url);

interface Example {
  readonly name: string;
  readonly xml: string;
  readonly expected: Expected;
}

function examplesOf(id: string): readonly Example[] {
  const folder = new URL(`${id}/examples/`, INCOMING);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((file) => /^(.*)\.xml$/.exec(file)?.[1] ?? []);
  return names.map((name) => ({
    name,
    xml: readFileSync(new URL(`${name}.xml`, folder), "utf8"),
    expected: JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), "utf8")) as Expected,
  }));
}

describe.each(incomingCrosswalks.map((crosswalk) => [crosswalk.id, crosswalk] as const))("%s", (id, crosswalk) => {
  const folder = new URL(`${id}/examples/`, INCOMING);
  const examples = examplesOf(id);

  test(`says in a README what it does and shows it in ${MIN_EXAMPLES} examples or more`, () => {
    expect(existsSync(new URL(`${id}/README.md`, INCOMING))).toBe(true);
    expect(examples.length).toBeGreaterThanOrEqual(MIN_EXAMPLES);
    expect(readdirSync(folder).sort()).toEqual(
      examples.flatMap(({ name }) => [`${name}.expected.json`, `${name}.xml`]).sort(),
    );
  });

  test.each(examples)("maps example $name", ({ expected, xml }) => {
    expect(differencesOf(expected, mapExample(crosswalk, xml, expected))).toEqual([]);
  });
});

test("no rule could be taken out without an example failing: each has given a value to one of them", () => {
  const idle = new Map<unknown, string>();
  const used = new Set<unknown>();
  for (const crosswalk of incomingCrosswalks.filter(({ id }) => !WRAPPERS.includes(id))) {
    const watched = Object.entries(crosswalk.fields).map(([field, read]) => {
      // a rule that looks at nothing is the sentence "this format does not have it"
      if (read.length > 0) idle.set(read, `${crosswalk.id}: ${field}`);
      const watch = (...given: Parameters<typeof read>) => {
        const value = read(...given);
        if (value !== null && !(Array.isArray(value) && value.length === 0)) used.add(read);
        return value;
      };
      return [field, watch];
    });
    const fields = Object.fromEntries(watched) as typeof crosswalk.fields;
    for (const example of examplesOf(crosswalk.id)) mapExample({ ...crosswalk, fields }, example.xml, example.expected);
  }
  for (const rule of used) idle.delete(rule);
  expect([...idle.values()]).toEqual([]);
});
