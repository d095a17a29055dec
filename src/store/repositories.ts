import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db } from "./database.ts";
import type { RepositoryTable, StoredIdentity, Strategy } from "./schema.ts";

export type Repository = Selectable<RepositoryTable>;
export type NewRepository = Omit<Insertable<RepositoryTable>, "identity">;

/** Adds a repository. The database refuses a code that is taken or not of the form `[a-z][a-z0-9-]*`. */
export async function addRepository(db: Db, repository: NewRepository): Promise<Repository> {
  return await db.insertInto("repository").values(repository).returningAll().executeTakeFirstOrThrow();
}

/** The repository of that code, or `null`. */
export async function findRepository(db: Db, code: string): Promise<Repository | null> {
  return (await db.selectFrom("repository").selectAll().where("code", "=", code).executeTakeFirst()) ?? null;
}

/** The repository of that base URL that is not retired, or `null`. */
export async function findRepositoryByUrl(db: Db, baseUrl: string): Promise<Repository | null> {
  const query = db.selectFrom("repository").selectAll().where("base_url", "=", baseUrl).where("state", "!=", "retired");
  return (await query.orderBy("repository_id").executeTakeFirst()) ?? null;
}

/** The repository of that base URL and set (`null`: all of it) that is not retired, or `null`. */
export async function findRepositoryBySource(
  db: Db,
  baseUrl: string,
  setSpec: string | null,
): Promise<Repository | null> {
  const query = db.selectFrom("repository").selectAll().where("base_url", "=", baseUrl).where("state", "!=", "retired");
  return (await query.where("set_spec", "is not distinct from", setSpec).executeTakeFirst()) ?? null;
}

/** The repository of that number. Throws where there is none: numbers come from our own tables. */
export async function getRepository(db: Db, repositoryId: number): Promise<Repository> {
  return await db
    .selectFrom("repository")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .executeTakeFirstOrThrow();
}

/** All repositories by code; retired ones only when asked for. */
export async function listRepositories(
  db: Db,
  options: { readonly retired?: boolean } = {},
): Promise<readonly Repository[]> {
  const query = db.selectFrom("repository").selectAll().orderBy("code");
  return await (options.retired === true ? query : query.where("state", "!=", "retired")).execute();
}

/** Where repositories answer, by code, retired ones too. */
export async function findBaseUrls(db: Db, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await db.selectFrom("repository").select(["code", "base_url"]).where("code", "in", codes).execute();
  return new Map(rows.map(({ code, base_url }) => [code, base_url]));
}

/** The live repositories whose time has come, those that waited longest first. */
export async function listDueRepositories(db: Db, now: Date): Promise<readonly Repository[]> {
  return await db
    .selectFrom("repository")
    .selectAll()
    .where("state", "=", "live")
    .where((eb) => eb.or([eb("next_due_at", "is", null), eb("next_due_at", "<=", now)]))
    .orderBy("next_due_at", (order) => order.asc().nullsFirst())
    .execute();
}

/** Changes what is given and leaves the rest. */
export async function updateRepository(
  db: Db,
  repositoryId: number,
  changes: Omit<Updateable<RepositoryTable>, "identity">,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await db.updateTable("repository").set(changes).where("repository_id", "=", repositoryId).execute();
}

/** Keeps what Identify said, and which software seems to answer. */
export async function saveIdentity(
  db: Db,
  repositoryId: number,
  identity: StoredIdentity,
  platform: string | null,
): Promise<void> {
  const changes = { identity: JSON.stringify(identity), platform };
  await db.updateTable("repository").set(changes).where("repository_id", "=", repositoryId).execute();
}

/** What a probe found out about a repository. */
export interface ProbeFindings {
  readonly identity: StoredIdentity;
  readonly platform: string;
  /** What was asked and what came, for people; nothing here reads it. */
  readonly behaviour: object;
  readonly strategy: Strategy;
  readonly probeDueAt: Date;
  /** The base URL to which it has moved for good, or `null`. */
  readonly movedTo: string | null;
}

/** Keeps what a probe found out. Another base URL is only proposed: a person decides. */
export async function saveProbe(db: Db, repositoryId: number, found: ProbeFindings): Promise<void> {
  const changes = {
    identity: JSON.stringify(found.identity),
    platform: found.platform,
    behaviour: JSON.stringify(found.behaviour),
    strategy: found.strategy,
    probe_due_at: found.probeDueAt,
    proposed_base_url: found.movedTo,
  };
  await db.updateTable("repository").set(changes).where("repository_id", "=", repositoryId).execute();
}
