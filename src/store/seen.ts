import { sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import type { Database } from "./schema.ts";

/** One list may be wrong; a record that so many complete lists in a row do not bring has vanished. */
export const LISTS_MISSED = 2;

/** A record that complete lists no longer bring. */
export interface VanishedRecord {
  readonly recordId: number;
  readonly identifier: string;
}

/** Notes that a run has seen these records. */
export async function saveSeen(
  trx: Transaction<Database>,
  run: { readonly repositoryId: number; readonly runId: number },
  recordIds: readonly number[],
): Promise<void> {
  if (recordIds.length === 0) return;
  await sql`
    INSERT INTO run_seen (repository_id, run_id, record_ids)
    VALUES (${run.repositoryId}, ${run.runId}, ${recordIds}::bigint[])`.execute(trx);
}

/** What an interrupted run has seen counts for the one that goes on where it stood. */
export async function inheritSeen(
  trx: Db,
  run: { readonly repository_id: number; readonly run_id: number },
  from: number,
): Promise<void> {
  for (const table of ["run_seen", "sweep_finding"]) {
    await sql`
      UPDATE ${sql.table(table)} SET run_id = ${run.run_id}
      WHERE repository_id = ${run.repository_id} AND run_id = ${from}`.execute(trx);
  }
}

/** Of the given identifiers, those that the run has seen already. */
export async function findSeen(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
  identifiers: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ identifier: string }>`
    WITH seen AS MATERIALIZED (
      SELECT unnest(record_ids) AS record_id FROM run_seen
      WHERE repository_id = ${run.repositoryId} AND run_id = ${run.runId}
    )
    SELECT s.identifier FROM source_record s JOIN seen USING (record_id)
    WHERE s.repository_id = ${run.repositoryId} AND s.identifier = ANY (${identifiers}::text[])`.execute(db);
  return new Set(rows.map((row) => row.identifier));
}

/** How many different records a run has seen; of a sweep also those that are not here. */
export async function countSeen(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
): Promise<number> {
  const { rows } = await sql<{ seen: number }>`
    SELECT (
      SELECT count(DISTINCT record_id) FROM run_seen, unnest(record_ids) AS record_id
      WHERE repository_id = ${run.repositoryId} AND run_id = ${run.runId}
    ) + (
      SELECT count(*) FROM sweep_finding
      WHERE repository_id = ${run.repositoryId} AND run_id = ${run.runId} AND finding <> 'newer'
    ) AS seen`.execute(db);
  return rows[0]?.seen ?? 0;
}

/** The datestamp in the middle of those that a run has seen, as it was sent; `null` where it has seen none. */
export async function findMiddleDatestamp(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
): Promise<string | null> {
  const { rows } = await sql<{ datestamp: string | null }>`
    WITH seen AS MATERIALIZED (
      SELECT unnest(record_ids) AS record_id FROM run_seen
      WHERE repository_id = ${run.repositoryId} AND run_id = ${run.runId}
    )
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY s.datestamp) AS datestamp FROM source_record s JOIN seen USING (record_id)
    WHERE s.repository_id = ${run.repositoryId}`.execute(db);
  return rows[0]?.datestamp ?? null;
}

/** Forgets what a run has seen: it asked only for what was new, or it did not come to its end. */
export async function forgetSeen(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
): Promise<void> {
  await db
    .deleteFrom("run_seen")
    .where("repository_id", "=", run.repositoryId)
    .where("run_id", "=", run.runId)
    .execute();
}

/**
 * Ends the counting of a complete full list: records that it brought are present, the others have missed one more list. Done once
 * a run, however often it is called.
 */
export async function settleSeen(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      UPDATE harvest_run SET settled = true
      WHERE repository_id = ${run.repositoryId} AND run_id = ${run.runId} AND NOT settled RETURNING run_id`.execute(
      trx,
    );
    if (rows.length > 0) await countMissed(trx, run);
  });
}

/**
 * A record that came and could not be read is not missing. It may have come in the partial run that this one goes on
 * from, which began at the same moment of the repository's clock.
 */
async function countMissed(
  trx: Transaction<Database>,
  { repositoryId, runId }: { readonly repositoryId: number; readonly runId: number },
): Promise<void> {
  await sql`
    WITH seen AS MATERIALIZED (
      SELECT DISTINCT unnest(record_ids) AS record_id FROM run_seen
      WHERE repository_id = ${repositoryId} AND run_id = ${runId}
    ),
    unreadable AS MATERIALIZED (
      SELECT DISTINCT q.identifier FROM harvest_run this
      JOIN harvest_run part ON part.repository_id = this.repository_id AND (part.run_id = this.run_id
        OR part.source_started = this.source_started AND part.outcome = 'partial')
      JOIN quarantine q ON q.repository_id = part.repository_id AND q.run_id = part.run_id
      WHERE this.repository_id = ${repositoryId} AND this.run_id = ${runId} AND q.identifier IS NOT NULL
    ),
    present AS (
      UPDATE source_record s SET missed_lists = 0 FROM seen
      WHERE s.repository_id = ${repositoryId} AND s.record_id = seen.record_id AND s.missed_lists > 0
    ),
    missing AS (
      UPDATE source_record s SET missed_lists = least(s.missed_lists + 1, 1000)
      WHERE s.repository_id = ${repositoryId} AND NOT s.deleted
        AND NOT EXISTS (SELECT FROM seen WHERE seen.record_id = s.record_id)
        AND NOT EXISTS (SELECT FROM unreadable WHERE unreadable.identifier = s.identifier)
      RETURNING s.record_id
    )
    UPDATE harvest_run SET vanished = (
      SELECT count(*) FROM missing JOIN record r ON r.repository_id = ${repositoryId} AND r.record_id = missing.record_id
      WHERE NOT r.deleted
    ) WHERE repository_id = ${repositoryId} AND run_id = ${runId}`.execute(trx);
}

/**
 * The live records that at least `lists` complete lists in a row did not bring, but for those that seem to go on under
 * another identifier.
 */
export async function listVanished(db: Db, repositoryId: number, lists: number): Promise<readonly VanishedRecord[]> {
  const { rows } = await sql<VanishedRecord>`
    SELECT s.record_id AS "recordId", s.identifier FROM source_record s JOIN record r USING (repository_id, record_id)
    WHERE s.repository_id = ${repositoryId} AND s.missed_lists > 0 AND s.missed_lists >= ${lists}
      AND NOT s.deleted AND NOT r.deleted AND NOT EXISTS (
        SELECT FROM rebinding b
        WHERE b.repository_id = s.repository_id AND b.record_id = s.record_id AND b.state = 'proposed'
      )
    ORDER BY s.record_id`.execute(db);
  return rows;
}

/** Takes records for present after all: the list was wrong. */
export async function markPresent(db: Db, repositoryId: number, recordIds: readonly number[]): Promise<void> {
  await sql`
    UPDATE source_record SET missed_lists = 0
    WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])`.execute(db);
}
