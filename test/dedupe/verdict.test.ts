import { expect, test } from "vitest";
import { matchFacts } from "../../src/dedupe/facts.ts";
import { matchKeys } from "../../src/dedupe/match-keys.ts";
import { REASON_TEXTS, reasonInWords } from "../../src/dedupe/reason-texts.ts";
import { verdictOf } from "../../src/dedupe/verdict.ts";
import { recordOf } from "./described.ts";
import { PAIRS } from "./pairs.ts";

test.each(PAIRS)("$answer: $name", ({ a, b, answer, because }) => {
  const [one, other] = [matchFacts(recordOf(a)), matchFacts(recordOf(b))];
  const verdict = verdictOf(one, other);
  expect(verdict.reasons.map(({ code }) => code)).toContain(because);
  expect(verdict.answer).toBe(answer);
  const turned = verdictOf(other, one);
  expect(turned.answer).toBe(answer);
  expect(turned.reasons.map(({ code }) => code)).toEqual(verdict.reasons.map(({ code }) => code));
});

test.each(PAIRS.filter(({ answer }) => answer === "same"))("is brought together to be compared: $name", ({ a, b }) => {
  const keysOf = (facts: typeof a) => matchKeys(matchFacts(recordOf(facts))).map(({ kind, key }) => `${kind} ${key}`);
  expect(keysOf(a).some((key) => keysOf(b).includes(key))).toBe(true);
});

test("a handle is no key, nor is a wrong ISBN or the year", () => {
  const card = { title: "Địa chí Hà Tiên", year: "1901", handle: "123456789/1", badIsbn: "9786040000000" };
  expect(matchKeys(matchFacts(recordOf(card)))).toEqual([]);
});

test("a reason is a sentence in both languages, with the values of both records", () => {
  const reason = { code: "year-near", a: "2019", b: "2020" } as const;
  expect(reasonInWords(reason, "en")).toBe("years next to each other: 2019, 2020");
  expect(reasonInWords(reason, "vi")).toBe("năm lệch nhau một: 2019, 2020");
});

test("every reason can be reached by a pair of the table, or is a mere detail of one", () => {
  const reached = new Set(
    PAIRS.flatMap(({ a, b }) =>
      verdictOf(matchFacts(recordOf(a)), matchFacts(recordOf(b))).reasons.map(({ code }) => code),
    ),
  );
  expect(Object.keys(REASON_TEXTS).filter((code) => !reached.has(code as never))).toEqual([]);
});
