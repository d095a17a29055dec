import { describe, expect, test } from "vitest";
import { PROFILES } from "../../src/quality/profiles.ts";
import { countQuality } from "../../src/quality/report.ts";
import { RULES } from "../../src/quality/rules.ts";
import { summarize } from "../../src/quality/summary.ts";
import type { StoredRecord } from "../../src/record/common-record.ts";
import type { RuleCode } from "../../src/record/rule-texts.ts";

const BOOK: StoredRecord = {
  titles: [{ value: "Số đỏ", type: "main" }],
  resourceType: { uri: "http://purl.org/coar/resource_type/c_2f33", label: {}, general: "literature", raw: "Sách" },
};

function bitsOf(...codes: readonly RuleCode[]): number {
  return codes.reduce((bits, code) => bits | (1 << (RULES.find((rule) => rule.code === code)?.bit ?? Number.NaN)), 0);
}

function reportOn(
  records: readonly { readonly stored: StoredRecord; readonly remarks?: readonly [string, string][] }[],
) {
  const count = countQuality(PROFILES.national);
  for (const { stored, remarks = [] } of records)
    count.add(
      stored,
      remarks.map(([code, value]) => ({ code, field: null, value })),
    );
  const report = count.report();
  return { report, rule: (code: RuleCode) => report.rules.find(({ rule }) => rule.code === code) };
}

describe("a report on the records of a repository", () => {
  test("counts for each rule who meets it, who misses it, and to whom it does not apply", () => {
    const { report, rule } = reportOn([
      { stored: BOOK },
      { stored: { ...BOOK, languages: ["vie"] } },
      { stored: { ...BOOK, resourceType: null } },
    ]);
    expect(report.records).toBe(3);
    expect(rule("language")).toMatchObject({ level: "MA", met: 1, missed: 2, notApplicable: 0 });
    expect(rule("resource-type")).toMatchObject({ level: "M", met: 2, missed: 1, notApplicable: 0 });
    expect(rule("thesis-level")).toMatchObject({ met: 0, missed: 0, notApplicable: 3 });
  });

  test("shows good and bad values, the most frequent first, and at most three", () => {
    const bad = ["SGK", "SGK", "Khác", "x", "y"].map((value) => ({
      stored: { ...BOOK, resourceType: null },
      remarks: [["unmatched-type", value]] as [string, string][],
    }));
    const { rule } = reportOn([
      ...bad,
      { stored: BOOK },
      { stored: BOOK },
      { stored: { ...BOOK, resourceType: null } },
    ]);
    expect(rule("resource-type")?.good).toEqual([{ value: "Sách", times: 2 }]);
    expect(rule("resource-type")?.bad).toEqual([
      { value: "SGK", times: 2 },
      { value: "Khác", times: 1 },
      { value: "x", times: 1 },
    ]);
  });

  test("goes on counting values it knows when there are too many to know them all", () => {
    const dated = (raw: string) => ({
      stored: { ...BOOK, issued: { value: "2020", raw, precision: "year" as const } },
    });
    const many = Array.from({ length: 1_500 }, (_, index) => dated(`số ${index}`));
    const { rule } = reportOn([...many, dated("số 1"), dated("số 1499"), dated("số 1499")]);
    expect(rule("publication-date")?.met).toBe(1_503);
    expect(rule("publication-date")?.good[0]).toEqual({ value: "số 1", times: 2 });
  });

  test("without records has no score", () => {
    expect(reportOn([]).report).toMatchObject({ records: 0, score: null });
  });
});

describe("a summary of groups of records", () => {
  const groups = [
    { missed: bitsOf("publication-date", "license"), records: 10, scores: 700 },
    { missed: bitsOf("license"), records: 45, scores: 4_410 },
    { missed: bitsOf("subject", "language"), records: 5, scores: 400 },
    { missed: 0, records: 20, scores: 2_000 },
    { missed: null, records: 20, scores: 0 },
  ];

  test("has the mean score and the tiers of those that were judged", () => {
    expect(summarize(PROFILES.national, groups)).toMatchObject({
      records: 100,
      judged: 80,
      // 7,510 : 80 = 93.875
      score: 94,
      tiers: { complete: 65, sufficient: 5, deficient: 10 },
    });
  });

  test("names what costs the score most first: 55 × 1, 10 × 5, 5 × 3", () => {
    const { missed } = summarize(PROFILES.national, groups);
    expect(missed.map(({ rule, level, records }) => [rule.code, level, records])).toEqual([
      ["license", "R", 55],
      ["publication-date", "M", 10],
      ["language", "MA", 5],
      ["subject", "MA", 5],
    ]);
  });

  test("of records that nobody judged has no score and names nothing", () => {
    const unjudged = summarize(PROFILES.national, [{ missed: null, records: 7, scores: 0 }]);
    expect(unjudged).toMatchObject({ records: 7, judged: 0, score: null, missed: [] });
  });
});
