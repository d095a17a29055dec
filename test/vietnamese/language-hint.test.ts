import { expect, test } from "vitest";
import { languageHint } from "../../src/vietnamese/language-hint.ts";

test.each([
  ["Truyện Kiều bản Nôm", "vi"],
  ["Ảnh hưởng của xâm nhập mặn đến năng suất lúa", "vi"],
  ["The history of rice in the Mekong delta", "en"],
  ["Effects of salinity on rice yield in Sóc Trăng and Cà Mau provinces of the delta", "en"],
  ["Histoire de l'Université de Hué", null],
  // the letters that Vietnamese shares with no other language of the collections, and some that it does share
  ["ă đ ĩ ũ ơ ư", "vi"],
  ["Ă Đ Ĩ Ũ Ơ Ư", "vi"],
  ["ạ Ạ ỹ Ỹ", "vi"],
  ["à â é ê ô ù ý", null],
  ["Annual report 2017", null],
  ["Kinh te vi mo", null],
  ["", null],
  // the first and the last letter of Unicode's block for Vietnamese, and what stands beside them and beside Latin-1
  ["Ạ", "vi"],
  ["ỹ", "vi"],
  ["ẟ ẟ", null],
  ["Ỻ Ỻ", null],
  ["ÿ Ā ń", null],
  // one letter on five words is enough, on six it is not
  ["đ a b c d", "vi"],
  ["đ a b c d e", null],
  // three small words of twenty are enough, of twenty-one they are not; and one alone never is
  [`rice in the delta of ${"x ".repeat(15).trim()}`, "en"],
  [`rice in the delta of ${"x ".repeat(16).trim()}`, null],
  ["the delta", null],
  // the beginning tells
  [`${"x ".repeat(150)}${"đ ".repeat(600)}`, null],
])("%s is taken for %s", (text, lang) => {
  expect(languageHint(text)).toBe(lang);
});
