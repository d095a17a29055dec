import { createServices } from "../create-services.ts";
import { isPrivateAddress } from "../crosswalk/private-address.ts";
import { harvestRepository } from "../jobs/harvest-repository.ts";
import type { Outcome } from "../jobs/outcome.ts";
import { parseBaseUrl } from "../oai/base-url.ts";
import { RegistryError } from "../registry/errors.ts";
import { registerRepository, repositoryOfCode } from "../registry/repositories.ts";
import { isSchedule } from "../schedule/timetable.ts";
import type { Db } from "../store/database.ts";
import { findRepositoryByUrl, type Repository } from "../store/repositories.ts";
import { createProgress } from "./progress.ts";
import { print, withStore } from "./run-command.ts";
import { printRuns } from "./run-report.ts";
import { stopSignal } from "./signals.ts";

const PAUSED_EXIT_CODE = 130;
const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  complete: 0,
  complete_with_rejects: 2,
  partial: 1,
  empty_unexpected: 1,
  failed: 1,
  cancelled: 1,
  held_for_review: 3,
};

/** `lienthong harvest`: one repository, now; the exit code tells the outcome. */
export async function harvestCommand(which: string, full: boolean): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const repository = await repositoryOf(db, which);
    if (repository.state === "retired") throw new RegistryError(`"${which}" is retired: it is never harvested again`);
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
      printRuns([{ code: repository.code, run }]);
      if (outcome === null) print(`stopped; \`lienthong harvest ${repository.code}\` goes on from here`);
      process.exitCode = outcome === null ? PAUSED_EXIT_CODE : EXIT_CODES[outcome];
    } finally {
      await services.http.close();
    }
  });
}

/** A code names a registered repository; a URL that nobody registered is registered, to be harvested by hand. */
async function repositoryOf(db: Db, which: string): Promise<Repository> {
  const url = parseBaseUrl(which);
  if (url === null) return await repositoryOfCode(db, which);
  const known = await findRepositoryByUrl(db, url.href);
  if (known !== null) return known;
  // whoever names a private address at this command line is the operator
  const allowPrivate = isPrivateAddress(url.href);
  const repository = await registerRepository(db, { baseUrl: url.href, schedule: "manual", allowPrivate }, isSchedule);
  print(`registered as "${repository.code}", to be harvested by hand`);
  return repository;
}
