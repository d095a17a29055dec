import { createServices } from "../create-services.ts";
import { harvestRepository } from "../jobs/harvest-repository.ts";
import type { Outcome } from "../jobs/outcome.ts";
import { parseBaseUrl } from "../oai/base-url.ts";
import { registerRepository, repositoryOfCode } from "../registry/repositories.ts";
import { isSchedule } from "../schedule/timetable.ts";
import type { Db } from "../store/database.ts";
import { findRepositoryByUrl, type Repository } from "../store/repositories.ts";
import type { Run } from "../store/runs.ts";
import { createProgress } from "./progress.ts";
import { print, withStore } from "./run-command.ts";
import { stopSignal } from "./signals.ts";
import { textTable } from "./text-table.ts";

const PAUSED_EXIT_CODE = 130;
const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  complete: 0,
  complete_with_rejects: 2,
  partial: 1,
  empty_unexpected: 1,
  failed: 1,
};

/** `lienthong harvest`: one repository, now; the exit code tells the outcome. */
export async function harvestCommand(which: string, full: boolean): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const repository = await repositoryOf(db, which);
    const services = createServices(config, db, log);
    const progress = createProgress(process.stderr, repository.code);
    try {
      const { run, outcome } = await harvestRepository(services, repository.repository_id, {
        trigger: "person",
        full,
        signal: stopSignal(),
        onPage: progress.page,
      });
      progress.end();
      print(runReport(repository.code, run));
      process.exitCode = outcome === null ? PAUSED_EXIT_CODE : EXIT_CODES[outcome];
    } finally {
      await services.http.close();
    }
  });
}

/** What a run came to, as a table of one line, with the reason below where something is missing. */
export function runReport(code: string, run: Run): string {
  return `${runsTable([{ code, run }])}${run.failure === null ? "" : `${run.failure}\n`}`;
}

/** Runs of several repositories as one table: the funnel from received to stored. */
export function runsTable(runs: readonly { readonly code: string; readonly run: Run }[]): string {
  return textTable(
    ["repository", "format", "outcome", "received", "new", "changed", "unchanged", "rejected", "of these deleted"],
    runs.map(({ code, run }) => [
      code,
      run.metadata_prefix ?? "-",
      run.outcome ?? "paused: the next harvest goes on",
      run.received,
      run.added,
      run.changed,
      run.unchanged,
      run.rejected,
      run.deleted,
    ]),
  );
}

/** A code names a registered repository; a URL that nobody registered is registered, to be harvested by hand. */
async function repositoryOf(db: Db, which: string): Promise<Repository> {
  const url = parseBaseUrl(which);
  if (url === null) return await repositoryOfCode(db, which);
  const known = await findRepositoryByUrl(db, url.href);
  if (known !== null) return known;
  const repository = await registerRepository(db, { baseUrl: url.href, schedule: "manual" }, isSchedule);
  print(`registered as "${repository.code}", to be harvested by hand`);
  return repository;
}
