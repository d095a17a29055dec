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

describe("months from one to another", () => {
  test.each([
    ["1/2015 - 6/2016", "2015-01/2016-06"],
    ["03/2015–03/2015", "2015-03/2015-03"],
  ])("%s is %s", (raw, edtf) => {
    expect(readDate(raw)).toMatchObject({ value: edtf, precision: "range" });
  });

  test.each(["6/2016 - 1/2015", "13/2015 - 1/2016", "1/2015 - 13/2015", "0/2015 - 0/2016"])("%s is no date", (raw) => {
    expect(readDate(raw)).toEqual({ value: null, precision: "none", flags: ["invalid"] });
  });
});

test.each([
  ["12/5/2019", "2019-05-12", []],
  ["12/12/2019", "2019-12-12", []],
  ["5/13/2019", "2019-05-13", ["us-order"]],
  ["13/13/2019", null, ["invalid"]],
])("%s is read with the day first where that is possible: %s", (raw, edtf, flags) => {
  expect(readDate(raw)).toMatchObject({ value: edtf, flags });
});

test("a year in a phrase is taken where it is the only one", () => {
  expect(readDate("Luận văn bảo vệ năm học cuối 2014")).toMatchObject({ value: "2014", flags: ["extracted"] });
  const unread = { value: null, precision: "none", flags: ["unparsed"] };
  expect(readDate("in lần đầu 2014, tái bản 2016")).toEqual(unread);
  expect(readDate("không ghi")).toEqual(unread);
});

test.each([
  ["29/02/2020", "2020-02-29"],
  ["29/02/2000", "2000-02-29"],
  ["29/02/1900", null],
  ["29/02/2019", null],
  ["28/02/2019", "2019-02-28"],
  ["30/04/2019", "2019-04-30"],
  ["31/04/2019", null],
  ["31/12/2019", "2019-12-31"],
  ["32/01/2019", null],
  ["0/01/2019", null],
])("%s is a day of the calendar, or none: %s", (raw, edtf) => {
  expect(readDate(raw)).toMatchObject(edtf === null ? { value: null, flags: ["invalid"] } : { value: edtf, flags: [] });
});
