import { sql, type Transaction } from "kysely";
import type { StoredRecord } from "../record/common-record.ts";
import type { Db } from "./database.ts";
import type { Database } from "./schema.ts";

/** A record as far as it can be known again by. */
export interface Candidate {
  readonly recordId: number;
  /** The repository's own. */
  readonly identifier: string;
  readonly published: StoredRecord;
}

/**
 * Which records may have gone on under another identifier: those that complete lists or headers say are gone, or where
 * nothing is known of that, all that the run has not brought.
 */
export type Goneness = "told" | "unseen";

type RunKey = { readonly repositoryId: number; readonly runId: number };

/** How many records of a repository seem to be gone although the feed still has them, and how many a person took down. */
export async function countGone(db: Db, run: RunKey): Promise<{ readonly gone: number; readonly takenDown: number }> {
  const { rows } = await sql<{ gone: number; takenDown: number }>`
    SELECT count(*) AS gone, (
      SELECT count(*) FROM takedown WHERE repository_id = ${run.repositoryId} AND restored_at IS NULL
    ) AS "takenDown" FROM (${gone(run)}) AS gone`.execute(db);
  return rows[0] ?? { gone: 0, takenDown: 0 };
}

/** Notes the candidates among the known records in a temporary table, for as long as the transaction lasts. */
export async function noteKnown(trx: Transaction<Database>, run: RunKey, goneness: Goneness): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE known_candidate ON COMMIT DROP AS ${goneness === "told" ? gone(run) : unseen(run)}`.execute(
    trx,
  );
  await sql`CREATE UNIQUE INDEX ON known_candidate (record_id)`.execute(trx);
}

/** The noted candidates among the known records after `after`, in the order of their numbers. */
export async function listKnown(
  trx: Transaction<Database>,
  repositoryId: number,
  after: number,
  limit: number,
): Promise<readonly Candidate[]> {
  const { rows } = await sql<Candidate>`
    SELECT record_id AS "recordId", source_identifier AS identifier, published
    FROM known_candidate JOIN record USING (record_id)
    WHERE repository_id = ${repositoryId} AND record_id > ${after} AND published IS NOT NULL
    ORDER BY record_id LIMIT ${limit}`.execute(trx);
  return rows;
}

/** The records that wait for their run to end, after `after`, in the order of their numbers. */
export async function listHeld(
  trx: Transaction<Database>,
  repositoryId: number,
  after: number,
  limit: number,
): Promise<readonly Candidate[]> {
  const { rows } = await sql<Candidate>`
    SELECT record_id AS "recordId", source_identifier AS identifier, published FROM held_record
    WHERE repository_id = ${repositoryId} AND record_id > ${after} AND deleted_reason IS NULL
    ORDER BY record_id LIMIT ${limit}`.execute(trx);
  return rows;
}

function notSeen({ repositoryId, runId }: RunKey) {
  return sql`NOT EXISTS (
    SELECT FROM (
      SELECT unnest(record_ids) AS record_id FROM run_seen WHERE repository_id = ${repositoryId} AND run_id = ${runId}
    ) AS seen WHERE seen.record_id = s.record_id
  )`;
}

/** Missed by lists, deleted by headers and still live, or taken down by a person and deleted by headers. */
function gone(run: RunKey) {
  return sql`
    SELECT s.record_id FROM source_record s JOIN record r USING (repository_id, record_id)
    WHERE s.repository_id = ${run.repositoryId} AND s.missed_lists > 0 AND NOT s.deleted
      AND (NOT r.deleted OR r.deleted_reason = 'takedown') AND ${notSeen(run)}
    UNION
    SELECT d.record_id FROM deletion d JOIN record r USING (repository_id, record_id)
    WHERE d.repository_id = ${run.repositoryId} AND d.state = 'proposed' AND NOT r.deleted
    UNION
    SELECT t.record_id FROM takedown t JOIN source_record s USING (repository_id, record_id)
    WHERE t.repository_id = ${run.repositoryId} AND t.restored_at IS NULL AND s.deleted`;
}

function unseen(run: RunKey) {
  return sql`
    SELECT r.record_id FROM record r JOIN source_record s USING (repository_id, record_id)
    WHERE r.repository_id = ${run.repositoryId} AND NOT r.deleted AND NOT s.deleted
      AND ${notSeen(run)}
    UNION ${gone(run)}`;
}
