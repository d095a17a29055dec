import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText } from "../../src/vietnamese/clean-text.ts";

describe("cleaning a text", () => {
  test.each([
    ["&amp;lt;", "<"],
    ["&amp;amp;lt;", "&lt;"],
    ["R&D; AT&T", "R&D; AT&T"],
    ["&#150; &#x1ec7;", "– ệ"],
    ["&#0; &#xD800; &#x110000;", "&#0; &#xD800; &#x110000;"],
    ["Ðại học", "Đại học"],
    ["ðại học", "đại học"],
    ["Garðar", "Garðar"],
    ["Ð?i h?c", "Ð?i h?c"],
    ["THƢ VIỆN", "THƯ VIỆN"],
    ["a\u200bb\u200c\u200d\ufeffc", "abc"],
    ["a\u00a0\t\r\n b", "a b"],
    ["  a  ", "a"],
    ["Th\u00ad viÖn", "Th\u00ad viÖn"],
    ["Tiê\u0301ng Viê\u0323t", "Tiếng Việt"],
  ])("%j → %j", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  // made by encoding the right text as UTF-8 and decoding it as windows-1252 (iconv)
  test.each([
    ["Nguyá»…n VÄƒn An", "Nguyễn Văn An"],
    ["Thá»§y lá»£i", "Thủy lợi"],
    ["UniversitÃ© de HuÃ©", "Université de Hué"],
  ])("UTF-8 read as windows-1252 is undone: %s", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  test.each(["Université de Paris", "Ångström", "Ä‘ và Việt Nam", "« à »", "Nguyễn Văn An"])("%s stays", (text) => {
    expect(cleanText(text)).toBe(text);
  });

  test("composes every letter with the mark behind it, whatever the letter is", () => {
    for (let code = 0x41; code < 0x10000; code += 1) {
      const letter = String.fromCharCode(code);
      if (!/\p{L}/u.test(letter)) continue;
      for (const mark of ["\u0301", "\u0323"]) {
        const clean = cleanText(`a ${letter}${mark}`);
        expect(clean).toBe(clean.normalize("NFC"));
      }
    }
  });

  // White_Space of the Unicode Character Database, and what is invisible without being white space
  test("leaves no white space but single blanks, and nothing invisible", () => {
    for (const space of "\t\n\v\f\r\u0085\u00a0\u1680\u2000\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000")
      expect(cleanText(`Hà${space}Nội`)).toBe("Hà Nội");
    for (const invisible of "\u200b\u200c\u200d\ufeff") expect(cleanText(`Hà${invisible}Nội`)).toBe("HàNội");
  });

  test("is done once and for all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const clean = cleanText(text);
        expect(clean).toBe(clean.normalize("NFC"));
        expect(clean).not.toMatch(/^\s|\s$|\s{2}/);
        if (!clean.includes("&")) expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});
