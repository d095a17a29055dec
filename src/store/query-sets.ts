import { type Selectable, sql } from "kysely";
import type { StoredRecord } from "../record/common-record.ts";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { saveMemberships } from "./records.ts";
import type { QuerySetTable } from "./schema.ts";
import { ensureSet } from "./sets.ts";

/** A set that an operator has defined, with its titles. */
export type DefinedSet = Selectable<QuerySetTable>;

/** What decides which records are in the sets that operators have defined, in the order of their setSpecs. */
export async function listDefinitions(
  db: Db,
): Promise<readonly { readonly setSpec: string; readonly conditions: readonly string[] }[]> {
  const rows = await db.selectFrom("query_set").select(["set_spec", "conditions"]).execute();
  const definitions = rows.map(({ set_spec, conditions }) => ({ setSpec: set_spec, conditions }));
  // not by PostgreSQL: the order is part of what records carry, and must not hang on a collation
  return definitions.sort((a, b) => (a.setSpec < b.setSpec ? -1 : 1));
}

/** The sets that operators have defined. */
export async function listDefinedSets(db: Db): Promise<readonly DefinedSet[]> {
  return await db.selectFrom("query_set").selectAll().orderBy("set_spec").execute();
}

/** The definition of a set, or `null`. */
export async function findDefinedSet(db: Db, setSpec: string): Promise<DefinedSet | null> {
  return (await db.selectFrom("query_set").selectAll().where("set_spec", "=", setSpec).executeTakeFirst()) ?? null;
}

/** Keeps a new definition; false where there is one of that setSpec. The set has its name at once, and no record yet. */
export async function addDefinedSet(db: Db, set: Omit<DefinedSet, "changed_at">): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const query = trx
      .insertInto("query_set")
      .values(set)
      .onConflict((conflict) => conflict.doNothing());
    if ((await query.returning("set_spec").executeTakeFirst()) === undefined) return false;
    await nameSet(trx, set);
    return true;
  });
}

/** Replaces a definition; false where there is none of that setSpec. */
export async function changeDefinedSet(db: Db, set: Omit<DefinedSet, "changed_at">): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const query = trx.updateTable("query_set").set({ ...set, changed_at: sql<Date>`clock_timestamp()` });
    const changed = await query.where("set_spec", "=", set.set_spec).returning("set_spec").executeTakeFirst();
    if (changed === undefined) return false;
    await nameSet(trx, set);
    return true;
  });
}

/** Forgets a definition; false where there is none. Records stay in the set until they are mapped again. */
export async function removeDefinedSet(db: Db, setSpec: string): Promise<boolean> {
  const query = db.deleteFrom("query_set").where("set_spec", "=", setSpec).returning("set_spec");
  return (await query.executeTakeFirst()) !== undefined;
}

async function nameSet(db: Db, { set_spec, title_vi, title_en }: Omit<DefinedSet, "changed_at">): Promise<void> {
  await ensureSet(db, { setSpec: set_spec, setName: `${title_vi} / ${title_en}` });
}

/** How many records are in a set. */
export interface SetCount {
  readonly live: number;
  readonly deleted: number;
}

/** Counts the records of a set and its tombstones. */
export async function countMembers(db: Db, setSpec: string): Promise<SetCount> {
  const { rows } = await sql<SetCount>`
    SELECT count(*) FILTER (WHERE NOT deleted) AS live, count(*) FILTER (WHERE deleted) AS deleted
    FROM oai_set JOIN record_set USING (set_id) JOIN record USING (repository_id, record_id)
    WHERE set_spec = ${setSpec}`.execute(db);
  return rows[0] ?? { live: 0, deleted: 0 };
}

/** A live record, as far as it decides in which sets it is. */
export interface LiveRecord {
  readonly recordId: number;
  readonly oaiIdentifier: string;
  readonly setSpecs: readonly string[];
  readonly published: StoredRecord;
}

const RECORDS_AT_A_TIME = 500;

/** All live records of a repository, by their numbers, some hundreds in memory at a time. */
export async function* listLive(db: Db, repositoryId: number): AsyncGenerator<readonly LiveRecord[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql<LiveRecord>`
      SELECT record_id AS "recordId", oai_identifier AS "oaiIdentifier", set_specs AS "setSpecs", published FROM record
      WHERE repository_id = ${repositoryId} AND record_id > ${after} AND NOT deleted
      ORDER BY record_id LIMIT ${RECORDS_AT_A_TIME}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.recordId;
  }
}

const TOMBSTONES_AT_A_TIME = 1_000;

/**
 * Takes the tombstones of a repository out of the sets that operators have removed, each at a new datestamp: nobody can ask for
 * such a set any more, and it would be in ListSets for ever. Nothing else may write to these records meanwhile. What was
 * interrupted goes on with the next call.
 */
export async function leaveRemovedSets(db: Db, repositoryId: number, leadSeconds: number): Promise<void> {
  const removed = await listRemoved(db);
  if (removed.length === 0) return;
  for (let left = TOMBSTONES_AT_A_TIME; left === TOMBSTONES_AT_A_TIME; )
    left = await db.transaction().execute(async (trx) => {
      const stamp = await announceStamp(trx, leadSeconds);
      const { rows } = await sql<{ record_id: number }>`
        UPDATE record SET stamp = ${stamp}, set_specs = ARRAY(
          SELECT named FROM unnest(set_specs) WITH ORDINALITY AS it (named, place)
          WHERE named <> ALL (${removed}::text[]) ORDER BY place
        ) WHERE repository_id = ${repositoryId} AND record_id = ANY (ARRAY(
          SELECT record_id FROM record
          WHERE repository_id = ${repositoryId} AND deleted AND set_specs && ${removed}::text[] LIMIT ${TOMBSTONES_AT_A_TIME}
        )) RETURNING record_id`.execute(trx);
      const recordIds = rows.map((row) => row.record_id);
      await saveMemberships(trx, repositoryId, stamp, recordIds);
      return recordIds.length;
    });
}

/** Sets without a definition in which there are records. */
async function listRemoved(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ set_spec: string }>`
    SELECT set_spec FROM oai_set s WHERE set_spec LIKE 'query:%'
      AND NOT EXISTS (SELECT FROM query_set q WHERE q.set_spec = s.set_spec)
      AND EXISTS (SELECT FROM record_set m WHERE m.set_id = s.set_id)`.execute(db);
  return rows.map((row) => row.set_spec);
}
