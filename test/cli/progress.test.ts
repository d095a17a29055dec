import { expect, test } from "vitest";
import { createProgress } from "../../src/cli/progress.ts";
import type { Run } from "../../src/store/runs.ts";

/** A run as far as progress looks at it. */
function run(received: number, pages: number, completeListSize: number | null = null): Run {
  return { received, pages, complete_list_size: completeListSize } as Run;
}

/** A stream that remembers, with a clock that is set by hand. */
function stage(options: { readonly isTTY?: boolean; readonly columns?: number } = {}) {
  const written: string[] = [];
  const clock = { now: 0 };
  const stream = { ...options, write: (text: string) => written.push(text) };
  return { written, clock, progress: createProgress(stream, "kho", () => clock.now) };
}

test("on a terminal one line changes in place and is gone at the end", () => {
  const { written, progress } = stage({ isTTY: true, columns: 80 });
  progress.page(run(100, 1, 1500));
  progress.page(run(200, 2, 1500));
  progress.end();
  expect(written).toEqual([
    "\r\x1b[2Kkho: 100 of 1,500 records, page 1",
    "\r\x1b[2Kkho: 200 of 1,500 records, page 2",
    "\r\x1b[2K",
  ]);
});

test("the line never wraps", () => {
  const { written, progress } = stage({ isTTY: true, columns: 12 });
  progress.page(run(100, 1));
  expect(written).toEqual(["\r\x1b[2Kkho: 100 re"]);
});

test("elsewhere plain lines come every ten seconds, and nothing at the end", () => {
  const { written, clock, progress } = stage();
  for (const [now, received] of [
    [0, 100],
    [9_999, 1_000],
    [10_000, 1_100],
    [15_000, 1_600],
    [20_000, 2_100],
  ] as const) {
    clock.now = now;
    progress.page(run(received, received / 100));
  }
  progress.end();
  expect(written).toEqual([
    "kho: 1,100 records, page 11, 100 records/s\n",
    "kho: 2,100 records, page 21, 100 records/s\n",
  ]);
});

test("the speed does not count what an earlier, interrupted harvest had received", () => {
  const { written, clock, progress } = stage();
  progress.page(run(900_100, 9_001));
  clock.now = 10_000;
  progress.page(run(900_600, 9_006));
  expect(written).toEqual(["kho: 900,600 records, page 9,006, 50 records/s\n"]);
});
