import { expect, test } from "vitest";
import { fieldDifferences } from "../../src/record/difference.ts";

const TITLE = { value: "Luận văn", type: "main" } as const;

test("fields that two forms of a record have alike are no difference, whatever the order of their members", () => {
  const turned = { type: "main", value: "Luận văn" } as const;
  expect(fieldDifferences({ titles: [TITLE], languages: ["vie"] }, { languages: ["vie"], titles: [turned] })).toEqual(
    [],
  );
});

test("a field is changed, added or lost, told in the order of the fields", () => {
  const before = { titles: [TITLE], languages: ["vie"], extents: ["90 tr."] };
  const after = { titles: [TITLE], languages: ["vie", "eng"], formats: ["application/pdf"] };
  expect(fieldDifferences(before, after)).toEqual([
    { field: "languages", kind: "changed", before: ["vie"], after: ["vie", "eng"] },
    { field: "formats", kind: "added", before: undefined, after: ["application/pdf"] },
    { field: "extents", kind: "lost", before: ["90 tr."], after: undefined },
  ]);
});

test("the order of values is part of a field: authors are not to change places", () => {
  expect(fieldDifferences({ languages: ["vie", "eng"] }, { languages: ["eng", "vie"] })).toHaveLength(1);
});

test("of a record that is new every field is added", () => {
  expect(fieldDifferences(null, { titles: [TITLE] }).map(({ kind }) => kind)).toEqual(["added"]);
});
