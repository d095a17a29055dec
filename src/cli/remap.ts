import { createServices } from "../create-services.ts";
import { RecordsBusy } from "../jobs/harvest-lease.ts";
import { activateRemap, rollBackRemap } from "../jobs/remap-publish.ts";
import { previewRemap, remapRepository } from "../jobs/remap-repository.ts";
import type { Services } from "../jobs/services.ts";
import { RegistryError } from "../registry/errors.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import type { Db } from "../store/database.ts";
import { cancelRemap, listLatestRemaps, measureImpact, type Remap } from "../store/remaps.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { createProgress } from "./progress.ts";
import { number, printCounts, printRemap, printRemaps } from "./remap-report.ts";
import { print, withStore } from "./run-command.ts";
import { stopSignal } from "./signals.ts";

const PAGE_SIZE = 500;
const MOST_OF_A_VALUE = 120;

interface RemapCommandOptions {
  readonly dryRun?: true;
  readonly candidate?: true;
}

/** `lienthong remap`: repositories one after the other; one that is busy does not keep the others waiting. */
export async function remapCommand(codes: readonly string[], options: RemapCommandOptions): Promise<void> {
  if (options.dryRun && options.candidate) throw new RegistryError("--dry-run and --candidate exclude each other");
  const signal = stopSignal();
  await withServices(async (services) => {
    for (const repository of await repositoriesOf(services.db, codes)) {
      if (signal.aborted) break;
      try {
        await remapOne(services, repository, options, signal);
      } catch (error) {
        if (!(error instanceof RecordsBusy)) throw error;
        print(`${repository.code}: ${error.message} (\`lienthong remap ${repository.code}\`)`);
        process.exitCode = 1;
      }
    }
  });
}

async function remapOne(
  services: Services,
  { code, repository_id }: Repository,
  { dryRun = false, candidate = false }: { readonly dryRun?: boolean; readonly candidate?: boolean },
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress(process.stderr, code);
  const onPage = ({ records, total }: Pick<Remap, "records" | "total">) =>
    progress.page({ received: records, complete_list_size: total, pages: Math.ceil(records / PAGE_SIZE) });
  if (dryRun) {
    const counts = await previewRemap(services, repository_id, { signal, onPage });
    progress.end();
    print(`${code}: a remap would come to this; nothing is written`);
    return printCounts(counts);
  }
  const remap = await remapRepository(services, repository_id, { candidateOnly: candidate, signal, onPage });
  progress.end();
  printRemap(code, remap);
}

/** `lienthong remap list` */
export async function listCommand({ json }: { readonly json?: true }): Promise<void> {
  const remaps = await withStore(async ({ db }) => await listLatestRemaps(db));
  if (json === true)
    return print(
      JSON.stringify(
        remaps.map(({ rules: _, ...remap }) => remap),
        null,
        2,
      ),
    );
  if (remaps.length === 0) return print("nothing was ever mapped again");
  printRemaps(remaps);
}

/** `lienthong remap show`: what it does to each field, with an example. */
export async function showCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => {
    const { repository_id } = await repositoryOfCode(db, code);
    const remap = (await listLatestRemaps(db)).find((latest) => latest.repository_id === repository_id);
    if (remap === undefined) throw new RegistryError(`nothing of "${code}" was ever mapped again`);
    printRemap(code, remap);
    for (const { field, changed, added, lost, identifier, before, after } of await measureImpact(db, remap)) {
      print(`\n${field}: changed ${number(changed)}, new ${number(added)}, lost ${number(lost)}, e.g. ${identifier}`);
      print(`    was ${shortened(before)}\n    is  ${shortened(after)}`);
    }
  });
}

/** `lienthong remap activate` */
export async function activateCommand(code: string): Promise<void> {
  await withServices(async (services) => {
    const { repository_id } = await repositoryOfCode(services.db, code);
    printRemap(code, await activateRemap(services, repository_id, stopSignal()));
  });
}

/** `lienthong remap rollback` */
export async function rollbackCommand(code: string): Promise<void> {
  await withServices(async (services) => {
    const { repository_id } = await repositoryOfCode(services.db, code);
    printRemap(code, await rollBackRemap(services, repository_id, stopSignal()));
  });
}

/** `lienthong remap cancel` */
export async function cancelCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => {
    const { repository_id } = await repositoryOfCode(db, code);
    if (await cancelRemap(db, repository_id)) return print(`the remap of "${code}" ends after the page in hand`);
    print(`there is nothing to cancel: "${code}" is not being mapped again`);
    process.exitCode = 1;
  });
}

async function withServices(work: (services: Services) => Promise<void>): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const services = createServices(config, db, log);
    try {
      await work(services);
    } finally {
      await services.http.close();
    }
  });
}

async function repositoriesOf(db: Db, codes: readonly string[]): Promise<readonly Repository[]> {
  if (codes.length === 0) return await listRepositories(db);
  return await Promise.all(codes.map((code) => repositoryOfCode(db, code)));
}

function shortened(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= MOST_OF_A_VALUE ? text : `${text.slice(0, MOST_OF_A_VALUE - 1)}…`;
}
