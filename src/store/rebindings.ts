import { sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import type { Database } from "./schema.ts";

/** An item that seems to go on under another identifier of its repository. */
export interface ProposedRebinding {
  readonly oldIdentifier: string;
  readonly newIdentifier: string;
  /** By what it was known again: `local`, `handle`, `doi`, `landing-page`, `title-creator-year`. */
  readonly evidence: string;
  readonly title: string | null;
  /** A person took it down. */
  readonly takenDown: boolean;
}

/**
 * Proposes the pairs of `pairItems` and returns how many there are. Where they are not more than `few`, only those of
 * records that a person took down. Earlier proposals are forgotten: what still holds is among the pairs again.
 */
export async function proposePairs(
  trx: Transaction<Database>,
  run: { readonly repositoryId: number; readonly runId: number },
  few: number,
): Promise<number> {
  await forgetRebindings(trx, run.repositoryId);
  const { rows } = await sql`
    INSERT INTO rebinding (repository_id, run_id, record_id, old_identifier, new_identifier, evidence)
    SELECT r.repository_id, ${run.runId}, p.record_id, r.source_identifier, h.source_identifier, p.evidence
    FROM item_pair p
    JOIN record r ON r.repository_id = ${run.repositoryId} AND r.record_id = p.record_id
    JOIN held_record h ON h.repository_id = ${run.repositoryId} AND h.record_id = p.new_record_id
    WHERE r.deleted OR (SELECT count(*) FROM item_pair) > ${few}
    RETURNING record_id`.execute(trx);
  return rows.length;
}

/** Forgets what is proposed and not decided. */
export async function forgetRebindings(db: Db, repositoryId: number): Promise<void> {
  await sql`DELETE FROM rebinding WHERE repository_id = ${repositoryId} AND state = 'proposed'`.execute(db);
}

/** What an earlier run proposed, against what a run has brought. */
export interface PendingRebindings {
  readonly proposed: number;
  /** Of these, those that no longer hold: the old identifier came again, or the new record is gone. */
  readonly refuted: number;
  /** Live records that wait to enter the feed, and of these those that are not proposed. */
  readonly held: number;
  readonly waiting: number;
}

/** Compares what is proposed already with what a run has seen. */
export async function weighRebindings(
  db: Db,
  { repositoryId, runId }: { readonly repositoryId: number; readonly runId: number },
): Promise<PendingRebindings> {
  const { rows } = await sql<PendingRebindings>`
    WITH proposed AS MATERIALIZED (
      SELECT b.record_id, h.record_id AS new_record_id FROM rebinding b
      LEFT JOIN held_record h ON h.repository_id = b.repository_id AND h.source_identifier = b.new_identifier
        AND h.deleted_reason IS NULL
      WHERE b.repository_id = ${repositoryId} AND b.state = 'proposed'
    ), seen AS MATERIALIZED (
      SELECT unnest(record_ids) AS record_id FROM run_seen WHERE repository_id = ${repositoryId} AND run_id = ${runId}
    ), back AS (
      SELECT p.record_id FROM proposed p JOIN seen USING (record_id)
      JOIN source_record s ON s.repository_id = ${repositoryId} AND s.record_id = p.record_id AND NOT s.deleted
    )
    SELECT (SELECT count(*) FROM proposed) AS proposed,
      (SELECT count(*) FROM proposed WHERE new_record_id IS NULL OR record_id IN (SELECT record_id FROM back)) AS refuted,
      (SELECT count(*) FROM held_record WHERE repository_id = ${repositoryId} AND deleted_reason IS NULL) AS held,
      (SELECT count(*) FROM held_record h WHERE repository_id = ${repositoryId} AND deleted_reason IS NULL
        AND NOT EXISTS (SELECT FROM proposed p WHERE p.new_record_id = h.record_id)) AS waiting`.execute(db);
  return rows[0] ?? { proposed: 0, refuted: 0, held: 0, waiting: 0 };
}

/** How many re-bindings wait for a decision, by what the items were known again, most first. */
export async function countRebindings(
  db: Db,
  repositoryId: number,
): Promise<readonly { readonly evidence: string; readonly records: number }[]> {
  const { rows } = await sql<{ evidence: string; records: number }>`
    SELECT evidence, count(*) AS records FROM rebinding
    WHERE repository_id = ${repositoryId} AND state = 'proposed' GROUP BY evidence ORDER BY records DESC, evidence`.execute(
    db,
  );
  return rows;
}

/** Proposed re-bindings for a person to look at, records that were taken down first; at most `limit`. */
export async function listRebindings(
  db: Db,
  repositoryId: number,
  limit: number,
): Promise<readonly ProposedRebinding[]> {
  const { rows } = await sql<ProposedRebinding>`
    SELECT b.old_identifier AS "oldIdentifier", b.new_identifier AS "newIdentifier", b.evidence,
      r.published #>> '{titles,0,value}' AS title, r.deleted AS "takenDown"
    FROM rebinding b JOIN record r USING (repository_id, record_id)
    WHERE b.repository_id = ${repositoryId} AND b.state = 'proposed'
    ORDER BY r.deleted DESC, b.old_identifier LIMIT ${limit}`.execute(db);
  return rows;
}

/** The source identifiers of `limit` records that would be re-bound and are live, evenly from the first to the last. */
export async function sampleRebindings(db: Db, repositoryId: number, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ identifier: string }>`
    SELECT old_identifier AS identifier FROM (
      SELECT old_identifier, row_number() OVER (ORDER BY record_id) AS place, count(*) OVER () AS total
      FROM rebinding JOIN record r USING (repository_id, record_id)
      WHERE repository_id = ${repositoryId} AND state = 'proposed' AND NOT r.deleted
    ) AS proposed WHERE (place - 1) % greatest(total / ${limit}, 1) = 0 ORDER BY place LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.identifier);
}

/** Turns down what is proposed: each of the two is a record of its own. Returns how many. */
export async function rejectRebindings(db: Db, repositoryId: number): Promise<number> {
  const { rows } = await sql`
    UPDATE rebinding SET state = 'rejected', decided_at = clock_timestamp()
    WHERE repository_id = ${repositoryId} AND state = 'proposed' RETURNING record_id`.execute(db);
  return rows.length;
}
