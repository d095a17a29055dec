import { expect, test } from "vitest";
import { guardRun, type RunEffect } from "../../src/jobs/guard.ts";

const QUIET: RunEffect = { proposed: 0, live: 1_000, liveBefore: 1_000, listed: null };

test.each<[string, Partial<RunEffect>, string]>([
  ["nothing leaves", {}, "pass"],
  ["a twentieth leaves", { proposed: 50 }, "pass"],
  ["more than a twentieth leaves", { proposed: 51 }, "hold"],
  ["ten of a small repository leave", { proposed: 10, live: 20 }, "pass"],
  ["eleven of a small repository leave", { proposed: 11, live: 20 }, "hold"],
  ["a full list brings as much as before", { listed: 1_000 }, "pass"],
  ["a full list brings a tenth less", { listed: 900 }, "pass"],
  ["a full list brings a fifth less", { listed: 800 }, "warn"],
  ["a full list brings 30 % less", { listed: 700 }, "warn"],
  ["a full list brings more than 30 % less", { listed: 699 }, "hold"],
  ["a full list of a handful brings nothing", { listed: 0, live: 5, liveBefore: 5 }, "pass"],
])("%s", (_, effect, verdict) => {
  expect(guardRun({ ...QUIET, ...effect }).verdict).toBe(verdict);
});

test("says in a word why it holds: too many would go, or too few came", () => {
  expect(guardRun({ ...QUIET, proposed: 51 })).toMatchObject({ diagnosis: "too_many_deletions" });
  expect(guardRun({ ...QUIET, listed: 699 })).toMatchObject({ diagnosis: "too_few_records" });
});
