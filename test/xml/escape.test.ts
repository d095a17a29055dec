import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeAttribute, escapeText } from "../../src/xml/escape.ts";
import { parseXml } from "../../src/xml/parse.ts";

/** What XML 1.0 §2.2 allows, character by character. */
function allowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x9 || code === 0xa || code === 0xd) return true;
  return (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
);

test("any text comes back from the parser as it was, but for what XML forbids", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const expected = [...text].map((character) => (allowed(character) ? character : "\ufffd")).join("");
      const root = parseXml(`<a b="${escapeAttribute(text)}">${escapeText(text)}</a>`);
      expect(root.text).toBe(expected);
      expect(root.attribute("b")).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});
