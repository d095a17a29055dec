import { activateRemap, rollBackRemap } from "../jobs/remap-publish.ts";
import { RegistryError } from "../registry/errors.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import type { Db } from "../store/database.ts";
import { cancelRemap, listLatestRemaps, measureImpact } from "../store/remaps.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { type RemapWish, remapEach, withServices } from "./remap-each.ts";
import { number, printRemap, printRemaps } from "./remap-report.ts";
import { print, withStore } from "./run-command.ts";
import { stopSignal } from "./signals.ts";

const MOST_OF_A_VALUE = 120;

/** `lienthong remap`: repositories one after the other; one that is busy does not keep the others waiting. */
export async function remapCommand(codes: readonly string[], options: RemapWish): Promise<void> {
  if (options.dryRun && options.candidate) throw new RegistryError("--dry-run and --candidate exclude each other");
  const signal = stopSignal();
  await withServices(async (services) => {
    const repositories = await repositoriesOf(services.db, codes);
    const busy = await remapEach(services, repositories, options, signal);
    for (const { repository, reason } of busy)
      print(`${repository.code}: ${reason} (\`lienthong remap ${repository.code}\`)`);
    if (busy.length > 0) process.exitCode = 1;
  });
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

async function repositoriesOf(db: Db, codes: readonly string[]): Promise<readonly Repository[]> {
  if (codes.length === 0) return await listRepositories(db);
  return await Promise.all(codes.map((code) => repositoryOfCode(db, code)));
}

function shortened(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= MOST_OF_A_VALUE ? text : `${text.slice(0, MOST_OF_A_VALUE - 1)}…`;
}
