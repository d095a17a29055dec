import type { Db } from "../store/database.ts";
import { countRecords } from "../store/records.ts";
import { listRepositories } from "../store/repositories.ts";
import { listLatestRuns, type Run } from "../store/runs.ts";
import type { RepositoryState } from "../store/schema.ts";

/** One line of the status page. */
export interface RepositoryStatus {
  readonly code: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly state: RepositoryState;
  readonly live: number;
  readonly deleted: number;
  readonly lastRun: Run | null;
  /** `null`: only by hand. */
  readonly nextDueAt: Date | null;
}

/** What the status page shows. */
export interface Status {
  readonly repositories: readonly RepositoryStatus[];
  readonly live: number;
  readonly deleted: number;
  readonly lastUpdate: Date | null;
}

/** Reads the state of everything, repositories in Vietnamese alphabetical order. */
export async function readStatus(db: Db): Promise<Status> {
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
    nextDueAt: repository.schedule === "manual" ? null : repository.next_due_at,
  }));
  const finished = runs.flatMap((run) => (run.finished_at === null ? [] : [run.finished_at.getTime()]));
  return {
    repositories: lines.toSorted((a, b) => byName.compare(a.name, b.name)),
    live: counts.reduce((sum, count) => sum + count.live, 0),
    deleted: counts.reduce((sum, count) => sum + count.deleted, 0),
    lastUpdate: finished.length === 0 ? null : new Date(Math.max(...finished)),
  };
}
