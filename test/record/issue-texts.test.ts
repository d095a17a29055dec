import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { REMARK_ADVICE } from "../../src/client/remark-advice.ts";
import { ISSUE_TEXTS, issueTextOf } from "../../src/record/issue-texts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const VIETNAMESE = /[ăâđêôơưạảấầậắặẹếềệịọốồộớờợụứừựỳỹ]/i;

/** The code that maps and imports, without the texts themselves. */
const sources = ["src", "mappings"]
  .flatMap((folder) => readdirSync(`${root}${folder}`, { recursive: true }).map((name) => `${folder}/${String(name)}`))
  .filter((name) => name.endsWith(".ts") && !name.startsWith("src/record/issue-texts"))
  .map((name) => readFileSync(`${root}${name}`, "utf8"));

/** Codes where remarks are left: `note("…"`, `missing("…"`, `code: "…"` beside a severity, and flags of names. */
function raisedCodes(): readonly string[] {
  const calls = /\b(?:note|missing)\(\s*(?:[^"()]*\? )?"([a-z-]+)"/g;
  const literals = /\bcode: "([a-z-]+)",\s*severity:/g;
  return sources.flatMap((code) =>
    [calls, literals].flatMap((form) => [...code.matchAll(form)].map((m) => m[1] ?? "")),
  );
}

describe("the remarks on records", () => {
  test("that are made have a text", () => {
    const raised = new Set(raisedCodes());
    expect(raised.size).toBeGreaterThan(30);
    expect([...raised].filter((code) => issueTextOf(code) === null)).toEqual([]);
  });

  test("that have a text are made", () => {
    const unused = Object.keys(ISSUE_TEXTS).filter((code) => !sources.some((source) => source.includes(`"${code}"`)));
    expect(unused).toEqual([]);
  });

  test.each(Object.entries(ISSUE_TEXTS))("%s is told in both languages: name, meaning, remedy", (code, { vi, en }) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(`${vi.meaning} ${vi.remedy}`).toMatch(VIETNAMESE);
    for (const text of Object.values(vi)) expect(text.normalize("NFC")).toBe(text);
    for (const text of Object.values(en)) expect(text).toMatch(/^[\x20-\x7e…]+$/);
    for (const { name, meaning, remedy } of [vi, en]) {
      expect(name.length).toBeLessThanOrEqual(45);
      expect(name).not.toMatch(/[.:]$/);
      for (const sentences of [meaning, remedy]) expect(sentences).toMatch(/^(?:[\p{Lu}\d]|dc:).*[.…]$/u);
    }
  });

  test("have names that tell them apart", () => {
    for (const language of ["vi", "en"] as const) {
      const names = Object.values(ISSUE_TEXTS).map((text) => text[language].name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test("that are not made any more have no text, and neither has what every object has", () => {
    expect([issueTextOf("date-unreadable"), issueTextOf("toString"), issueTextOf("")]).toEqual([null, null, null]);
  });
});

test.each(Object.entries(REMARK_ADVICE))("the remark %s of the probe is told in both languages", (_, { vi, en }) => {
  expect(vi).toMatch(VIETNAMESE);
  expect(vi.normalize("NFC")).toBe(vi);
  expect(en).toMatch(/^[\x20-\x7e…]+$/);
});
