import { describe, expect, test } from "vitest";
import { differencesOf, type Expected, mapExample, renewed } from "../../mappings/examples.ts";
import { etdms } from "../../mappings/incoming/etdms/crosswalk.ts";
import { incomingNamed } from "../../mappings/index.ts";

const crosswalk = incomingNamed(etdms.id) ?? expect.fail("etdms is a crosswalk of ours");
const XML =
  '<thesis xmlns="http://www.ndltd.org/standards/metadata/etdms/1.0/"><title>On the tides of the gulf</title></thesis>';

/** By hand: a title and nothing else, so four remarks on what is missing (docs/data-model.md). */
const RIGHT: Expected = {
  identifier: "oai:repository.example.edu.vn:1",
  defaultAccessRights: null,
  record: {
    identifier: { value: "oai:repository.example.edu.vn:1", scheme: "OAI" },
    titles: [{ value: "On the tides of the gulf", lang: "en", type: "main" }],
  },
  issues: [
    { code: "date-missing", severity: "warning", field: "issued", path: null, value: null },
    { code: "type-missing", severity: "warning", field: "resourceType", path: null, value: null },
    { code: "identifier-missing", severity: "info", field: "identifier", path: null, value: null },
    { code: "access-rights-unknown", severity: "warning", field: "accessRights", path: null, value: null },
  ],
  trace: { titles: ["/thesis/title"] },
};
const [title] = RIGHT.record.titles ?? [];

function compared(expected: Expected) {
  return differencesOf(expected, mapExample(crosswalk, XML, expected));
}

describe("an example differs", () => {
  test("nowhere, where it becomes what is expected, whatever the order of issues", () => {
    expect(compared(RIGHT)).toEqual([]);
    expect(compared({ ...RIGHT, issues: RIGHT.issues.toReversed() })).toEqual([]);
  });

  test("in a value, with both sides and the place in the source", () => {
    const record = { ...RIGHT.record, titles: [{ value: "On the tides", type: "main" as const }] };
    expect(compared({ ...RIGHT, record })).toEqual([
      { what: "titles[0]", expected: { value: "On the tides", type: "main" }, got: title, from: ["/thesis/title"] },
    ]);
  });

  test("in a value that nothing came of, and in one that was not expected", () => {
    const { titles: _, ...record } = RIGHT.record;
    const differences = compared({ ...RIGHT, record: { ...record, languages: ["eng"] } });
    expect(differences).toHaveLength(2);
    expect(differences).toContainEqual({ what: "languages[0]", expected: "eng", got: undefined, from: [] });
    expect(differences).toContainEqual({ what: "titles[0]", expected: undefined, got: title, from: ["/thesis/title"] });
  });

  test("in a value of the record's envelope, which has no place in the metadata", () => {
    const record = { ...RIGHT.record, identifier: { value: "2", scheme: "local" as const } };
    expect(compared({ ...RIGHT, record })).toMatchObject([{ what: "identifier", from: ["the record's envelope"] }]);
  });

  test("in an issue that is missing, one that was not expected, and one that comes once only", () => {
    const [first, ...others] = RIGHT.issues;
    expect(compared({ ...RIGHT, issues: others })).toEqual([{ what: "issue", got: first, from: [] }]);
    const twice = [...RIGHT.issues, ...RIGHT.issues.slice(0, 1)];
    expect(compared({ ...RIGHT, issues: twice })).toEqual([{ what: "issue", expected: first, from: [] }]);
  });

  test("in a place that a value did not come from", () => {
    expect(compared({ ...RIGHT, trace: { "titles[0]": ["/thesis/alternativeTitle"] } })).toEqual([
      {
        what: "trace of titles[0]",
        expected: ["/thesis/alternativeTitle"],
        got: ["/thesis/title"],
        from: ["/thesis/title"],
      },
    ]);
  });
});

test("a renewed expectation is what the crosswalk does, with the header and the issues in the order of before", () => {
  const issues = RIGHT.issues.toReversed();
  const before = { ...RIGHT, record: {}, issues, trace: { titles: ["/nowhere"], creators: ["/nowhere"] } };
  expect(renewed(before, mapExample(crosswalk, XML, before))).toEqual({ ...RIGHT, issues });
});
