import type { Db } from "../store/database.ts";
import { type DumpJob, type FailedJob, type RunningJob, readJobs, type WaitingJob } from "../store/jobs-view.ts";
import type { RecordCount } from "../store/records.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { listLatestRuns, type Run } from "../store/runs.ts";
import type { RepositoryState } from "../store/schema.ts";
import type { Remembered } from "./remembered.ts";

/** When a repository is harvested next: a time to come, now, only when somebody says so, or not at all. */
export type NextRun = Date | "due" | "byHand" | "none";

/** One line of the status page. */
export interface RepositoryStatus {
  readonly code: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly state: RepositoryState;
  readonly live: number;
  readonly deleted: number;
  readonly lastRun: Run | null;
  readonly nextRun: NextRun;
}

/** A job with the name of its repository. */
export type Named<Job> = Job & { readonly name: string };

/** What goes on, waits and went wrong. */
export interface JobsStatus {
  readonly running: readonly Named<RunningJob>[];
  readonly waiting: readonly Named<WaitingJob>[];
  readonly waitingTotal: number;
  readonly failed: readonly Named<FailedJob>[];
}

/** How the nightly dump fares; where there are several places, the one that was begun last. */
export interface DumpSummary extends Pick<DumpJob, "whole"> {
  readonly state: DumpJob["latest"]["state"];
  readonly startedAt: Date;
}

/** What the status page shows. */
export interface Status {
  /** All but drafts. */
  readonly repositories: readonly RepositoryStatus[];
  readonly drafts: readonly RepositoryStatus[];
  readonly jobs: JobsStatus;
  /** `null`: none is made here. */
  readonly dump: DumpSummary | null;
  readonly live: number;
  readonly deleted: number;
  /** When the records were counted: not for every visitor. */
  readonly countedAt: Date;
  readonly lastUpdate: Date | null;
}

/** Jobs of each kind that are shown; operators see all of them on the command line. */
const JOBS_SHOWN = 20;

/** Reads the state of everything at `now`, repositories in Vietnamese alphabetical order; `counts` are the records of each. */
export async function readStatus(db: Db, now: Date, counts: Remembered<readonly RecordCount[]>): Promise<Status> {
  const [repositories, runs, jobs] = await Promise.all([
    listRepositories(db),
    listLatestRuns(db),
    readJobs(db, JOBS_SHOWN),
  ]);
  const runOf = new Map(runs.map((run) => [run.repository_id, run]));
  const countOf = new Map(counts.value.map((count) => [count.repositoryId, count]));
  const lines = repositories
    .map((repository) => {
      const { repository_id: id } = repository;
      return statusOf(repository, runOf.get(id) ?? null, countOf.get(id) ?? null, now);
    })
    .toSorted((a, b) => BY_NAME.compare(a.name, b.name));
  const finished = runs.flatMap((run) => (run.finished_at === null ? [] : [run.finished_at.getTime()]));
  return {
    repositories: lines.filter(({ state }) => state !== "draft"),
    drafts: lines.filter(({ state }) => state === "draft"),
    jobs: { ...jobs, ...namedJobs(jobs, repositories) },
    dump: dumpSummary(jobs.dumps),
    live: counts.value.reduce((sum, count) => sum + count.live, 0),
    deleted: counts.value.reduce((sum, count) => sum + count.deleted, 0),
    countedAt: counts.at,
    lastUpdate: finished.length === 0 ? null : new Date(Math.max(...finished)),
  };
}

const BY_NAME = new Intl.Collator("vi");

/** The state of one repository. */
export function statusOf(
  repository: Repository,
  lastRun: Run | null,
  count: RecordCount | null,
  now: Date,
): RepositoryStatus {
  return {
    code: repository.code,
    name: repository.name,
    baseUrl: repository.base_url,
    state: repository.state,
    live: count?.live ?? 0,
    deleted: count?.deleted ?? 0,
    lastRun,
    nextRun: nextRunOf(repository, now),
  };
}

function namedJobs(
  { running, waiting, failed }: Awaited<ReturnType<typeof readJobs>>,
  repositories: readonly Repository[],
): Pick<JobsStatus, "running" | "waiting" | "failed"> {
  const nameOf = new Map(repositories.map(({ code, name }) => [code, name]));
  const named = <Job extends { readonly code: string }>(job: Job) => ({
    ...job,
    name: nameOf.get(job.code) ?? job.code,
  });
  return { running: running.map(named), waiting: waiting.map(named), failed: failed.map(named) };
}

function dumpSummary(dumps: readonly DumpJob[]): DumpSummary | null {
  const last = dumps.toSorted((a, b) => b.latest.startedAt.getTime() - a.latest.startedAt.getTime())[0];
  if (last === undefined) return null;
  const { state, startedAt } = last.latest;
  return { state, startedAt, whole: last.whole };
}

function nextRunOf({ state, schedule, next_due_at }: Repository, now: Date): NextRun {
  if (state !== "live") return "none";
  if (schedule === "manual") return "byHand";
  // a new repository has no time of its own yet: the next tick of the scheduler takes it
  return next_due_at === null || next_due_at <= now ? "due" : next_due_at;
}
