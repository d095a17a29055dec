import { isIn, type Tier, tierOf } from "./judge.ts";
import type { Level, Profile, ProfileRule } from "./profiles.ts";
import type { QualityRule } from "./rule.ts";

/** Records that miss the same rules. */
export interface JudgedGroup {
  /** The bits of those rules, or `null` for records that were not judged. */
  readonly missed: number | null;
  readonly records: number;
  /** Sum of their scores. */
  readonly scores: number;
}

/** A rule, and how many records miss it. */
export interface MissedRule {
  readonly rule: QualityRule;
  readonly level: Level;
  readonly records: number;
}

/** How good the records of a repository are. */
export interface QualitySummary {
  readonly records: number;
  /** Those of which the score is known; the rest of the summary is about them. */
  readonly judged: number;
  /** The mean, or `null` where none was judged. */
  readonly score: number | null;
  readonly tiers: Readonly<Record<Tier, number>>;
  /** Rules that any record misses, those first that cost the score most: weight times records. */
  readonly missed: readonly MissedRule[];
}

/** Sums up groups of records, which were judged by that profile. */
export function summarize(profile: Profile, groups: readonly JudgedGroup[]): QualitySummary {
  const tiers = { complete: 0, sufficient: 0, deficient: 0 };
  let [records, judged, scores] = [0, 0, 0];
  for (const group of groups) {
    records += group.records;
    if (group.missed === null) continue;
    judged += group.records;
    scores += group.scores;
    tiers[tierOf(profile, group.missed)] += group.records;
  }
  return {
    records,
    judged,
    score: judged === 0 ? null : Math.round(scores / judged),
    tiers,
    missed: profile.rules
      .map((wanted) => ({ wanted, records: missing(wanted, groups) }))
      .filter((missed) => missed.records > 0)
      .toSorted((a, b) => b.wanted.weight * b.records - a.wanted.weight * a.records)
      .map(({ wanted: { rule, level }, records }) => ({ rule, level, records })),
  };
}

function missing({ rule }: ProfileRule, groups: readonly JudgedGroup[]): number {
  return groups.reduce((sum, { missed, records }) => sum + (missed !== null && isIn(rule, missed) ? records : 0), 0);
}
