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

/** As the form is defined: nothing but Unicode's own words. */
function byDefinition(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

test("every character folds as Unicode decomposes it, alone and between others", () => {
  const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  const different = characters.filter((character) => {
    const texts = [character, `a${character}b`, ` x ${character}${character} `, `Σ${character}đ`];
    return texts.some((text) => foldKey(text) !== byDefinition(text));
  });
  expect(different).toEqual([]);
});

test("a text folds to its words, however long it is and whatever divides them", () => {
  const words = "– Đồng bằng… (sông Cửu Long) “2015–2020”: ";
  expect(foldKey(words.repeat(2_000))).toBe("dong bang song cuu long 2015 2020 ".repeat(2_000).trim());
  expect([foldKey(""), foldKey(" –… ")]).toEqual(["", ""]);
});
