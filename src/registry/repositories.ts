import { parseBaseUrl } from "../oai/base-url.ts";
import { isSetSpec } from "../oai/set-spec.ts";
import { ACCESS_RIGHTS } from "../record/vocabulary.ts";
import type { Db } from "../store/database.ts";
import {
  addRepository,
  findRepository,
  findRepositoryByUrl,
  type Repository,
  updateRepository,
} from "../store/repositories.ts";
import { retireRecords } from "../store/retire.ts";
import { RegistryError } from "./errors.ts";

/** What a person says of a repository; everything but the URL has a default. */
export interface RepositoryDefinition {
  readonly baseUrl: string;
  readonly code?: string;
  readonly name?: string;
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly metadataPrefix?: string | null;
  readonly setSpec?: string | null;
  /** URI of a COAR access right for records that do not say. */
  readonly defaultAccessRights?: string | null;
}

const CODE = /^[a-z][a-z0-9-]{0,62}$/;

/** Checks a definition and adds it; `isSchedule` judges its schedule. Throws `RegistryError`. */
export async function registerRepository(
  db: Db,
  definition: RepositoryDefinition,
  isSchedule: (text: string) => boolean,
): Promise<Repository> {
  const baseUrl = checkedUrl(definition.baseUrl);
  const code = definition.code ?? (await freeCode(db, codeOf(new URL(baseUrl))));
  if (!CODE.test(code))
    throw new RegistryError(`"${code}" cannot be a code: it begins with a letter and holds only a-z, 0-9 and "-"`);
  if ((await findRepository(db, code)) !== null)
    throw new RegistryError(`the code "${code}" is taken; choose another with --code`);
  const twin = await findRepositoryByUrl(db, baseUrl);
  if (twin !== null && twin.set_spec === (definition.setSpec ?? null)) {
    throw new RegistryError(`${baseUrl} is registered already, as "${twin.code}"`);
  }
  checkValues(definition, isSchedule);
  return await addRepository(db, {
    code,
    name: definition.name ?? new URL(baseUrl).host,
    base_url: baseUrl,
    ...(definition.schedule === undefined ? {} : { schedule: definition.schedule }),
    ...(definition.timeZone === undefined ? {} : { time_zone: definition.timeZone }),
    metadata_prefix: definition.metadataPrefix ?? null,
    set_spec: definition.setSpec ?? null,
    default_access_rights: definition.defaultAccessRights ?? null,
  });
}

/** The repository of that code. Throws `RegistryError` where there is none. */
export async function repositoryOfCode(db: Db, code: string): Promise<Repository> {
  const repository = await findRepository(db, code);
  if (repository === null)
    throw new RegistryError(`there is no repository "${code}"; \`lienthong repository list\` shows them`);
  return repository;
}

/** Stops harvesting until `resumeRepository`; its records stay in the feed. Throws `RegistryError`. */
export async function pauseRepository(db: Db, code: string): Promise<void> {
  const repository = await repositoryOfCode(db, code);
  if (repository.state === "retired") throw new RegistryError(`"${code}" is retired and cannot be paused`);
  await updateRepository(db, repository.repository_id, { state: "paused" });
}

/** Lets a paused repository be harvested again. Throws `RegistryError`. */
export async function resumeRepository(db: Db, code: string): Promise<void> {
  const repository = await repositoryOfCode(db, code);
  if (repository.state !== "paused") throw new RegistryError(`"${code}" is ${repository.state}, not paused`);
  await updateRepository(db, repository.repository_id, { state: "live" });
}

/**
 * Retires a repository: it is never harvested again and its records become tombstones with that reason. What it sent
 * stays in the store. Returns how many records left the feed. Throws `RegistryError`.
 */
export async function retireRepository(db: Db, code: string, leadSeconds: number): Promise<number> {
  const repository = await repositoryOfCode(db, code);
  await updateRepository(db, repository.repository_id, { state: "retired" });
  return await retireRecords(db, repository.repository_id, leadSeconds);
}

function checkedUrl(text: string): string {
  const url = parseBaseUrl(text);
  if (url === null) throw new RegistryError(`"${text}" is not a base URL: it must begin with http:// or https://`);
  return url.href;
}

function checkValues(definition: RepositoryDefinition, isSchedule: (text: string) => boolean): void {
  const { schedule, setSpec, defaultAccessRights } = definition;
  if (schedule !== undefined && !isSchedule(schedule)) {
    throw new RegistryError(
      `"${schedule}" is not a schedule: say hourly, daily, weekly, monthly, manual, or a cron expression`,
    );
  }
  if (setSpec !== undefined && setSpec !== null && !isSetSpec(setSpec)) {
    throw new RegistryError(`"${setSpec}" is not a setSpec; ListSets of the repository shows those it has`);
  }
  if (defaultAccessRights !== undefined && defaultAccessRights !== null && !(defaultAccessRights in ACCESS_RIGHTS)) {
    throw new RegistryError(
      `"${defaultAccessRights}" is not an access right; use one of ${Object.keys(ACCESS_RIGHTS).join(", ")}`,
    );
  }
}

/** "https://tailieuso.tlu.edu.vn/oai/request" is called "tailieuso-tlu" until somebody names it. */
function codeOf(url: URL): string {
  const labels = url.hostname.replace(/^www\./, "").replace(/(\.(edu|org|com|gov|ac))?\.[a-z]{2,}$/, "");
  const code = labels
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 50);
  return code === "" ? "repository" : code;
}

async function freeCode(db: Db, wish: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const code = number === 1 ? wish : `${wish}-${number}`;
    if ((await findRepository(db, code)) === null) return code;
  }
}
