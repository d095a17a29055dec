import { parseBaseUrl } from "../oai/base-url.ts";
import { isSetSpec } from "../oai/set-spec.ts";
import { ACCESS_RIGHTS } from "../record/vocabulary.ts";
import type { Db } from "../store/database.ts";
import {
  addRepository,
  findRepository,
  findRepositoryBySource,
  type Repository,
  updateRepository,
} from "../store/repositories.ts";
import { retireRecords } from "../store/retire.ts";
import { endUnfinishedRuns } from "../store/runs.ts";
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
  /** Whoever says it is an operator: the repository may stand at an address that is not public. */
  readonly allowPrivate?: boolean;
}

const CODE = /^[a-z][a-z0-9-]{0,62}$/;

/** Checks a definition and adds it; `isSchedule` judges its schedule. Throws `RegistryError`. */
export async function registerRepository(
  db: Db,
  definition: RepositoryDefinition,
  isSchedule: (text: string) => boolean,
): Promise<Repository> {
  const source = checkDefinition(definition, isSchedule);
  const code = definition.code ?? (await freeCode(db, codeOf(new URL(source.base_url))));
  if (!CODE.test(code))
    throw new RegistryError(`"${code}" cannot be a code: it begins with a letter and holds only a-z, 0-9 and "-"`);
  if ((await findRepository(db, code)) !== null)
    throw new RegistryError(`the code "${code}" is taken; choose another with --code`);
  await refuseTwin(db, source, code);
  return await addRepository(db, {
    code,
    name: definition.name ?? new URL(source.base_url).host,
    ...source,
    ...settingsOf(definition),
    allow_private: definition.allowPrivate ?? false,
  });
}

/**
 * Checks a definition and makes the repository what it says; what it does not say of name, schedule and time zone stays.
 * Where another address or set is to be harvested the next harvest is a full one. Throws `RegistryError`.
 */
export async function redefineRepository(
  db: Db,
  repository: Repository,
  definition: RepositoryDefinition,
  isSchedule: (text: string) => boolean,
): Promise<void> {
  const { code } = repository;
  if (repository.state === "retired") throw new RegistryError(`"${code}" is retired and cannot be changed`);
  const source = checkDefinition(definition, isSchedule);
  await refuseTwin(db, source, code);
  const moved = source.base_url !== repository.base_url || source.set_spec !== repository.set_spec;
  await updateRepository(db, repository.repository_id, {
    ...source,
    ...settingsOf(definition),
    ...(definition.name === undefined ? {} : { name: definition.name }),
    ...(moved ? { harvested_until: null } : {}),
  });
  // a token of the old address means nothing at the new one
  if (moved)
    await endUnfinishedRuns(db, repository.repository_id, "the repository moved: its next harvest is a full one");
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
  if (repository.state === "retired" || repository.state === "draft")
    throw new RegistryError(`"${code}" is ${repository.state} and cannot be paused`);
  await updateRepository(db, repository.repository_id, { state: "paused" });
}

/** Lets a paused repository be harvested again, and a draft for the first time. Throws `RegistryError`. */
export async function resumeRepository(db: Db, code: string): Promise<void> {
  const repository = await repositoryOfCode(db, code);
  if (repository.state !== "paused" && repository.state !== "draft")
    throw new RegistryError(`"${code}" is ${repository.state}, not paused`);
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

/** What is harvested: two repositories never say the same. */
type Source = Pick<Repository, "base_url" | "set_spec">;

/** Throws where a value cannot be used; returns what is to be harvested. */
function checkDefinition(definition: RepositoryDefinition, isSchedule: (text: string) => boolean): Source {
  const { schedule, timeZone, setSpec = null, defaultAccessRights = null } = definition;
  const url = parseBaseUrl(definition.baseUrl);
  if (url === null)
    throw new RegistryError(`"${definition.baseUrl}" is not a base URL: it must begin with http:// or https://`);
  if (schedule !== undefined && !isSchedule(schedule)) {
    throw new RegistryError(
      `"${schedule}" is not a schedule: say hourly, daily, weekly, monthly, manual, or a cron expression`,
    );
  }
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new RegistryError(`"${timeZone}" is not a time zone: say Asia/Ho_Chi_Minh, for instance`);
  if (setSpec !== null && !isSetSpec(setSpec))
    throw new RegistryError(`"${setSpec}" is not a setSpec; ListSets of the repository shows those it has`);
  if (defaultAccessRights !== null && !Object.hasOwn(ACCESS_RIGHTS, defaultAccessRights)) {
    throw new RegistryError(
      `"${defaultAccessRights}" is not an access right; use one of ${Object.keys(ACCESS_RIGHTS).join(", ")}`,
    );
  }
  return { base_url: url.href, set_spec: setSpec };
}

function settingsOf({ schedule, timeZone, metadataPrefix = null, defaultAccessRights = null }: RepositoryDefinition) {
  return {
    ...(schedule === undefined ? {} : { schedule }),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    metadata_prefix: metadataPrefix,
    default_access_rights: defaultAccessRights,
  };
}

async function refuseTwin(db: Db, source: Source, code: string): Promise<void> {
  const twin = await findRepositoryBySource(db, source.base_url, source.set_spec);
  if (twin !== null && twin.code !== code)
    throw new RegistryError(`${source.base_url} is registered already, as "${twin.code}"`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
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
