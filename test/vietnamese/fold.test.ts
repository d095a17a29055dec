import { expect, test } from "vitest";
import { readRows } from "../../mappings/tables.ts";
import { foldKey, markedKey } from "../../src/vietnamese/fold.ts";
import { withNewTones, withOldTones } from "../../src/vietnamese/tone-placement.ts";

test("the pairs of older and newer spelling are those of the table", () => {
  const rows = readRows("tone-placement");
  expect(rows).toHaveLength(45);
  for (const { old_style = "", new_style = "" } of rows) {
    expect([withNewTones(old_style), withOldTones(new_style)]).toEqual([new_style, old_style]);
    expect([withNewTones(new_style), withOldTones(old_style)]).toEqual([new_style, old_style]);
  }
});

test.each(["quý", "quỳ", "hoàn", "toán", "khuỷu", "ngoáy", "huýt", "của", "mùa", "Noël"])(
  "%s is written one way",
  (word) => {
    expect([withOldTones(word), withNewTones(word)]).toEqual([word, word]);
  },
);

test.each([
  ["hòa bình", "hoà bình"],
  ["Thúy Kiều", "thuý  kiều"],
  ["Kỹ thuật", "kĩ thuật"],
  ["QUÝ, LÝ; MỸ", "quí lí mĩ"],
  ["Nguye\u0302\u0303n", "nguyễn"],
])("%s and %s are the same when they are typed with marks", (one, other) => {
  expect(markedKey(one)).toBe(markedKey(other));
  expect(foldKey(one)).toBe(foldKey(other));
});

test("words that differ by a mark are different with marks and the same without", () => {
  const words = ["duong", "dương", "đường", "dường"];
  expect(new Set(words.map(markedKey)).size).toBe(4);
  expect(new Set(words.map(foldKey)).size).toBe(1);
});

test("a y that is no final vowel stays", () => {
  expect(markedKey("thuỷ yên tây")).toBe("thuỷ yên tây");
});
