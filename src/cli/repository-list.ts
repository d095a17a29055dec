import { repositoryOfCode } from "../registry/repositories.ts";
import type { Db } from "../store/database.ts";
import { countIssues, countRecords } from "../store/records.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { listLatestRuns, listRuns, type Run } from "../store/runs.ts";
import { print, printTable, withStore } from "./run-command.ts";
import { outcomeOf } from "./run-report.ts";

interface Entry {
  readonly repository: Repository;
  readonly live: number;
  readonly deleted: number;
  readonly lastRun: Run | null;
}

const RUNS_SHOWN = 10;

/** `lienthong repository list` */
export async function listCommand(options: { readonly json?: true }): Promise<void> {
  await withStore(async ({ db }) => {
    const entries = await readEntries(db);
    if (options.json === true) print(JSON.stringify(entries.map(jsonOf), null, 2));
    else if (entries.length === 0) print("no repositories yet; `lienthong repository add <url>` registers one");
    else printTable(["code", "state", "schedule", "records", "deleted", "latest harvest", "name"], entries.map(rowOf));
  });
}

/** `lienthong repository show` */
export async function showCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => {
    const repository = await repositoryOfCode(db, code);
    const [runs, issues, counts] = await Promise.all([
      listRuns(db, repository.repository_id, RUNS_SHOWN),
      countIssues(db, repository.repository_id),
      countRecords(db),
    ]);
    const count = counts.find(({ repositoryId }) => repositoryId === repository.repository_id);
    print(factLines({ ...factsOf(repository), records: `${count?.live ?? 0} live, ${count?.deleted ?? 0} deleted` }));
    if (runs.length === 0) print(`\nnever harvested; \`lienthong harvest ${code}\` does it now`);
    else printRunTable(runs);
    if (issues.length > 0) {
      print("\nwhat there is to remark on its records:");
      printTable(
        ["remark", "severity", "records"],
        issues.map((issue) => [issue.code, issue.severity, issue.records]),
      );
    }
  });
}

async function readEntries(db: Db): Promise<readonly Entry[]> {
  const [repositories, runs, counts] = await Promise.all([listRepositories(db), listLatestRuns(db), countRecords(db)]);
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
  const { code, name, base_url: baseUrl, state, schedule } = repository;
  const run =
    lastRun === null
      ? null
      : {
          outcome: lastRun.outcome,
          startedAt: lastRun.started_at,
          received: lastRun.received,
          failure: lastRun.failure,
        };
  return { code, name, baseUrl, state, schedule, live, deleted, lastRun: run };
}

function rowOf({ repository, live, deleted, lastRun }: Entry) {
  const { code, state, schedule, name } = repository;
  const latest = lastRun === null ? "never" : `${outcomeOf(lastRun)}, ${minute(lastRun.started_at)}`;
  return [code, state, schedule, live, deleted, latest, name];
}

/** What is known of a repository, in the words of the commands that set it and of the protocol. */
function factsOf(repository: Repository): Readonly<Record<string, string | null>> {
  const { identity, schedule, next_due_at } = repository;
  return {
    code: repository.code,
    name: repository.name,
    "base URL": repository.base_url,
    state: repository.state,
    schedule: schedule === "manual" || next_due_at === null ? schedule : `${schedule}, next ${minute(next_due_at)}`,
    software: repository.platform,
    format: repository.metadata_prefix ?? "the richest that can be mapped",
    set: repository.set_spec,
    "default access right": repository.default_access_rights,
    "harvested until": repository.harvested_until,
    "calls itself": identity?.repositoryName ?? null,
    "e-mail": identity?.adminEmails.join(", ") ?? null,
    "deleted records": identity?.deletedRecord ?? null,
    granularity: identity?.granularity ?? null,
  };
}

function factLines(facts: Readonly<Record<string, string | null>>): string {
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}

function printRunTable(runs: readonly Run[]): void {
  print(`\nlatest harvests${runs.length < RUNS_SHOWN ? "" : ` (${RUNS_SHOWN})`}:`);
  printTable(
    ["started", "outcome", "received", "new", "changed", "unchanged", "rejected"],
    runs.map((run) => [
      minute(run.started_at),
      outcomeOf(run),
      run.received,
      run.added,
      run.changed,
      run.unchanged,
      run.rejected,
    ]),
  );
  for (const { started_at, failure } of runs) if (failure !== null) print(`${minute(started_at)}: ${failure}`);
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")}Z`;
}
