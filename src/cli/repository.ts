import { writeFileSync } from "node:fs";
import { isPrivateAddress } from "../crosswalk/private-address.ts";
import { RegistryError } from "../registry/errors.ts";
import { pauseRepository, registerRepository, repositoryOfCode, resumeRepository } from "../registry/repositories.ts";
import { exportRepositories, importRepositories } from "../registry/repositories-yaml.ts";
import { restoreRepository, retireRepository } from "../registry/retirement.ts";
import { timetable } from "../schedule/timetable.ts";
import { countRecords } from "../store/records.ts";
import { readInput } from "./read-input.ts";
import { print, withStore } from "./run-command.ts";

interface AddOptions {
  readonly code?: string;
  readonly name?: string;
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly quietHours?: string;
  readonly format?: string;
  readonly set?: string;
  readonly access?: string;
  readonly province?: string;
  readonly libraryType?: string;
}

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
      // whoever names such an address at this command line is the operator
      allowPrivate: isPrivateAddress(url),
    };
    const repository = await registerRepository(db, definition, timetable);
    print(`registered as "${repository.code}"; \`lienthong harvest ${repository.code}\` harvests it now`);
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
    print(
      `"${code}" is retired; ${retired.toLocaleString("en")} records are deleted in the feed; ` +
        `for 90 days \`lienthong repository restore ${code}\` brings them back as they were`,
    );
  });
}

/** `lienthong repository restore` */
export async function restoreCommand(code: string): Promise<void> {
  const { records, purged } = await withStore(
    async ({ db, config }) => await restoreRepository(db, code, config.leadSeconds),
  );
  print(`"${code}" is harvested again; ${records.toLocaleString("en")} records are back in the feed`);
  if (purged > 0)
    print(
      `of ${purged.toLocaleString("en")} records nothing is kept any more, since it was retired more than 90 days ago: ` +
        "they come back, under their identifiers, with its next harvest",
    );
}

/** `lienthong repository import` */
export async function importCommand(file: string): Promise<void> {
  const text = readInput(file);
  await withStore(async ({ db }) => {
    try {
      const { added, updated } = await importRepositories(db, text, timetable);
      print(`${added.length} added, ${updated.length} updated`);
    } catch (cause) {
      throw cause instanceof RegistryError ? new RegistryError(`${file}: ${cause.message}`) : cause;
    }
  });
}

/** `lienthong repository export` */
export async function exportCommand(file: string | undefined): Promise<void> {
  const yaml = await withStore(async ({ db }) => await exportRepositories(db));
  if (file === undefined) print(yaml);
  else writeFileSync(file, yaml);
}
