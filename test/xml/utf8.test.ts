import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8Of } from "../../src/xml/utf8.ts";

test.each([
  [[]],
  [[""]],
  [["Luận văn", " ", "thạc sĩ"]],
  // three bytes a character: more than is expected of most texts
  [Array.from({ length: 50 }, () => "大越史記全書".repeat(20))],
  [["a", "漢".repeat(5_000), "b".repeat(10_000), "😀".repeat(1_000)]],
])("writes what Node.js makes of the whole", (texts) => {
  expect(utf8Of(texts).equals(Buffer.from(texts.join("")))).toBe(true);
});

test("whatever the texts are, but for what stands in halves in two of them", () => {
  const whole = fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 40 });
  fc.assert(fc.property(whole, (texts) => utf8Of(texts).toString() === texts.join("")));
});

test("half a character is what Node.js makes of it", () => {
  expect(utf8Of(["a\ud800", "b"]).toString()).toBe("a\ufffdb");
});
