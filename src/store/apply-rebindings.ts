import { sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { lostFields } from "./lost-fields.ts";
import { rejectRebindings } from "./rebindings.ts";
import { saveMemberships } from "./records.ts";
import type { Database } from "./schema.ts";

/** Pairs that one transaction applies. */
const BATCH = 1_000;

/**
 * Lets our records take the sources that they were found to go on under, in batches of one transaction each: number and
 * identifier of ours stay, the stamp moves only where the published form is another one, and the record that the new
 * source had been given, which nobody has seen, is gone. Returns how many. What was interrupted goes on with the next call.
 */
export async function applyRebindings(db: Db, repositoryId: number, leadSeconds: number): Promise<number> {
  let applied = 0;
  for (;;) {
    const batch = await db.transaction().execute((trx) => applyBatch(trx, repositoryId, leadSeconds));
    applied += batch;
    if (batch === 0) break;
  }
  // what is left can no longer be done: the new one was deleted, or is not there any more
  await rejectRebindings(db, repositoryId);
  return applied;
}

async function applyBatch(trx: Transaction<Database>, repositoryId: number, leadSeconds: number): Promise<number> {
  const stamp = await announceStamp(trx, leadSeconds);
  await sql`
    CREATE TEMPORARY TABLE rebound ON COMMIT DROP AS
    SELECT b.repository_id, b.record_id, h.record_id AS new_record_id
    FROM rebinding b
    JOIN source_record n ON n.repository_id = b.repository_id AND n.identifier = b.new_identifier
    JOIN held_record h ON h.repository_id = b.repository_id AND h.record_id = n.record_id
    WHERE b.repository_id = ${repositoryId} AND b.state = 'proposed' AND h.deleted_reason IS NULL
    ORDER BY b.record_id LIMIT ${BATCH} FOR UPDATE OF b, n, h`.execute(trx);
  const { rows } = await sql<{ pairs: number }>`SELECT count(*) AS pairs FROM rebound`.execute(trx);
  const pairs = rows[0]?.pairs ?? 0;
  if (pairs === 0) return 0;
  await moveSources(trx);
  await moveIssues(trx);
  await saveMemberships(trx, repositoryId, stamp, await moveRecords(trx, stamp));
  await sql`
    DELETE FROM deletion d USING rebound p
    WHERE d.repository_id = p.repository_id AND d.record_id = p.record_id AND d.state = 'proposed'`.execute(trx);
  await sql`
    UPDATE rebinding b SET state = 'applied', decided_at = clock_timestamp() FROM rebound p
    WHERE b.repository_id = p.repository_id AND b.record_id = p.record_id AND b.state = 'proposed'`.execute(trx);
  return pairs;
}

/** A number cannot be given to another row: the row that has it takes over all that the new one holds. */
async function moveSources(trx: Transaction<Database>): Promise<void> {
  await sql`
    WITH gone AS (
      DELETE FROM source_record n USING rebound p
      WHERE n.repository_id = p.repository_id AND n.record_id = p.new_record_id
      RETURNING n.*, p.record_id AS kept_record_id
    )
    UPDATE source_record s SET identifier = gone.identifier, raw = gone.raw, raw_hash = gone.raw_hash,
      datestamp = gone.datestamp, set_specs = gone.set_specs, metadata_namespace = gone.metadata_namespace,
      deleted = gone.deleted, crosswalk = gone.crosswalk, changed_run_id = gone.changed_run_id,
      changed_at = clock_timestamp(), missed_lists = 0
    FROM gone WHERE s.repository_id = gone.repository_id AND s.record_id = gone.kept_record_id`.execute(trx);
}

async function moveIssues(trx: Transaction<Database>): Promise<void> {
  await sql`
    DELETE FROM record_issue i USING rebound p
    WHERE i.repository_id = p.repository_id AND i.record_id = p.record_id`.execute(trx);
  await sql`
    UPDATE record_issue i SET record_id = p.record_id FROM rebound p
    WHERE i.repository_id = p.repository_id AND i.record_id = p.new_record_id`.execute(trx);
}

/**
 * Returns the numbers of those whose place in the feed moved. One that a person took down stays down, and renewed; like every
 * tombstone it keeps the sets that it had.
 */
async function moveRecords(trx: Transaction<Database>, stamp: Date): Promise<readonly number[]> {
  const back = sql`(r.deleted AND r.deleted_reason IN ('sweep', 'source-header'))`;
  const moves = sql`(${back} OR NOT r.deleted AND (r.content_hash IS DISTINCT FROM h.content_hash OR r.set_specs <> h.set_specs))`;
  const { rows } = await sql<{ record_id: number; stamp: Date }>`
    WITH h AS (
      DELETE FROM held_record h USING rebound p
      WHERE h.repository_id = p.repository_id AND h.record_id = p.new_record_id
      RETURNING h.*, p.record_id AS kept_record_id
    )
    UPDATE record r SET stamp = CASE WHEN ${moves} THEN ${stamp} ELSE r.stamp END,
      deleted = r.deleted AND NOT ${back}, deleted_reason = CASE WHEN ${back} THEN NULL ELSE r.deleted_reason END,
      content_hash = h.content_hash, published = h.published, lost_fields = ${lostFields("r", sql`h.published`)},
      set_specs = CASE WHEN r.deleted AND NOT ${back} THEN r.set_specs ELSE h.set_specs END,
      source_identifier = h.source_identifier, source_datestamp = h.source_datestamp,
      metadata_namespace = h.metadata_namespace, origins = h.origins, quality = h.quality, rules_missed = h.rules_missed
    FROM h WHERE r.repository_id = h.repository_id AND r.record_id = h.kept_record_id
    RETURNING r.record_id, r.stamp`.execute(trx);
  return rows.filter((row) => row.stamp.getTime() === stamp.getTime()).map((row) => row.record_id);
}
