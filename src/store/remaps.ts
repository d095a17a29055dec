import { type Selectable, sql } from "kysely";
import type { Db } from "./database.ts";
import type { RemapState, RemapTable } from "./schema.ts";

export type Remap = Selectable<RemapTable>;

export type RemapKey = Pick<Remap, "repository_id" | "remap_id">;

/** Begins a remap. The database refuses a second one that goes on for the same repository. */
export async function startRemap(
  db: Db,
  repositoryId: number,
  plan: { readonly rules: readonly string[]; readonly candidateOnly: boolean; readonly total: number },
): Promise<Remap> {
  return await db
    .insertInto("remap")
    .values({
      repository_id: repositoryId,
      rules: plan.rules,
      candidate_only: plan.candidateOnly,
      total: plan.total,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The repository's latest remap in one of the given states, or `null`. */
export async function findRemap(db: Db, repositoryId: number, states: readonly RemapState[]): Promise<Remap | null> {
  const query = db.selectFrom("remap").selectAll().where("repository_id", "=", repositoryId);
  const remaps = query.where("state", "in", states).orderBy("remap_id", "desc").limit(1);
  return (await remaps.executeTakeFirst()) ?? null;
}

/** A remap by its number. */
export async function getRemap(db: Db, key: RemapKey): Promise<Remap> {
  const query = db.selectFrom("remap").selectAll().where("repository_id", "=", key.repository_id);
  return await query.where("remap_id", "=", key.remap_id).executeTakeFirstOrThrow();
}

/** The latest remap of each repository, with its code. */
export async function listLatestRemaps(db: Db): Promise<readonly (Remap & { readonly code: string })[]> {
  const { rows } = await sql<Remap & { code: string }>`
    SELECT DISTINCT ON (code) remap.*, code FROM remap JOIN repository USING (repository_id)
    ORDER BY code, remap_id DESC`.execute(db);
  return rows;
}

/** Moves a remap on; `note` says why where a person should know. */
export async function moveRemap(db: Db, key: RemapKey, state: RemapState, note: string | null = null): Promise<Remap> {
  const goesOn = state === "mapping" || state === "activating" || state === "rolling-back";
  return await db
    .updateTable("remap")
    .set({ state, note, finished_at: goesOn ? null : sql<Date>`clock_timestamp()` })
    .where("repository_id", "=", key.repository_id)
    .where("remap_id", "=", key.remap_id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Asks for the end of a remap that is being mapped. False where there is none. */
export async function cancelRemap(db: Db, repositoryId: number): Promise<boolean> {
  const cancelled = await db
    .updateTable("remap")
    .set({ cancel_requested: true })
    .where("repository_id", "=", repositoryId)
    .where("state", "=", "mapping")
    .returning("remap_id")
    .executeTakeFirst();
  return cancelled !== undefined;
}

/** Drops what the repository's remaps in one of the states `from` have computed or kept, and moves them to `to`. */
export async function dropRemaps(
  db: Db,
  repositoryId: number,
  from: readonly RemapState[],
  to: "settled" | "discarded",
): Promise<void> {
  await sql`
    WITH dropped AS (
      UPDATE remap SET state = ${to}, finished_at = coalesce(finished_at, clock_timestamp())
      WHERE repository_id = ${repositoryId} AND state = ANY (${from}::text[]) RETURNING remap_id
    )
    DELETE FROM remap_record r USING dropped d
    WHERE r.repository_id = ${repositoryId} AND r.remap_id = d.remap_id`.execute(db);
}

/** Drops what a remap has kept of its records. */
export async function forgetRemapped(db: Db, key: RemapKey): Promise<void> {
  const query = db.deleteFrom("remap_record").where("repository_id", "=", key.repository_id);
  await query.where("remap_id", "=", key.remap_id).execute();
}

/** How many records of a remap were passed over, because something else has changed them. */
export async function countOutdated(db: Db, key: RemapKey): Promise<number> {
  const { rows } = await sql<{ records: number }>`
    SELECT count(*) AS records FROM remap_record
    WHERE repository_id = ${key.repository_id} AND remap_id = ${key.remap_id} AND state = 'outdated'`.execute(db);
  return rows[0]?.records ?? 0;
}

/** How a field of the records of a remap changes, with one example; of `sets` only those that they leave and come into. */
export interface FieldImpact {
  readonly field: string;
  readonly changed: number;
  readonly added: number;
  readonly lost: number;
  readonly identifier: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What a remap does to each field of the published form, and to the sets of records, most frequent first: compared with
 * the feed while it is a candidate, with what was there before once it is active.
 */
export async function measureImpact(db: Db, key: RemapKey): Promise<readonly FieldImpact[]> {
  const { rows } = await sql<FieldImpact>`
    SELECT field, count(*) FILTER (WHERE before IS NOT NULL AND after IS NOT NULL) AS changed,
      count(*) FILTER (WHERE before IS NULL) AS added, count(*) FILTER (WHERE after IS NULL) AS lost,
      (array_agg(identifier ORDER BY identifier))[1] AS identifier,
      (array_agg(before ORDER BY identifier))[1] AS before, (array_agg(after ORDER BY identifier))[1] AS after
    FROM (
      SELECT s.identifier, CASE WHEN m.former IS NULL THEN r.published ELSE m.former #> '{record,published}' END AS former,
        m.mapped -> 'published' AS mapped, m.mapped -> 'setSpecs' AS mapped_sets,
        CASE WHEN m.former IS NULL THEN to_jsonb(r.set_specs) ELSE m.former #> '{record,setSpecs}' END AS former_sets
      FROM remap_record m JOIN source_record s USING (repository_id, record_id) LEFT JOIN record r USING (repository_id, record_id)
      WHERE m.repository_id = ${key.repository_id} AND m.remap_id = ${key.remap_id} AND m.effect = 'changed'
        AND m.state <> 'outdated'
    ) AS pair CROSS JOIN LATERAL (
      SELECT key AS field, b.value AS before, a.value AS after
      FROM jsonb_each(coalesce(former, '{}')) b FULL JOIN jsonb_each(coalesce(mapped, '{}')) a USING (key)
      WHERE b.value IS DISTINCT FROM a.value
      UNION ALL
      SELECT 'sets', nullif(former_sets - ARRAY(SELECT jsonb_array_elements_text(mapped_sets)), '[]'),
        nullif(mapped_sets - ARRAY(SELECT jsonb_array_elements_text(former_sets)), '[]')
    ) AS differing WHERE before IS NOT NULL OR after IS NOT NULL
    GROUP BY field ORDER BY count(*) DESC, field`.execute(db);
  return rows;
}
