import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { differencesOf, type Expected, MIN_EXAMPLES, mapExample } from "../../mappings/examples.ts";
import { incomingCrosswalks } from "../../mappings/index.ts";

const INCOMING = new URL("../../mappings/incoming/", import.meta.url);

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
    const xml = readFileSync(new URL(`${name}.xml`, folder), "utf8");
    expect(differencesOf(expected, mapExample(crosswalk, xml, expected))).toEqual([]);
  });
});
