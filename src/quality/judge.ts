import type { CommonRecord } from "../record/common-record.ts";
import { excerpt } from "../record/issue.ts";
import type { Level, Profile, ProfileRule } from "./profiles.ts";
import type { QualityRule, Remark } from "./rule.ts";

/** `complete`: nothing mandatory is missed; `sufficient`: only what is mandatory if applicable; `deficient`: something mandatory. */
export type Tier = "complete" | "sufficient" | "deficient";

/** How good a record is. */
export interface Quality {
  /** 0 to 100: the share of what applies that it meets, by weight (docs/quality.md). */
  readonly score: number;
  /** The bits of the rules that apply and that it does not meet. */
  readonly missed: number;
  /** The bits of the rules that it meets. */
  readonly met: number;
}

/** What a rule says of one record. */
export interface Verdict {
  readonly rule: QualityRule;
  readonly level: Level;
  readonly verdict: "met" | "missed" | "not-applicable";
  /** The value that was found, cut to a readable length; of a rule that is missed what the source said, where it said something. */
  readonly value: string | null;
}

/** Judges a record by a profile; `remarks` are what its crosswalk remarked on. Made for every record that is stored. */
export function judge(profile: Profile, record: CommonRecord, remarks: readonly Remark[]): Quality {
  let [met, missed, reached, possible] = [0, 0, 0, 0];
  for (const wanted of profile.rules) {
    const bit = 1 << wanted.rule.bit;
    if (!applies(wanted, record, remarks)) continue;
    possible += wanted.weight;
    if (wanted.rule.met(record, remarks)) {
      reached += wanted.weight;
      met |= bit;
    } else missed |= bit;
  }
  return { score: possible === 0 ? 0 : Math.round((100 * reached) / possible), missed, met };
}

/** The tier of a record that misses those rules. */
export function tierOf(profile: Profile, missed: number): Tier {
  const misses = (level: Level) => profile.rules.some((wanted) => wanted.level === level && isIn(wanted.rule, missed));
  if (misses("M")) return "deficient";
  return misses("MA") ? "sufficient" : "complete";
}

/** Whether the rule is among those bits. */
export function isIn(rule: QualityRule, bits: number): boolean {
  return (bits & (1 << rule.bit)) !== 0;
}

/** What each rule of the profile says of a record that was judged. */
export function verdictsOf(
  profile: Profile,
  record: CommonRecord,
  remarks: readonly Remark[],
  quality: Quality = judge(profile, record, remarks),
): readonly Verdict[] {
  return profile.rules.map(({ rule, level }) => {
    if (isIn(rule, quality.met)) return { rule, level, verdict: "met", value: cut(rule.value(record)) };
    if (!isIn(rule, quality.missed)) return { rule, level, verdict: "not-applicable", value: null };
    return { rule, level, verdict: "missed", value: cut(saidInstead(rule, remarks) ?? rule.value(record)) };
  });
}

function applies({ rule, level }: ProfileRule, record: CommonRecord, remarks: readonly Remark[]): boolean {
  return level === "M" || rule.applies === undefined || rule.applies(record, remarks);
}

/** What the source said where nothing could be made of it. */
function saidInstead(rule: QualityRule, remarks: readonly Remark[]): string | null {
  for (const code of rule.because) {
    const remark = remarks.find((candidate) => candidate.code === code && isAbout(rule, candidate));
    if (remark !== undefined) return remark.value;
  }
  return null;
}

function isAbout({ fields }: QualityRule, { field, value }: Remark): boolean {
  return value !== null && (field === null || fields.some((own) => own === field));
}

function cut(value: string | null): string | null {
  return value === null ? null : excerpt(value);
}
