import type { Db } from "../store/database.ts";
import { countRecords } from "../store/records.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { listLatestRuns, type Run } from "../store/runs.ts";
import { print, printTable, withStore } from "./run-command.ts";
import { minute, outcomeOf } from "./run-report.ts";

interface Entry {
  readonly repository: Repository;
  readonly live: number;
  readonly deleted: number;
  readonly lastRun: Run | null;
}

/** `lienthong repository list` */
export async function listCommand(options: { readonly json?: true; readonly retired?: true }): Promise<void> {
  await withStore(async ({ db }) => {
    const entries = await readEntries(db, options.retired === true);
    if (options.json === true) print(JSON.stringify(entries.map(jsonOf), null, 2));
    else if (entries.length === 0) print("no repositories yet; `lienthong repository add <url>` registers one");
    else printTable(["code", "state", "schedule", "records", "deleted", "latest harvest", "name"], entries.map(rowOf));
  });
}

async function readEntries(db: Db, retired: boolean): Promise<readonly Entry[]> {
  const [repositories, runs, counts] = await Promise.all([
    listRepositories(db, { retired }),
    listLatestRuns(db),
    countRecords(db),
  ]);
  const runOf = new Map(runs.map((run) => [run.repository_id, run]));
  const countOf = new Map(counts.map((count) => [count.repositoryId, count]));
  return repositories.map((repository) => ({
    repository,
    live: countOf.get(repository.repository_id)?.live ?? 0,
    deleted: countOf.get(repository.repository_id)?.deleted ?? 0,
    lastRun: runOf.get(repository.repository_id) ?? null,
  }));
}

function jsonOf({ repository, live, deleted, lastRun }: Entry) {
  const { code, name, base_url: baseUrl, state, schedule, time_zone: timeZone, quiet_hours: quietHours } = repository;
  const signIn = repository.secrets !== null;
  const run =
    lastRun === null
      ? null
      : {
          outcome: lastRun.outcome,
          startedAt: lastRun.started_at,
          received: lastRun.received,
          failure: lastRun.failure,
        };
  return { code, name, baseUrl, state, schedule, timeZone, quietHours, signIn, live, deleted, lastRun: run };
}

function rowOf({ repository, live, deleted, lastRun }: Entry) {
  const { code, state, schedule, quiet_hours, name } = repository;
  const when = quiet_hours === null ? schedule : `${schedule}, not ${quiet_hours}`;
  const latest = lastRun === null ? "never" : `${outcomeOf(lastRun)}, ${minute(lastRun.started_at)}`;
  return [code, state, when, live, deleted, latest, name];
}
