import type { Db } from "../store/database.ts";
import { groupByQuality, type QualityGroup } from "../store/quality.ts";
import { countIssues, countRecords, type IssueCount, type RecordCount } from "../store/records.ts";
import { type Remembered, remembered } from "./remembered.ts";
import { readUse, type Use } from "./use.ts";

/** What is counted over many rows, each at most once a minute however many ask. */
export interface Counts {
  /** The records of every repository. */
  readonly records: () => Promise<Remembered<readonly RecordCount[]>>;
  /** The scores of all of them together. */
  readonly quality: () => Promise<readonly QualityGroup[]>;
  /** The scores of one. */
  readonly qualityOf: (repositoryId: number) => Promise<readonly QualityGroup[]>;
  /** The remarks on its records. */
  readonly issuesOf: (repositoryId: number) => Promise<readonly IssueCount[]>;
  /** How much the feed was used lately. */
  readonly use: () => Promise<Use>;
}

/** Counting grows with the number of records: it is done at most once a minute, and hardly anybody waits for it. */
const COUNTED = { freshMs: 60_000, usableMs: 600_000 };

/** Counters that remember; whoever shows the same numbers shares them. */
export function createCounts(db: Db): Counts {
  const quality = remembered(() => groupByQuality(db, null), COUNTED);
  const use = remembered(() => readUse(db, new Date()), COUNTED);
  return {
    records: remembered(() => countRecords(db), COUNTED),
    quality: async () => (await quality()).value,
    qualityOf: counterOfEach((repositoryId) => groupByQuality(db, repositoryId)),
    issuesOf: counterOfEach((repositoryId) => countIssues(db, repositoryId)),
    use: async () => (await use()).value,
  };
}

/** What is counted of one repository's records, as seldom as the records are. */
function counterOfEach<Counted>(count: (repositoryId: number) => Promise<Counted>): typeof count {
  const counters = new Map<number, () => Promise<Remembered<Counted>>>();
  return async (repositoryId) => {
    const counter = counters.get(repositoryId) ?? remembered(() => count(repositoryId), COUNTED);
    counters.set(repositoryId, counter);
    return (await counter()).value;
  };
}
