import { hintOnRule } from "../portal/rule-advice.ts";
import { type Profile, WEIGHTS } from "../quality/profiles.ts";
import type { Occurrence, QualityReport, RuleReport } from "../quality/report.ts";
import type { QualitySummary } from "../quality/summary.ts";
import { ruleTextOf } from "../record/rule-texts.ts";
import { print, printTable } from "./run-command.ts";

/** A repository by its code, and how good its records are. */
export interface NamedSummary {
  readonly code: string;
  readonly summary: QualitySummary;
}

/** What a profile says of the records of one repository. */
export interface NamedReport {
  readonly code: string;
  readonly profile: Profile;
  readonly report: QualityReport;
  readonly platform: string | null;
}

const HEAD = ["repository", "records", "score", "complete", "sufficient", "deficient", "costs most"] as const;

/** Prints a line a repository. */
export function printSummaries(summaries: readonly NamedSummary[], profile: Profile): void {
  if (summaries.length === 0) {
    print("no repository is registered; `lienthong repository add <url>` does it");
    return;
  }
  printTable(
    HEAD,
    summaries.map(({ code, summary: { records, score, tiers, missed } }) => [
      code,
      records,
      score ?? "-",
      tiers.complete,
      tiers.sufficient,
      tiers.deficient,
      missed[0] === undefined ? "-" : `${missed[0].rule.code} (${missed[0].records.toLocaleString("en")})`,
    ]),
  );
  const unjudged = summaries.filter(({ summary }) => summary.judged < summary.records).map(({ code }) => code);
  if (unjudged.length > 0)
    print(`\nsome records have no score yet: ${unjudged.join(", ")}; \`lienthong quality --renew\` judges them`);
  print(`\nprofile ${profile.name}; \`lienthong quality <code>\` shows it rule by rule`);
}

/** Prints, rule by rule, what is missed, with examples and what to do; those first that cost the score most. */
export function printQuality({ code, profile, report, platform }: NamedReport): void {
  const { records, score, tiers } = report;
  if (score === null) {
    print(`"${code}" has no records in the feed`);
    return;
  }
  const counts = Object.entries(tiers).map(([tier, times]) => `${times.toLocaleString("en")} ${tier}`);
  print(
    `${code}: score ${score} of 100 by the profile ${profile.name}; ${records.toLocaleString("en")} records: ${counts.join(", ")}`,
  );
  for (const rule of missedFirst(report)) printRule(rule, platform);
  const met = report.rules.filter(({ missed, met }) => missed === 0 && met > 0);
  if (met.length > 0) print(`\nmet wherever it applies: ${met.map(({ rule }) => rule.code).join(", ")}`);
}

function missedFirst({ rules }: QualityReport): readonly RuleReport[] {
  const cost = ({ level, missed }: RuleReport) => WEIGHTS[level] * missed;
  return rules.filter(({ missed }) => missed > 0).toSorted((a, b) => cost(b) - cost(a));
}

function printRule({ rule, level, met, missed, good, bad }: RuleReport, platform: string | null): void {
  const { name, meaning, remedy } = ruleTextOf(rule.code).en;
  const hint = hintOnRule(rule, platform);
  print(`\n${rule.code} (${level}): ${name}`);
  print(`    missed by ${missed.toLocaleString("en")}, met by ${met.toLocaleString("en")}`);
  print(`    ${meaning} ${remedy}`);
  if (hint !== null) print(`    ${hint.software}: ${hint.text.en}`);
  if (bad.length > 0) print(`    bad:  ${examples(bad)}`);
  if (good.length > 0) print(`    good: ${examples(good)}`);
}

function examples(occurrences: readonly Occurrence[]): string {
  return occurrences
    .map(({ value, times }) => `${JSON.stringify(shown(value))} (${times.toLocaleString("en")})`)
    .join(", ");
}

/** A line of a terminal holds three of that length. */
const LONGEST_EXAMPLE = 60;

function shown(value: string): string {
  return value.length <= LONGEST_EXAMPLE ? value : `${value.slice(0, LONGEST_EXAMPLE - 1)}…`;
}

/** The same for programs. */
export function summaryJson({ code, summary }: NamedSummary): object {
  const missed = summary.missed.map(({ rule, level, records }) => ({ code: rule.code, level, records }));
  return { repository: code, ...summary, missed };
}

/** The same for programs, with the sentences in both languages. */
export function reportJson({ code, profile, report, platform }: NamedReport): object {
  const rules = report.rules.map(({ rule, ...counts }) => ({
    code: rule.code,
    fields: rule.fields,
    severity: rule.severity,
    ...counts,
    text: ruleTextOf(rule.code),
    hint: hintOnRule(rule, platform),
  }));
  return { repository: code, profile: profile.name, ...report, rules };
}
