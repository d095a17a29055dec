import { expect, test } from "vitest";
import { hasUsualCase, restoreCapitals } from "../../src/vietnamese/letter-case.ts";

test.each([
  ["TRƯờNG ĐạI HọC", "TRƯỜNG ĐẠI HỌC"],
  // a single letter without a tone tells nothing: the word follows those beside it
  ["Hà NộI", "HÀ NỘI"],
  ["NộI Hà", "NỘI HÀ"],
  ["ở Hà NộI", "Ở HÀ NỘI"],
  ["Hà Nội", "Hà Nội"],
  ["Nội Hà NộI", "Nội Hà NỘI"],
  ["NộI Hà Nội", "NỘI Hà Nội"],
  ["Hà", "Hà"],
  // an abbreviation tells nothing of its neighbours, those behind it do
  ["UBND Hà", "UBND Hà"],
  ["ĐạI UBND Hà", "ĐẠI UBND HÀ"],
  ["Hà UBND ĐạI", "HÀ UBND ĐẠI"],
  ["Đại UBND Hà", "Đại UBND Hà"],
  ["đại học", "đại học"],
  ["", ""],
])("%s is %s", (text, restored) => {
  expect(restoreCapitals(text)).toBe(restored);
});

test.each([
  ["Nguyễn", true],
  ["NGUYễN", true],
  ["nguyễn", true],
  ["nGuyễn", false],
  ["NguyễN", false],
  ["McDonald", false],
])("%s is written as people write: %s", (word, usual) => {
  expect(hasUsualCase(word)).toBe(usual);
});
