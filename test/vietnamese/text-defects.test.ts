import { expect, test } from "vitest";
import { seededChoice } from "../../src/demo/seeded-choice.ts";
import { textDefect } from "../../src/vietnamese/text-defects.ts";
import { linesOf } from "../support/lines.ts";
import { vietnameseTexts } from "./phrases.ts";

test.each(["Ð?i h?c Qu?c gia", "Vi?t Nam", "Tr??ng Đại h?c", "(Ti?u lu?n)"])("%s has lost letters", (text) => {
  expect(textDefect(text)).toBe("lossy-question-marks");
});

// each is the right text with its letters of Latin-1 decoded as TCVN3 once more
test.each(["Nghiờn cứu", "tỏc giả", "NGHIấN CỨU nghiờn cứu", "viờn", "yờu cầu", "phỏt triển", "khỏch hàng"])(
  "%s was converted twice",
  (text) => {
    expect(textDefect(text)).toBe("double-conversion");
  },
);

test.each([
  "Bao giờ? Mấy giờ rồi, ở Cần Giờ",
  "What is this? Who?",
  "https://example.org/view?id=12",
  "/page?x",
  "index.php?lang=vi&a?b",
  "[199?]",
  "thuở xưa, chợt, trượt, hợp tác, mười, rừng, cũ, mũi, giữ",
  "",
])("%j has neither", (text) => {
  expect(textDefect(text)).toBeNull();
});

test("nor has any text of the demonstration, the tables or another language", () => {
  const texts = [...vietnameseTexts(), ...linesOf("vietnamese/good-text.txt")];
  expect(texts.filter((text) => textDefect(text) !== null)).toEqual([]);
});

test("the beginning of a long text tells", () => {
  const choice = seededChoice(3);
  const long = Array.from({ length: 400 }, () => choice.pick(["một", "hai", "ba"])).join(" ");
  expect(textDefect(`Nghiờn cứu ${long}`)).toBe("double-conversion");
  expect(textDefect(`${long} nghiờn cứu`)).toBeNull();
});
