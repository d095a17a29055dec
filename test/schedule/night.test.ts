import { expect, test } from "vitest";
import { nightOf } from "../../src/schedule/night.ts";

/** 03:30 in Vietnam (UTC+7) is 20:30 UTC of the day before. */
test.each([
  ["its minute", "03:30", "2026-11-28T20:30:00Z", "2026-11-29"],
  ["its last minute", "03:30", "2026-11-29T02:29:59Z", "2026-11-29"],
  ["the minute before", "03:30", "2026-11-28T20:29:59Z", null],
  ["six hours later", "03:30", "2026-11-29T02:30:00Z", null],
  ["noon", "03:30", "2026-11-29T05:00:00Z", null],
  ["before midnight", "23:00", "2026-11-29T16:30:00Z", "2026-11-29"],
  ["after midnight, of the day on which the night began", "23:00", "2026-11-29T20:00:00Z", "2026-11-29"],
  ["midnight in Vietnam", "00:00", "2026-12-31T17:00:00Z", "2027-01-01"],
])("%s", (_, at, now, day) => {
  expect(nightOf(at, new Date(now))).toBe(day);
});
