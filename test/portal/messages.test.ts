import { describe, expect, test } from "vitest";
import { formatOf } from "../../src/portal/format.ts";
import { LANGUAGES, languageOf, messagesOf } from "../../src/portal/messages/messages.ts";

describe("the sentences of the pages", () => {
  test("are the same in number and name in every language, and none is empty", () => {
    const names = Object.keys(messagesOf("vi"));
    for (const language of LANGUAGES) {
      expect(Object.keys(messagesOf(language))).toEqual(names);
      for (const text of Object.values(messagesOf(language))) expect(text.trim()).not.toBe("");
    }
  });

  test("are translated: only the dash and the other language's name may look the same in both", () => {
    const [vi, en] = [messagesOf("vi"), messagesOf("en")];
    const names = Object.keys(vi) as (keyof typeof vi)[];
    expect(names.filter((name) => vi[name] === en[name])).toEqual(["none"]);
  });

  test("are written in composed Vietnamese", () => {
    for (const text of Object.values(messagesOf("vi"))) expect(text.normalize("NFC")).toBe(text);
  });
});

describe("the language", () => {
  test.each([
    [undefined, undefined, "vi"],
    ["en", undefined, "en"],
    ["vi", "lang=en", "vi"],
    [undefined, "lang=en", "en"],
    [undefined, "theme=dark; lang=en; x=y", "en"],
    [undefined, "slang=en", "vi"],
    ["fr", "lang=en", "en"],
    ["fr", "lang=de", "vi"],
  ])("asked for as %s, remembered as %s, is %s", (asked, cookies, expected) => {
    expect(languageOf(asked, cookies)).toBe(expected);
  });
});

describe("numbers and times", () => {
  const moment = new Date("2026-03-05T18:07:00Z"); // 01:07 on the sixth in Viet Nam

  test("are Vietnamese on Vietnamese pages: dots between thousands, day before month, the country's clock", () => {
    const { number, time } = formatOf("vi");
    expect(number(1_234_567)).toBe("1.234.567");
    expect(time(moment)).toBe("01:07 06/03/2026");
  });

  test("cannot be mistaken on English pages: the month is a word", () => {
    const { number, time } = formatOf("en");
    expect(number(1_234_567)).toBe("1,234,567");
    expect(time(moment)).toBe("6 Mar 2026, 01:07");
  });
});
