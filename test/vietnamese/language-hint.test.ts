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
])("%s is taken for %s", (text, lang) => {
  expect(languageHint(text)).toBe(lang);
});
