import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LenientUtf8Decoder } from "../../src/xml/lenient-utf8.ts";
import { restoreStrayBytes } from "../../src/xml/stray-bytes.ts";

function decode(bytes: Uint8Array, size = bytes.length): string {
  const decoder = new LenientUtf8Decoder();
  let text = "";
  for (let at = 0; at < bytes.length; at += size) text += decoder.write(bytes.subarray(at, at + size));
  return text + decoder.end();
}

describe("LenientUtf8Decoder", () => {
  test("reads UTF-8 whatever the size of the pieces", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        fc.pre(!text.startsWith("\ufeff"));
        expect(decode(Buffer.from(text, "utf8"), size)).toBe(text);
      }),
    );
  });

  test("loses no byte that is not UTF-8: text and stray bytes give the bytes back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (bytes, size) => {
        fc.pre(!(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf));
        const text = decode(bytes, size);
        expect(Buffer.concat([...text].map(bytesOf))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test("drops the byte order mark and keeps one that stands inside", () => {
    expect(decode(Buffer.from("\ufeffa\ufeffb"), 2)).toBe("a\ufeffb");
  });

  function bytesOf(character: string): Buffer {
    const code = character.charCodeAt(0);
    const stray = character.length === 1 && code >= 0xdc80 && code <= 0xdcff;
    return stray ? Buffer.of(code - 0xdc00) : Buffer.from(character, "utf8");
  }
});

describe("restoreStrayBytes", () => {
  test("leaves UTF-8 as it is", () => {
    expect(restoreStrayBytes("Thư viện 📚")).toEqual({ text: "Thư viện 📚", charset: null });
  });

  test("reads Latin bytes as windows-1252, beside UTF-8 that stays", () => {
    const text = decode(Buffer.concat([Buffer.from("Thư viện, caf"), Buffer.of(0xe9, 0x20, 0x96)]));
    expect(restoreStrayBytes(text)).toEqual({ text: "Thư viện, café –", charset: "windows-1252" });
  });

  // windows-1258: Đ is 0xD0, ư 0xFD, ơ 0xF5, ê 0xEA; grave 0xCC, hook 0xD2, acute 0xEC, dot below 0xF2
  test("reads tone marks after their vowels as windows-1258", () => {
    const bytes = Buffer.concat([
      Buffer.of(0xd0),
      Buffer.from("a"),
      Buffer.of(0xf2),
      Buffer.from("i ho"),
      Buffer.of(0xf2),
      Buffer.from("c"),
    ]);
    const { text, charset } = restoreStrayBytes(decode(bytes));
    expect(charset).toBe("windows-1258");
    expect(text.normalize("NFC")).toBe("Đại học");
  });
});
