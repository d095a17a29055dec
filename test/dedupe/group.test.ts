import { expect, test } from "vitest";
import { groupsOf } from "../../src/dedupe/group.ts";
import { inOrderOfPreference } from "../../src/dedupe/preferred.ts";

type Answer = "same" | "different" | "unsure";

function relations(pairs: Readonly<Record<string, Answer>>, ranks: Readonly<Record<string, number>> = {}) {
  return (a: string, b: string) => {
    const pair = [a, b].sort().join("");
    return { answer: pairs[pair] ?? "unsure", rank: ranks[pair] ?? 1 } as const;
  };
}

test("joins along a chain of the same", () => {
  expect(groupsOf(["c", "a", "b", "x"], relations({ ab: "same", bc: "same" }))).toEqual([["a", "b", "c"]]);
});

test("never joins what is different through a third", () => {
  expect(groupsOf(["a", "b", "c"], relations({ ab: "same", bc: "same", ac: "different" }))).toEqual([["a", "b"]]);
});

test("the surer pair is joined first", () => {
  const pairs = { ab: "same", bc: "same", ac: "different" } as const;
  expect(groupsOf(["a", "b", "c"], relations(pairs, { bc: 0 }))).toEqual([["b", "c"]]);
});

test("prefers an open full text to a better record, that to an earlier one, and always the same one", () => {
  const open = {
    accessRights: { uri: "http://purl.org/coar/access_right/c_abf2", label: "open access" },
    files: [{ url: "https://example.edu.vn/1.pdf" }],
  };
  const members = [
    { name: "d", published: {}, quality: 40, sourceDatestamp: "2020-01-01" },
    { name: "c", published: {}, quality: 90, sourceDatestamp: "2021-01-01" },
    { name: "b", published: {}, quality: 90, sourceDatestamp: "2020-01-01" },
    { name: "e", published: open, quality: 10, sourceDatestamp: "2022-01-01" },
    { name: "a", published: {}, quality: null, sourceDatestamp: "2019-01-01" },
  ];
  expect(inOrderOfPreference(members).map(({ name }) => name)).toEqual(["e", "b", "c", "d", "a"]);
});
