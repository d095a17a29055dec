import type { Db } from "../store/database.ts";
import { countRecords } from "../store/records.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { listLatestRuns, type Run } from "../store/runs.ts";
import type { RepositoryState } from "../store/schema.ts";

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

/** What the status page shows. */
export interface Status {
  readonly repositories: readonly RepositoryStatus[];
  readonly live: number;
  readonly deleted: number;
  readonly lastUpdate: Date | null;
}

/** Reads the state of everything at `now`, repositories in Vietnamese alphabetical order. */
export async function readStatus(db: Db, now: Date): Promise<Status> {
  const [repositories, runs, counts] = await Promise.all([listRepositories(db), listLatestRuns(db), countRecords(db)]);
  const runOf = new Map(runs.map((run) => [run.repository_id, run]));
  const countOf = new Map(counts.map((count) => [count.repositoryId, count]));
  const byName = new Intl.Collator("vi");
  const lines = repositories.map((repository) => ({
    code: repository.code,
    name: repository.name,
    baseUrl: repository.base_url,
    state: repository.state,
    live: countOf.get(repository.repository_id)?.live ?? 0,
    deleted: countOf.get(repository.repository_id)?.deleted ?? 0,
    lastRun: runOf.get(repository.repository_id) ?? null,
    nextRun: nextRunOf(repository, now),
  }));
  const finished = runs.flatMap((run) => (run.finished_at === null ? [] : [run.finished_at.getTime()]));
  return {
    repositories: lines.toSorted((a, b) => byName.compare(a.name, b.name)),
    live: counts.reduce((sum, count) => sum + count.live, 0),
    deleted: counts.reduce((sum, count) => sum + count.deleted, 0),
    lastUpdate: finished.length === 0 ? null : new Date(Math.max(...finished)),
  };
}

function nextRunOf({ state, schedule, next_due_at }: Repository, now: Date): NextRun {
  if (state !== "live") return "none";
  if (schedule === "manual") return "byHand";
  // a new repository has no time of its own yet: the next tick of the scheduler takes it
  return next_due_at === null || next_due_at <= now ? "due" : next_due_at;
}
