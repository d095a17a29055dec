import type { Db } from "../store/database.ts";
import {
  addRepository,
  findRepository,
  findRepositoryBySource,
  getRepository,
  type Repository,
  updateRepository,
} from "../store/repositories.ts";
import { endUnfinishedRuns } from "../store/runs.ts";
import { forgetSecrets, type RepositorySecrets, saveSecrets } from "../store/secrets.ts";
import {
  columnsOf,
  type DefinedColumns,
  definitionOf,
  type RepositoryDefinition,
  type Timetable,
} from "./definition.ts";
import { RegistryError } from "./errors.ts";

const CODE = /^[a-z][a-z0-9-]{0,62}$/;

/** Checks a definition and adds it. Throws `RegistryError`. */
export async function registerRepository(
  db: Db,
  definition: RepositoryDefinition,
  timetable: Timetable,
): Promise<Repository> {
  const columns = columnsOf(definition, timetable);
  const url = new URL(columns.base_url);
  const code = definition.code ?? (await freeCode(db, codeOf(url)));
  if (!CODE.test(code))
    throw new RegistryError(`"${code}" cannot be a code: it begins with a letter and holds only a-z, 0-9 and "-"`);
  if ((await findRepository(db, code)) !== null)
    throw new RegistryError(`the code "${code}" is taken; choose another with --code`);
  await refuseTwin(db, columns, code);
  return await addRepository(db, { code, ...columns, name: columns.name ?? url.host });
}

/**
 * Checks a definition and makes the repository what it says; what it does not say of name, schedule and time zone stays,
 * and so does its sign-in. Where another address or set is to be harvested the next harvest is a full one. Throws
 * `RegistryError`.
 */
export async function redefineRepository(
  db: Db,
  repository: Repository,
  definition: RepositoryDefinition,
  timetable: Timetable,
): Promise<void> {
  const { code, repository_id } = repository;
  if (repository.state === "retired")
    throw new RegistryError(
      `"${code}" is retired and cannot be changed; \`lienthong repository restore ${code}\` brings it back`,
    );
  const columns = columnsOf(definition, timetable);
  await refuseTwin(db, columns, code);
  refuseLeak(repository, columns);
  const moved = columns.base_url !== repository.base_url || columns.set_spec !== repository.set_spec;
  const { schedule = repository.schedule, time_zone = repository.time_zone } = columns;
  const rescheduled = schedule !== repository.schedule || time_zone !== repository.time_zone;
  await updateRepository(db, repository_id, {
    ...columns,
    ...(moved ? { harvested_until: null } : {}),
    ...(rescheduled ? { next_due_at: timetable.nextDue(schedule, code, time_zone) } : {}),
  });
  // a token of the old address means nothing at the new one
  if (moved) await endUnfinishedRuns(db, repository_id, "the repository moved: its next harvest is a full one");
}

/**
 * Changes what is said of a repository (`null`: nothing any more) and leaves the rest. Its sign-in is replaced as a whole,
 * `null` forgets it. Throws `RegistryError`.
 */
export async function changeRepository(
  db: Db,
  code: string,
  changes: Partial<RepositoryDefinition>,
  timetable: Timetable,
  signIn?: { readonly key: Buffer; readonly secrets: RepositorySecrets } | null,
): Promise<void> {
  const { repository_id } = await repositoryOfCode(db, code);
  await db.transaction().execute(async (trx) => {
    if (signIn !== undefined) await forgetSecrets(trx, repository_id);
    const repository = await getRepository(trx, repository_id);
    await redefineRepository(trx, repository, { ...definitionOf(repository), ...changes }, timetable);
    if (signIn) await saveSecrets(trx, signIn.key, repository_id, signIn.secrets);
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

/** Throws where another repository harvests the same already: two never say the same. */
export async function refuseTwin(
  db: Db,
  source: Pick<Repository, "base_url" | "set_spec">,
  code: string,
): Promise<void> {
  const twin = await findRepositoryBySource(db, source.base_url, source.set_spec);
  if (twin !== null && twin.code !== code)
    throw new RegistryError(`${source.base_url} is registered already, as "${twin.code}"`);
}

/** Whoever may change an address does not thereby learn the password: a sign-in never goes to another host by itself. */
function refuseLeak({ code, secrets, base_url }: Repository, columns: DefinedColumns): void {
  if (secrets === null) return;
  const [from, to] = [new URL(base_url), new URL(columns.base_url)];
  const secured = from.hostname === to.hostname && from.protocol === "http:" && to.protocol === "https:";
  if (from.origin === to.origin || secured) return;
  throw new RegistryError(
    `"${code}" has a sign-in, which must not go to ${to.origin} by itself: say \`lienthong repository set ${code} ` +
      `--no-sign-in\` first, or enter it anew together with --url`,
  );
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
