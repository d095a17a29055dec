import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  divideRange,
  divideRangeAt,
  findGaps,
  isFarOutside,
  type RepositoryTime,
  rangeOver,
  type WindowRange,
} from "../../src/jobs/window-range.ts";
import { endOf, formatDatestamp, parseDatestamp } from "../../src/oai/datestamp.ts";

const SECONDS: RepositoryTime = {
  earliest: "2010-01-01T00:00:00Z",
  now: "2024-06-01T12:00:00Z",
  granularity: "second",
};
const DAYS: RepositoryTime = { earliest: "2010-01-01", now: "2024-06-01T12:00:00Z", granularity: "day" };

/** Whether a moment lies in a range, as OAI-PMH 2.0 §3.3.1 says: both ends included, a day to its last second. */
function covers({ from, until }: WindowRange, moment: Date): boolean {
  const start = from === null ? undefined : parseDatestamp(from);
  const end = until === null ? undefined : parseDatestamp(until);
  return (
    (start === undefined || start.instant <= moment) &&
    (end === undefined || moment.getTime() < endOf(end).getTime() + 1000)
  );
}

describe("divideRange", () => {
  // 2010-01-01 to 2024-06-01 12:00 are 5,265.5 days; half of them end on 2017-03-17 at 18:00
  test("cuts everything in the middle of what there is, the newer part first and open to the future", () => {
    expect(divideRange({ from: null, until: null }, DAYS)).toEqual([
      { from: "2017-03-18", until: null },
      { from: null, until: "2017-03-17" },
    ]);
  });

  test.each([
    ["a day", { from: "2024-01-01", until: "2024-01-01" }, DAYS],
    ["a second", { from: "2024-01-01T00:00:00Z", until: "2024-01-01T00:00:00Z" }, SECONDS],
    ["a day in seconds", { from: "2024-01-01T00:00:00Z", until: "2024-01-01T23:59:59Z" }, SECONDS],
    ["what is new since this morning", { from: "2024-06-01T08:00:00Z", until: null }, SECONDS],
  ])("leaves %s whole", (_, range, time) => {
    expect(divideRange(range, time)).toBeNull();
  });

  test.each([["seconds", SECONDS] as const, ["days", DAYS] as const])(
    "in %s: every moment lies in exactly one of the two parts",
    (_, time) => {
      const moment = fc.date({
        min: new Date("2005-01-01T00:00:00Z"),
        max: new Date("2030-01-01T00:00:00Z"),
        noInvalidDate: true,
      });
      const written = (date: Date) => formatDatestamp(date, time.granularity);
      fc.assert(
        fc.property(moment, moment, moment, (one, other, any) => {
          const [from, until] = [one, other].toSorted((a, b) => a.getTime() - b.getTime()).map(written);
          const range = { from: from ?? null, until: until ?? null };
          const parts = divideRange(range, time);
          fc.pre(parts !== null);
          expect((parts ?? []).filter((part) => covers(part, any))).toHaveLength(covers(range, any) ? 1 : 0);
        }),
        { numRuns: 1_000 },
      );
    },
  );

  test("never leaves a gap, however often it divides", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (choices) => {
        let windows: readonly WindowRange[] = [{ from: null, until: null }];
        for (const choice of choices) {
          const index = choice % windows.length;
          const parts = divideRange(windows[index] ?? { from: null, until: null }, SECONDS);
          if (parts !== null) windows = windows.toSpliced(index, 1, ...parts);
        }
        expect(findGaps(windows)).toEqual([]);
      }),
    );
  });
});

describe("findGaps", () => {
  test("finds the day that nobody asks for", () => {
    const windows = [
      { from: "2024-01-03", until: null },
      { from: null, until: "2024-01-01" },
    ];
    expect(findGaps(windows)).toEqual([{ from: "2024-01-01", until: "2024-01-03" }]);
  });

  test("does not mind windows that overlap or contain one another", () => {
    const windows = [
      { from: null, until: "2024-01-31" },
      { from: "2024-01-05", until: "2024-01-06" },
      { from: "2024-01-20", until: null },
    ];
    expect(findGaps(windows)).toEqual([]);
  });
});

describe("divideRangeAt", () => {
  test("cuts behind the datestamp, which both parts know to the second or the day", () => {
    expect(divideRangeAt({ from: null, until: null }, "2015-03-01T10:00:00Z", "second")).toEqual([
      { from: "2015-03-01T10:00:01Z", until: null },
      { from: null, until: "2015-03-01T10:00:00Z" },
    ]);
    expect(divideRangeAt({ from: "2015-02-01", until: "2015-04-01" }, "2015-02-28", "day")).toEqual([
      { from: "2015-03-01", until: "2015-04-01" },
      { from: "2015-02-01", until: "2015-02-28" },
    ]);
  });

  test.each([
    ["before the range", "2015-01-31"],
    ["behind it", "2015-04-02"],
    ["at its end", "2015-04-01T23:59:59Z"],
    ["no date at all", "hôm qua"],
  ])("does not cut at a datestamp that is %s", (_, datestamp) => {
    expect(divideRangeAt({ from: "2015-02-01", until: "2015-04-01" }, datestamp, "second")).toBeNull();
  });
});

describe("isFarOutside", () => {
  const march = { from: "2015-03-01", until: "2015-03-31" };
  test.each([
    ["2015-02-20", true],
    ["2015-04-04T00:00:00Z", true],
    // the day before and the day after may be the same day in the repository's own time zone
    ["2015-02-28T12:00:00Z", false],
    ["2015-04-01T12:00:00Z", false],
    ["2015-03-15T00:00:00Z", false],
    ["không rõ", false],
  ])("of March: %s is %s", (datestamp, outside) => {
    expect(isFarOutside(march, datestamp)).toBe(outside);
  });

  test("nothing is outside of a range that is open on both sides", () => {
    expect(isFarOutside({ from: null, until: null }, "1970-01-01")).toBe(false);
  });
});

test("rangeOver goes from the first beginning to the last end, and stays open where one of them is", () => {
  const [spring, summer] = [
    { from: "2015-03-01", until: "2015-05-31" },
    { from: "2015-06-01", until: "2015-08-31" },
  ];
  expect(rangeOver([summer, spring])).toEqual({ from: "2015-03-01", until: "2015-08-31" });
  expect(rangeOver([summer, { from: null, until: "2015-02-28" }])).toEqual({ from: null, until: "2015-08-31" });
  expect(rangeOver([{ from: "2015-09-01", until: null }, spring])).toEqual({ from: "2015-03-01", until: null });
});
