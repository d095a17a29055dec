import { describe, expect, test } from "vitest";
import { computeOutcome, movesCursor, type RunFacts, type WindowFacts } from "../../src/jobs/outcome.ts";

const WINDOW: WindowFacts = { from: null, until: null, closed: true, received: 1_000, completeListSize: 1_000 };

const GOOD: RunFacts = {
  windows: [WINDOW],
  pages: 10,
  received: 1_000,
  added: 900,
  changed: 50,
  unchanged: 50,
  rejected: 0,
  repeated: 0,
  failure: null,
  diagnosis: null,
  full: true,
  cancelled: false,
};

const NOTHING = {
  received: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  windows: [{ ...WINDOW, received: 0, completeListSize: null }],
};

describe("computeOutcome", () => {
  test.each<[string, Partial<RunFacts>, string, RegExp | null]>([
    ["everything came", {}, "complete", null],
    [
      "the repository never said how much there is",
      { windows: [{ ...WINDOW, completeListSize: null }] },
      "complete",
      null,
    ],
    ["it delivered more than it said", { windows: [{ ...WINDOW, completeListSize: 900 }] }, "complete", null],
    ["a few went while the list was read", { windows: [{ ...WINDOW, completeListSize: 1_005 }] }, "complete", null],
    [
      "a tenth is missing",
      { windows: [{ ...WINDOW, completeListSize: 1_111 }] },
      "partial",
      /promised 1111 records and delivered 1000/,
    ],
    ["one record was broken", { unchanged: 49, rejected: 1 }, "complete_with_rejects", /1 records/],
    ["every fifth record was broken", { added: 700, rejected: 200 }, "partial", /200 of 1000/],
    ["records are unaccounted for", { unchanged: 49 }, "partial", /1000 records were received, 999/],
    ["a window was not read to its end", { windows: [{ ...WINDOW, closed: false }] }, "partial", /1 of 1 windows/],
    [
      "nobody asked for a part of the year",
      {
        windows: [
          { ...WINDOW, until: "2024-01-31", completeListSize: null },
          { ...WINDOW, from: "2024-02-02", completeListSize: null },
        ],
      },
      "partial",
      /nothing was asked for between 2024-01-31 and 2024-02-02/,
    ],
    [
      "one window of two is short",
      {
        windows: [
          { ...WINDOW, until: "2024-01-31" },
          { ...WINDOW, from: "2024-02-01", received: 10, completeListSize: 20 },
        ],
      },
      "partial",
      /promised 20 records between 2024-02-01 and now and delivered 10/,
    ],
    ["a person stopped it", { cancelled: true }, "cancelled", /a person/],
    ["the repository stopped answering", { failure: "HTTP 503" }, "partial", /HTTP 503/],
    [
      "it never answered",
      { failure: "refused", pages: 0, received: 0, added: 0, changed: 0, unchanged: 0 },
      "failed",
      /refused/,
    ],
    ["everything was asked for and nothing came", { ...NOTHING }, "empty_unexpected", /no record at all/],
    ["nothing is new", { ...NOTHING, full: false }, "complete", null],
    ["identifiers came twice", { unchanged: 40, repeated: 10 }, "complete", null],
  ])("%s", (_, facts, outcome, reason) => {
    const verdict = computeOutcome({ ...GOOD, ...facts });
    expect(verdict.outcome).toBe(outcome);
    if (reason === null) expect(verdict.reason).toBeNull();
    else expect(verdict.reason).toMatch(reason);
  });
});

describe("why, in a word that has its texts in every language", () => {
  test.each<[string, Partial<RunFacts>, string | null]>([
    ["complete has none", {}, null],
    ["some rejected records have none: the ledger says it", { unchanged: 49, rejected: 1 }, null],
    ["a short list", { windows: [{ ...WINDOW, completeListSize: 1_111 }] }, "list_short"],
    ["too many rejected", { added: 700, rejected: 200 }, "many_rejected"],
    ["a wrong ledger", { unchanged: 49 }, "ledger_wrong"],
    ["an open window", { windows: [{ ...WINDOW, closed: false }] }, "windows_unread"],
    [
      "a gap",
      {
        windows: [
          { ...WINDOW, until: "2024-01-31", completeListSize: null },
          { ...WINDOW, from: "2024-02-02", completeListSize: null },
        ],
      },
      "not_asked",
    ],
    ["nothing at all", { ...NOTHING }, "nothing_came"],
    ["a person", { cancelled: true }, "cancelled"],
    ["the failure's own", { failure: "HTTP 503", diagnosis: "busy" }, "busy"],
  ])("%s", (_, facts, diagnosis) => {
    expect(computeOutcome({ ...GOOD, ...facts }).diagnosis).toBe(diagnosis);
  });
});

test("the cursor moves only after a complete harvest", () => {
  expect(
    (
      [
        "complete",
        "complete_with_rejects",
        "partial",
        "empty_unexpected",
        "failed",
        "held_for_review",
        "cancelled",
      ] as const
    ).filter(movesCursor),
  ).toEqual(["complete", "complete_with_rejects"]);
});
