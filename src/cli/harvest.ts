import { createServices } from "../create-services.ts";
import { isPrivateAddress } from "../crosswalk/private-address.ts";
import { harvestRepository } from "../jobs/harvest-repository.ts";
import { parseBaseUrl } from "../oai/base-url.ts";
import { RegistryError } from "../registry/errors.ts";
import { registerRepository, repositoryOfCode } from "../registry/repositories.ts";
import { timetable } from "../schedule/timetable.ts";
import type { Db } from "../store/database.ts";
import { findRepositoryByUrl, type Repository } from "../store/repositories.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { createProgress } from "./progress.ts";
import { print, withStore } from "./run-command.ts";
import { printRun } from "./run-report.ts";
import { stopSignal } from "./signals.ts";

const PAUSED_EXIT_CODE = 130;

/** The worst first: what was done together ends as the worst of it. */
const WORST_FIRST = [PAUSED_EXIT_CODE, 1, 3, 2];

/** `lienthong harvest`: one repository, now; the exit code tells the outcome. */
export async function harvestCommand(
  which: string,
  { full = false, sweep = false }: { readonly full?: boolean; readonly sweep?: boolean },
): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const repository = await repositoryOf(db, which);
    if (repository.state === "retired") throw new RegistryError(`"${which}" is retired: it is never harvested again`);
    const services = createServices(config, db, log);
    const progress = createProgress(process.stderr, repository.code);
    try {
      const result = await harvestRepository(services, repository.repository_id, {
        trigger: "person",
        full,
        sweep,
        signal: stopSignal(),
        onPage: progress.page,
      });
      progress.end();
      const runs = [...result.before, result];
      for (const [index, { run }] of runs.entries()) {
        if (index > 0) print("");
        printRun({ code: repository.code, run }, repository.platform);
      }
      if (result.outcome === null) print(`stopped; \`lienthong harvest ${repository.code}\` goes on from here`);
      const codes = runs.map(({ outcome }) => (outcome === null ? PAUSED_EXIT_CODE : EXIT_CODES[outcome]));
      process.exitCode = WORST_FIRST.find((code) => codes.includes(code)) ?? 0;
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
  const repository = await registerRepository(db, { baseUrl: url.href, schedule: "manual", allowPrivate }, timetable);
  print(`registered as "${repository.code}", to be harvested by hand`);
  return repository;
}
