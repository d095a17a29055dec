import { readFileSync, writeFileSync } from "node:fs";
import {
  pauseRepository,
  registerRepository,
  repositoryOfCode,
  resumeRepository,
  retireRepository,
} from "../registry/repositories.ts";
import { exportRepositories, importRepositories } from "../registry/repositories-yaml.ts";
import { isSchedule } from "../schedule/timetable.ts";
import { countIssues, countRecords } from "../store/records.ts";
import { listRepositories } from "../store/repositories.ts";
import { listLatestRuns, listRuns, type Run } from "../store/runs.ts";
import { print, withStore } from "./run-command.ts";
import { textTable } from "./text-table.ts";

interface AddOptions {
  readonly code?: string;
  readonly name?: string;
  readonly schedule?: string;
  readonly format?: string;
  readonly set?: string;
  readonly access?: string;
}

const RUNS_SHOWN = 10;
const STANDARD_INPUT = 0;

/** `lienthong repository add` */
export async function addCommand(url: string, options: AddOptions): Promise<void> {
  const { format, set, access, ...rest } = options;
  await withStore(async ({ db }) => {
    const definition = {
      baseUrl: url,
      ...rest,
      metadataPrefix: format ?? null,
      setSpec: set ?? null,
      defaultAccessRights: access ?? null,
    };
    const repository = await registerRepository(db, definition, isSchedule);
    print(`registered as "${repository.code}"; \`lienthong harvest ${repository.code}\` harvests it now`);
  });
}

/** `lienthong repository list` */
export async function listCommand(options: { readonly json?: true }): Promise<void> {
  await withStore(async ({ db }) => {
    const [repositories, runs, counts] = await Promise.all([
      listRepositories(db),
      listLatestRuns(db),
      countRecords(db),
    ]);
    const runOf = new Map(runs.map((run) => [run.repository_id, run]));
    const countOf = new Map(counts.map((count) => [count.repositoryId, count]));
    const entries = repositories.map((repository) => ({
      code: repository.code,
      name: repository.name,
      state: repository.state,
      schedule: repository.schedule,
      live: countOf.get(repository.repository_id)?.live ?? 0,
      deleted: countOf.get(repository.repository_id)?.deleted ?? 0,
      lastRun: lastRun(runOf.get(repository.repository_id)),
      baseUrl: repository.base_url,
    }));
    if (options.json === true) print(JSON.stringify(entries, null, 2));
    else if (entries.length === 0) print("no repositories yet; `lienthong repository add <url>` registers one");
    else {
      const head = ["code", "state", "schedule", "live", "deleted", "last run", "name"];
      print(
        textTable(
          head,
          entries.map((entry) => [
            entry.code,
            entry.state,
            entry.schedule,
            entry.live,
            entry.deleted,
            entry.lastRun,
            entry.name,
          ]),
        ),
      );
    }
  });
}

/** `lienthong repository show` */
export async function showCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => {
    const repository = await repositoryOfCode(db, code);
    const [runs, issues] = await Promise.all([
      listRuns(db, repository.repository_id, RUNS_SHOWN),
      countIssues(db, repository.repository_id),
    ]);
    const { identity, ...facts } = repository;
    print(
      textTable(
        ["", ""],
        Object.entries({ ...facts, ...identity }).map(([name, value]) => [
          name.replaceAll("_", " "),
          String(value ?? "-"),
        ]),
      ),
    );
    print(
      textTable(["run", "started", "outcome", "received", "new", "changed", "rejected", "reason"], runs.map(runRow)),
    );
    if (issues.length > 0)
      print(
        textTable(
          ["issue", "severity", "records"],
          issues.map(({ code, severity, records }) => [code, severity, records]),
        ),
      );
  });
}

/** `lienthong repository pause` */
export async function pauseCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => await pauseRepository(db, code));
  print(`"${code}" is paused; \`lienthong repository resume ${code}\` harvests it again`);
}

/** `lienthong repository resume` */
export async function resumeCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => await resumeRepository(db, code));
  print(`"${code}" is harvested again`);
}

/** `lienthong repository remove`: only with --yes, since everybody downstream sees the records go. */
export async function removeCommand(code: string, sure: boolean): Promise<void> {
  await withStore(async ({ db, config }) => {
    const repository = await repositoryOfCode(db, code);
    if (!sure) {
      const live = (await countRecords(db)).find((count) => count.repositoryId === repository.repository_id)?.live ?? 0;
      print(
        `this would mark ${live.toLocaleString("en")} records of "${code}" as deleted in the feed; say --yes to do it`,
      );
      process.exitCode = 1;
      return;
    }
    const retired = await retireRepository(db, code, config.leadSeconds);
    print(`"${code}" is retired; ${retired.toLocaleString("en")} records are deleted in the feed`);
  });
}

/** `lienthong repository import` */
export async function importCommand(file: string): Promise<void> {
  const text = readFileSync(file === "-" ? STANDARD_INPUT : file, "utf8");
  await withStore(async ({ db }) => {
    const { added, updated } = await importRepositories(db, text, isSchedule);
    print(`${added.length} added, ${updated.length} updated`);
  });
}

/** `lienthong repository export` */
export async function exportCommand(file: string | undefined): Promise<void> {
  const yaml = await withStore(async ({ db }) => await exportRepositories(db));
  if (file === undefined) print(yaml);
  else writeFileSync(file, yaml);
}

function runRow(run: Run): (string | number)[] {
  const { run_id, started_at, outcome, received, added, changed, rejected, failure } = run;
  return [String(run_id), minute(started_at), outcome ?? "open", received, added, changed, rejected, failure ?? ""];
}

function lastRun(run: Run | undefined): string {
  return run === undefined ? "never" : `${run.outcome ?? "open"} ${minute(run.started_at)}`;
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")}Z`;
}
