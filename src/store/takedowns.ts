import { sql } from "kysely";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { moveMemberships, withdrawRecords } from "./records.ts";
import type { DeletedReason } from "./schema.ts";
import { LISTS_MISSED } from "./seen.ts";

/** A record of the feed as a person names it. */
export interface NamedRecord {
  readonly repositoryId: number;
  readonly recordId: number;
  readonly code: string;
  readonly oaiIdentifier: string;
  readonly title: string | null;
  /** `null` on a live one. */
  readonly deletedReason: DeletedReason | null;
}

/** Who takes a record down or brings it back, and why. */
export interface Act {
  readonly by: string;
  readonly reason: string;
  readonly leadSeconds: number;
}

/** The records of that identifier: ours, or what a repository calls it, which several repositories may do. */
export async function findNamedRecords(db: Db, identifier: string): Promise<readonly NamedRecord[]> {
  const columns = sql`r.repository_id AS "repositoryId", r.record_id AS "recordId", p.code, r.oai_identifier AS "oaiIdentifier",
    r.published #>> '{titles,0,value}' AS title, r.deleted_reason AS "deletedReason"`;
  const { rows } = await sql<NamedRecord>`
    SELECT ${columns} FROM record r JOIN repository p USING (repository_id) WHERE r.oai_identifier = ${identifier}
    UNION ALL
    SELECT ${columns} FROM repository p
    JOIN source_record s ON s.repository_id = p.repository_id AND s.identifier = ${identifier}
    JOIN record r ON r.repository_id = s.repository_id AND r.record_id = s.record_id`.execute(db);
  return rows;
}

/** Takes a record out of the feed until a person brings it back; one that is a tombstone already stays so. */
export async function takeDown(db: Db, { repositoryId, recordId }: NamedRecord, act: Act): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const stamp = await announceStamp(trx, act.leadSeconds);
    // it is not to come back with a run that is undone, nor to be decided about again; before the record, as where a page is stored
    await sql`DELETE FROM deletion WHERE repository_id = ${repositoryId} AND record_id = ${recordId}`.execute(trx);
    const withdrawn = await withdrawRecords(trx, repositoryId, stamp, [recordId], "takedown");
    if (withdrawn.length === 0)
      await sql`
        UPDATE record SET deleted_reason = 'takedown'
        WHERE repository_id = ${repositoryId} AND record_id = ${recordId} AND deleted`.execute(trx);
    const row = { repository_id: repositoryId, record_id: recordId, taken_by: act.by, reason: act.reason };
    await trx.insertInto("takedown").values(row).execute();
  });
}

/**
 * Ends a takedown: the record is live again as its repository has it now, or stays a tombstone for another reason. Returns
 * that reason, or `null`. Its sets are those that it had when it was taken down: it carries no rules, and the next remap maps it.
 */
export async function endTakedown(
  db: Db,
  { repositoryId, recordId }: NamedRecord,
  act: Act,
): Promise<DeletedReason | null> {
  return await db.transaction().execute(async (trx) => {
    const stamp = await announceStamp(trx, act.leadSeconds);
    // what was sent before the record, as where a page is stored: otherwise each could wait for the other
    await sql`
      SELECT FROM source_record WHERE repository_id = ${repositoryId} AND record_id = ${recordId} FOR NO KEY UPDATE`.execute(
      trx,
    );
    const { rows } = await sql<{ reason: DeletedReason | null }>`
      WITH now AS (
        SELECT CASE
          WHEN s.deleted THEN 'source-header'
          WHEN p.state = 'retired' THEN 'source-retired'
          WHEN s.missed_lists >= ${LISTS_MISSED} THEN 'sweep'
          WHEN r.published IS NULL OR EXISTS (
            SELECT FROM record_issue i
            WHERE i.repository_id = r.repository_id AND i.record_id = r.record_id AND i.severity = 'error'
          ) THEN 'suppressed'
        END AS reason
        FROM record r JOIN source_record s USING (repository_id, record_id) JOIN repository p USING (repository_id)
        WHERE r.repository_id = ${repositoryId} AND r.record_id = ${recordId}
      )
      UPDATE record SET deleted = reason IS NOT NULL, deleted_reason = reason,
        stamp = CASE WHEN reason IS NULL THEN ${stamp}::timestamptz ELSE stamp END
      FROM now WHERE repository_id = ${repositoryId} AND record_id = ${recordId} AND deleted_reason = 'takedown'
      RETURNING reason`.execute(trx);
    const [ended] = rows;
    const reason = ended?.reason ?? null;
    // somebody else may have ended it a moment ago: then the record has its place, and its sets must not have another
    if (ended !== undefined && reason === null) {
      await moveMemberships(trx, repositoryId, stamp, [recordId]);
      await sql`
        UPDATE source_record SET crosswalk = split_part(crosswalk, '@', 1) || '@'
        WHERE repository_id = ${repositoryId} AND record_id = ${recordId}`.execute(trx);
    }
    await sql`
      UPDATE takedown SET restored_at = clock_timestamp(), restored_by = ${act.by}, restore_reason = ${act.reason}
      WHERE repository_id = ${repositoryId} AND record_id = ${recordId} AND restored_at IS NULL`.execute(trx);
    return reason;
  });
}
