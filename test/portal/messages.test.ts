import { describe, expect, test } from "vitest";
import { ADVICE } from "../../src/client/advice.ts";
import { formatOf } from "../../src/portal/format.ts";
import { LANGUAGES, languageOf, messagesOf } from "../../src/portal/messages/messages.ts";
import { OWN_DIAGNOSES } from "../../src/portal/messages/own-diagnoses.ts";
import { adviceOn, firstSentence, hintOn, remarkAdvice } from "../../src/portal/run-advice.ts";

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

describe.each(["vi", "en"] as const)("the texts for diagnoses, in %s", (language) => {
  const texts = Object.entries({ ...ADVICE, ...OWN_DIAGNOSES }).map(([word, text]) => [word, text[language]] as const);

  test.each(texts)(
    "%s begins with a sentence that says what happened, and says what is done about it",
    (word, text) => {
      expect(adviceOn(word)?.[language]).toBe(text);
      const first = firstSentence(text);
      expect(first).toMatch(/^\p{Lu}.*\.$/u);
      expect(first.length).toBeLessThan(140);
      expect(text.length).toBeGreaterThan(first.length);
      expect(text.normalize("NFC")).toBe(text);
    },
  );

  test("are all different", () => {
    expect(new Set(texts.map(([, text]) => firstSentence(text))).size).toBe(texts.length);
  });
});

test("a word that nobody knows any more has no text", () => {
  expect([adviceOn("gone"), adviceOn("toString"), hintOn("gone", "dspace"), remarkAdvice("gone")]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("the software behind a repository has its own hint, where it knows better", () => {
  expect(hintOn("http_error", "koha")).toMatchObject({
    software: "Koha",
    text: { en: expect.stringContaining("OAI-PMH = Enable") },
  });
  expect(hintOn("default-handle-prefix", "dspace")?.text.vi).toContain("update-handle-prefix");
  expect([hintOn("http_error", "generic"), hintOn("http_error", null)]).toEqual([null, null]);
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
    const { number, time, count } = formatOf("vi");
    expect(number(1_234_567)).toBe("1.234.567");
    expect(time(moment)).toBe("01:07 06/03/2026");
    expect(count("nhận {n}", 1_234)).toBe("nhận\u00a01.234");
  });

  test("cannot be mistaken on English pages: the month is a word", () => {
    const { number, time, count } = formatOf("en");
    expect(number(1_234_567)).toBe("1,234,567");
    expect(time(moment)).toBe("6 Mar 2026, 01:07");
    expect(count("and {n} more records", 7)).toBe("and\u00a07\u00a0more records");
  });

  test.each([
    ["2024-03-05", "05/03/2024", "5 Mar 2024"],
    // a datestamp is what the repository knows: its day does not move with our time zone
    ["2024-03-05T23:59:59Z", "05/03/2024 23:59:59 UTC", "5 Mar 2024 23:59:59 UTC"],
    ["2024-13-45", "2024-13-45", "2024-13-45"],
    ["yesterday", "yesterday", "yesterday"],
  ])("the datestamp %s is told as %s and as %s", (datestamp, vi, en) => {
    expect([formatOf("vi").datestamp(datestamp), formatOf("en").datestamp(datestamp)]).toEqual([vi, en]);
  });
});

test("every sentence with a number has it in every language", () => {
  const [vi, en] = [messagesOf("vi"), messagesOf("en")];
  const counted = (messages: typeof vi) =>
    Object.entries(messages)
      .filter(([, text]) => text.includes("{n}"))
      .map(([name]) => name);
  expect(counted(vi)).toEqual(counted(en));
});
