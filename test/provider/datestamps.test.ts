import { expect, test } from "vitest";
import { normalDatestamp, readDateRange } from "../../src/provider/datestamps.ts";

test("until a day includes its last second, from a day its first", () => {
  expect(readDateRange("2024-05-01", "2024-05-01")).toEqual({
    from: new Date("2024-05-01T00:00:00Z"),
    until: new Date("2024-05-01T23:59:59Z"),
  });
});

test("a range to the second is what it says, and may be open at either end", () => {
  const moment = "2024-05-01T12:00:00Z";
  expect(readDateRange(moment, moment)).toEqual({ from: new Date(moment), until: new Date(moment) });
  expect(readDateRange(null, null)).toEqual({ from: null, until: null });
});

test.each([
  ["2024-05-06", "2024-05-06"],
  ["2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"],
  ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"],
  ["2024-12-31T00:00:00Z", "2024-12-31T00:00:00Z"],
  ["2024-13-01T00:00:00Z", null],
  ["2024-05-06T25:00:00Z", null],
  ["0000-05-06T07:08:09Z", null],
  ["2024-05-06T07:08:09.123Z", "2024-05-06T07:08:09Z"],
  ["2024-05-06T07:08:09+07:00", "2024-05-06T00:08:09Z"],
  ["2024-05-06 07:08:09", "2024-05-06T07:08:09Z"],
  ["hôm qua", null],
  ["", null],
  ["0000-01-01", null],
  ["0001-01-01T00:00:00+07:00", null],
])("another repository's datestamp %j is passed on as %j", (text, expected) => {
  expect(normalDatestamp(text)).toBe(expected);
});
