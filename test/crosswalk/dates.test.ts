import { describe, expect, test } from "vitest";
import { readDate } from "../../src/crosswalk/dates.ts";

/** Dates that a cataloguer supplies stand in square brackets (AACR2 1.4F7; in Vietnam the same words translated), as EDTF. */
const SUPPLIED: readonly (readonly [raw: string, edtf: string])[] = [
  ["[1971]", "1971?"],
  ["[1969?]", "1969?"],
  ["[ca. 1960]", "1960~"],
  ["[khoảng 1950]", "1950~"],
  ["[K. 1950?]", "1950~"],
  ["[197-]", "197X"],
  ["[197-?]", "197X"],
  ["[18--]", "18XX"],
  ["[1971].", "1971?"],
];

describe("a date that the cataloguer has supplied", () => {
  test.each(SUPPLIED)("%s is %s", (raw, edtf) => {
    expect(readDate(raw).value).toBe(edtf);
  });
});

test.each(["[s.d.]", "[k.n.]", "[không rõ năm]", "[199]"])("%s is no date", (raw) => {
  expect(readDate(raw).value).toBeNull();
});
