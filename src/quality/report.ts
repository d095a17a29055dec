import { fromStored, type StoredRecord } from "../record/common-record.ts";
import { judge, type Tier, tierOf, type Verdict, verdictsOf } from "./judge.ts";
import type { Level, Profile, ProfileRule } from "./profiles.ts";
import type { QualityRule, Remark } from "./rule.ts";

/** A value that was found, and in how many records. */
export interface Occurrence {
  readonly value: string;
  readonly times: number;
}

/** What a rule says of the records of a repository. */
export interface RuleReport {
  readonly rule: QualityRule;
  readonly level: Level;
  readonly met: number;
  readonly missed: number;
  readonly notApplicable: number;
  /** Most frequent first. */
  readonly good: readonly Occurrence[];
  /** Values because of which it is missed; records that have none at all are not among them. */
  readonly bad: readonly Occurrence[];
}

/** What a profile says of the records of a repository. */
export interface QualityReport {
  readonly records: number;
  /** The mean over the records, or `null` where there are none. */
  readonly score: number | null;
  readonly tiers: Readonly<Record<Tier, number>>;
  /** In the order of the profile. */
  readonly rules: readonly RuleReport[];
}

/** Takes in one record after the other and says at the end what there is to say of all of them. */
export interface QualityCount {
  readonly add: (stored: StoredRecord, remarks: readonly Remark[]) => void;
  readonly report: () => QualityReport;
}

/** Of so many different values of a rule it is counted how often each occurs; later ones are left out: most are names. */
const VALUES_COUNTED = 1_000;
const VALUES_SHOWN = 3;

/** Begins to count what a profile says of records, in memory that does not grow with their number. */
export function countQuality(profile: Profile): QualityCount {
  const tallies = profile.rules.map(newTally);
  const tiers = { complete: 0, sufficient: 0, deficient: 0 };
  let [records, total] = [0, 0];
  return {
    add: (stored, remarks) => {
      const record = fromStored(stored);
      const quality = judge(profile, record, remarks);
      records += 1;
      total += quality.score;
      tiers[tierOf(profile, quality.missed)] += 1;
      const verdicts = verdictsOf(profile, record, remarks, quality);
      for (const [index, tally] of tallies.entries()) count(tally, verdicts[index]);
    },
    report: () => ({
      records,
      score: records === 0 ? null : Math.round(total / records),
      tiers: { ...tiers },
      rules: tallies.map((tally) => ({ ...tally, good: tally.good.most(), bad: tally.bad.most() })),
    }),
  };
}

type Tally = ReturnType<typeof newTally>;

function newTally({ rule, level }: ProfileRule) {
  return { rule, level, met: 0, missed: 0, notApplicable: 0, good: counter(), bad: counter() };
}

function count(tally: Tally, verdict: Verdict | undefined): void {
  if (verdict === undefined || verdict.verdict === "not-applicable") tally.notApplicable += 1;
  else if (verdict.verdict === "met") {
    tally.met += 1;
    tally.good.add(verdict.value);
  } else {
    tally.missed += 1;
    tally.bad.add(verdict.value);
  }
}

interface Counter {
  readonly add: (value: string | null) => void;
  readonly most: () => readonly Occurrence[];
}

function counter(): Counter {
  const times = new Map<string, number>();
  return {
    add: (value) => {
      if (value === null) return;
      const known = times.get(value);
      if (known !== undefined || times.size < VALUES_COUNTED) times.set(value, (known ?? 0) + 1);
    },
    most: () =>
      [...times]
        .map(([value, count]) => ({ value, times: count }))
        .toSorted((a, b) => b.times - a.times)
        .slice(0, VALUES_SHOWN),
  };
}
