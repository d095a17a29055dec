import { RegistryError } from "../registry/errors.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import type { Db } from "../store/database.ts";
import { listRepositories } from "../store/repositories.ts";
import { findRun, listLatestRuns, listRuns } from "../store/runs.ts";
import { print, withStore } from "./run-command.ts";
import { type NamedRun, printRun, printRuns } from "./run-report.ts";

const RUNS_SHOWN = 20;

/** `lienthong runs`: the latest run of each repository, or the latest ones of one. */
export async function runsCommand(code: string | undefined, options: { readonly json?: true }): Promise<void> {
  await withStore(async ({ db }) => {
    const runs = code === undefined ? await latestOfEach(db) : await latestOf(db, code);
    if (options.json === true)
      print(
        JSON.stringify(
          runs.map((named) => ({ code: named.code, ...named.run })),
          null,
          2,
        ),
      );
    else if (runs.length === 0) print("nothing was harvested yet; `lienthong harvest <url|code>` does it now");
    else printRuns(runs);
  });
}

/** `lienthong runs show`: one run in full, the latest where no number is given. */
export async function showRunCommand(code: string, number: string | undefined): Promise<void> {
  await withStore(async ({ db }) => {
    const { repository_id, platform } = await repositoryOfCode(db, code);
    const run =
      number === undefined
        ? ((await listRuns(db, repository_id, 1))[0] ?? null)
        : await findRun(db, repository_id, runNumber(number));
    if (run === null)
      throw new RegistryError(
        number === undefined
          ? `"${code}" was never harvested; \`lienthong harvest ${code}\` does it now`
          : `"${code}" has no run ${number}; \`lienthong runs ${code}\` shows its latest ones`,
      );
    printRun({ code, run }, platform);
  });
}

async function latestOfEach(db: Db): Promise<readonly NamedRun[]> {
  const [repositories, runs] = await Promise.all([listRepositories(db), listLatestRuns(db)]);
  const codeOf = new Map(repositories.map(({ repository_id, code }) => [repository_id, code]));
  return runs
    .toSorted((a, b) => b.started_at.getTime() - a.started_at.getTime())
    .flatMap((run) => {
      const code = codeOf.get(run.repository_id);
      return code === undefined ? [] : [{ code, run }];
    });
}

async function latestOf(db: Db, code: string): Promise<readonly NamedRun[]> {
  const { repository_id } = await repositoryOfCode(db, code);
  return (await listRuns(db, repository_id, RUNS_SHOWN)).map((run) => ({ code, run }));
}

function runNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new RegistryError(`"${text}" is no number of a run`);
  return Number(text);
}
