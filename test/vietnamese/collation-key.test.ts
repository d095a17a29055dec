import { expect, test } from "vitest";
import { seededChoice } from "../../src/demo/seeded-choice.ts";
import { collationKey } from "../../src/vietnamese/collation-key.ts";
import { drawn, vietnameseTexts, vietnameseWords } from "./phrases.ts";

/** The order of the Unicode Consortium's CLDR for Vietnamese, as Node.js brings it along. */
const cldr = new Intl.Collator("vi");

function compareKeys(one: string, other: string): number {
  const [a, b] = [collationKey(one), collationKey(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

test("the alphabet: letters with a hat are letters of their own", () => {
  const alphabet = [..."aăâbcdđeêghiklmnoôơpqrstuưvxy"];
  expect([...alphabet].reverse().sort(compareKeys)).toEqual(alphabet);
});

test("tones: none, huyền, hỏi, ngã, sắc, nặng", () => {
  const tones = ["ma", "mà", "mả", "mã", "má", "mạ"];
  expect([...tones].reverse().sort(compareKeys)).toEqual(tones);
});

test("words sort as in a Vietnamese list", () => {
  const list = ["an", "An", "án", "Az", "Ăn", "ba bò", "bà ba", "dy", "đi", "Đường", "e", "ê", "xa", "zu"];
  expect([...list].sort(compareKeys)).toEqual([
    "an",
    "An",
    "án",
    "Az",
    "Ăn",
    "bà ba",
    "ba bò",
    "dy",
    "đi",
    "Đường",
    "e",
    "ê",
    "xa",
    "zu",
  ]);
});

test("words that differ in capitals alone: the small letter first, from the left", () => {
  expect(["AN", "An", "aN", "an"].sort(compareKeys)).toEqual(["an", "aN", "An", "AN"]);
  expect(["ANan", "AnAn"].sort(compareKeys)).toEqual(["AnAn", "ANan"]);
  expect(["má ma má", "má má ma"].sort(compareKeys)).toEqual(["má ma má", "má má ma"]);
});

test("a blank stands before every letter, and is there wherever something else was", () => {
  expect(["an", "a n", "ab"].sort(compareKeys)).toEqual(["a n", "ab", "an"]);
  expect(collationKey("a-n")).toBe(collationKey("a n"));
  expect(collationKey("a — n")).toBe(collationKey("a n"));
  // a mark that no letter takes is no sign between words
  expect(collationKey("a\u0338n")).toBe(collationKey("an"));
});

test("signs count as one blank, decomposed letters as composed ones", () => {
  expect(collationKey(" «Luận văn» - (2019).")).toBe(collationKey("Luận văn 2019"));
  expect(collationKey("Nguye\u0302\u0303n")).toBe(collationKey("Nguyễn"));
  expect(collationKey("")).toBe(collationKey("…"));
});

test("marks of other languages come behind the tones", () => {
  expect(["mü", "mụ", "mú", "mu"].sort(compareKeys)).toEqual(["mu", "mú", "mụ", "mü"]);
  expect(["mî", "mi", "mị"].sort(compareKeys)).toEqual(["mi", "mị", "mî"]);
});

test("agrees with CLDR on every pair of many words and phrases", () => {
  const words = vietnameseWords(vietnameseTexts());
  const choice = seededChoice(20_254);
  const phrases = Array.from({ length: 3_000 }, () => drawn(words, choice, choice.between(1, 3)));
  const wrong = phrases.slice(1).flatMap((phrase, place) => {
    const before = phrases[place] ?? "";
    return Math.sign(cldr.compare(before, phrase)) === compareKeys(before, phrase) ? [] : [[before, phrase]];
  });
  expect(wrong).toEqual([]);
});
