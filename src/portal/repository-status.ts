import { PROFILES } from "../quality/profiles.ts";
import { type QualitySummary, summarize } from "../quality/summary.ts";
import type { Db } from "../store/database.ts";
import { weighDeletions } from "../store/deletions.ts";
import type { QualityGroup } from "../store/quality.ts";
import type { IssueCount, RecordCount } from "../store/records.ts";
import { findRepository, type Repository } from "../store/repositories.ts";
import { listRuns, type Run } from "../store/runs.ts";
import { type RepositoryStatus, statusOf } from "./status.ts";

/** What the page of one repository shows. */
export interface RepositoryDetails extends RepositoryStatus {
  /** Name of its software in `harvesters/platforms`; `null` where it was never asked. */
  readonly platform: string | null;
  /** What the probe has to remark, in the words of `ProbeRemark`. */
  readonly remarks: readonly string[];
  /** Latest first. */
  readonly runs: readonly Run[];
  /** Records that leave the feed when somebody approves it; 0 where nothing waits for that. */
  readonly proposed: number;
  /** By the national profile. */
  readonly quality: QualitySummary;
  readonly issues: readonly IssueCount[];
}

/** What was counted before, since counting takes a while: the records of all repositories, the scores of one and the remarks on it. */
export interface Counted {
  readonly records: readonly RecordCount[];
  readonly qualityOf: (repositoryId: number) => Promise<readonly QualityGroup[]>;
  readonly issuesOf: (repositoryId: number) => Promise<readonly IssueCount[]>;
}

const RUNS_SHOWN = 10;

/** Reads what is known of a repository at `now`, or `null` where there is none of that code. */
export async function readRepository(
  db: Db,
  code: string,
  now: Date,
  counted: Counted,
): Promise<RepositoryDetails | null> {
  const repository = await findRepository(db, code);
  return repository === null ? null : await readDetails(db, repository, now, counted);
}

/** Reads what is known of a repository at `now`. */
export async function readDetails(
  db: Db,
  repository: Repository,
  now: Date,
  counted: Counted,
): Promise<RepositoryDetails> {
  const { repository_id: id } = repository;
  const [runs, groups, issues] = await Promise.all([
    listRuns(db, id, RUNS_SHOWN),
    counted.qualityOf(id),
    counted.issuesOf(id),
  ]);
  const pending = runs.some(({ review }) => review === "pending");
  const count = counted.records.find(({ repositoryId }) => repositoryId === id) ?? null;
  return {
    ...statusOf(repository, runs[0] ?? null, count, now),
    platform: repository.platform,
    remarks: remarksOf(repository),
    runs,
    proposed: pending ? (await weighDeletions(db, id)).proposed : 0,
    quality: summarize(PROFILES.national, groups),
    issues,
  };
}

/** `behaviour` is what the probe stored, perhaps one of an older version. */
function remarksOf({ behaviour }: Repository): readonly string[] {
  const remarks: unknown = behaviour === null || !("remarks" in behaviour) ? [] : behaviour.remarks;
  return Array.isArray(remarks) ? remarks.filter((remark) => typeof remark === "string") : [];
}
