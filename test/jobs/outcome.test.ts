import { describe, expect, test } from "vitest";
import { computeOutcome, movesCursor, type RunFacts } from "../../src/jobs/outcome.ts";

const GOOD: RunFacts = {
  windows: 1,
  windowsClosed: 1,
  pages: 10,
  received: 1_000,
  added: 900,
  changed: 50,
  unchanged: 50,
  rejected: 0,
  repeated: 0,
  listed: 1_000,
  completeListSize: 1_000,
  failure: null,
  full: true,
};

describe("computeOutcome", () => {
  test.each<[string, Partial<RunFacts>, string, RegExp | null]>([
    ["everything came", {}, "complete", null],
    ["the repository never said how much there is", { completeListSize: null }, "complete", null],
    ["it delivered more than it said", { completeListSize: 900 }, "complete", null],
    ["a few went while the list was read", { completeListSize: 1_005 }, "complete", null],
    ["a tenth is missing", { completeListSize: 1_111 }, "partial", /promised 1111 records and delivered 1000/],
    ["one record was broken", { unchanged: 49, rejected: 1 }, "complete_with_rejects", /1 records/],
    ["every fifth record was broken", { added: 700, rejected: 200 }, "partial", /200 of 1000/],
    ["records are unaccounted for", { unchanged: 49 }, "partial", /1000 records were received, 999/],
    ["a window was not read to its end", { windowsClosed: 0 }, "partial", /1 of 1 windows/],
    ["the repository stopped answering", { failure: "HTTP 503" }, "partial", /HTTP 503/],
    [
      "it never answered",
      { failure: "refused", pages: 0, received: 0, added: 0, changed: 0, unchanged: 0 },
      "failed",
      /refused/,
    ],
    [
      "everything was asked for and nothing came",
      { received: 0, added: 0, changed: 0, unchanged: 0, listed: 0, completeListSize: null },
      "empty_unexpected",
      /no record at all/,
    ],
    [
      "nothing is new",
      { received: 0, added: 0, changed: 0, unchanged: 0, listed: 0, completeListSize: null, full: false },
      "complete",
      null,
    ],
    ["identifiers came twice", { unchanged: 40, repeated: 10 }, "complete", null],
  ])("%s", (_, facts, outcome, reason) => {
    const verdict = computeOutcome({ ...GOOD, ...facts });
    expect(verdict.outcome).toBe(outcome);
    if (reason === null) expect(verdict.reason).toBeNull();
    else expect(verdict.reason).toMatch(reason);
  });
});

test("the cursor moves only after a complete harvest", () => {
  expect(
    (["complete", "complete_with_rejects", "partial", "empty_unexpected", "failed"] as const).filter(movesCursor),
  ).toEqual(["complete", "complete_with_rejects"]);
});
