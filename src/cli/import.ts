import { createServices } from "../create-services.ts";
import { baseUrlWithout, importFile } from "../jobs/import-file.ts";
import { RegistryError } from "../registry/errors.ts";
import { registerRepository } from "../registry/repositories.ts";
import { timetable } from "../schedule/timetable.ts";
import type { Db } from "../store/database.ts";
import { findRepository, type Repository } from "../store/repositories.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { createProgress } from "./progress.ts";
import { print, withStore } from "./run-command.ts";
import { printRun } from "./run-report.ts";
import { stopSignal } from "./signals.ts";

interface ImportCommandOptions {
  readonly into: string;
  readonly name?: string;
  readonly replace?: true;
}

/** `lienthong import`: the records of a file into one repository; the exit code tells the outcome. */
export async function importCommand(source: string, options: ImportCommandOptions): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const repository = await repositoryOf(db, options);
    const services = createServices(config, db, log);
    const progress = createProgress(process.stderr, repository.code);
    try {
      const { run, outcome } = await importFile(services, repository.repository_id, source, {
        replace: options.replace === true,
        signal: stopSignal(),
        onPage: progress.page,
      });
      progress.end();
      printRun({ code: repository.code, run }, repository.platform);
      process.exitCode = EXIT_CODES[outcome];
    } finally {
      await services.http.close();
    }
  });
}

/** A code that nobody registered is registered, for records that come in files: it is never harvested by itself. */
async function repositoryOf(db: Db, { into, name }: ImportCommandOptions): Promise<Repository> {
  const known = await findRepository(db, into);
  if (known?.state === "retired") throw new RegistryError(`"${into}" is retired: nothing is imported into it again`);
  if (known !== null) {
    if (name !== undefined && name !== known.name)
      throw new RegistryError(`"${into}" is registered already, as ${JSON.stringify(known.name)}; leave --name out`);
    return known;
  }
  const definition = { baseUrl: baseUrlWithout(into), code: into, name: name ?? into, schedule: "manual" };
  const repository = await registerRepository(db, definition, timetable);
  print(`registered as "${repository.code}", for records that come in files`);
  return repository;
}
