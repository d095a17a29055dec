import { sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { restoreRecords, withdrawRecords } from "./records.ts";
import type { Database } from "./schema.ts";

const BATCH = 1_000;

/** What seems to go on under another identifier does not leave the feed before a person has decided about that. */
const NOT_REBOUND = sql<boolean>`NOT EXISTS (
  SELECT FROM rebinding b
  WHERE b.repository_id = d.repository_id AND b.record_id = d.record_id AND b.state = 'proposed'
)`;

/** Notes that these records are to leave the feed; only live ones are noted. What is noted already stays once. */
export async function proposeDeletions(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
  recordIds: readonly number[],
  reason: "source-header" | "sweep",
): Promise<void> {
  if (recordIds.length === 0) return;
  await sql`
    INSERT INTO deletion (repository_id, record_id, run_id, reason)
    SELECT repository_id, record_id, ${run.runId}, ${reason} FROM record
    WHERE repository_id = ${run.repositoryId} AND record_id = ANY (${recordIds}::bigint[]) AND NOT deleted
    ON CONFLICT (repository_id, record_id) DO UPDATE
    SET run_id = excluded.run_id, reason = excluded.reason, state = 'proposed', decided_at = NULL`.execute(db);
}

/** Forgets the proposals for records that came again. */
export async function forgetProposals(
  trx: Transaction<Database>,
  repositoryId: number,
  recordIds: readonly number[],
): Promise<void> {
  if (recordIds.length === 0) return;
  await sql`
    DELETE FROM deletion WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])
      AND state = 'proposed'`.execute(trx);
}

/** Whether records of a repository have ever left the feed because its lists no longer brought them. */
export async function hasVanished(db: Db, repositoryId: number): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM deletion WHERE repository_id = ${repositoryId} AND reason = 'sweep' LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** How many records are proposed to leave the feed, and how many are in it. */
export async function weighDeletions(
  db: Db,
  repositoryId: number,
): Promise<{ readonly proposed: number; readonly live: number }> {
  const { rows } = await sql<{ proposed: number; live: number }>`
    SELECT (
        SELECT count(*) FROM deletion d WHERE repository_id = ${repositoryId} AND state = 'proposed' AND ${NOT_REBOUND}
      ) AS proposed,
      (SELECT count(*) FROM record WHERE repository_id = ${repositoryId} AND NOT deleted) AS live`.execute(db);
  return rows[0] ?? { proposed: 0, live: 0 };
}

/**
 * Turns what is proposed into tombstones, in batches, and books it on the run. Returns how many records have left the feed
 * by this run, those of a call that was interrupted too.
 */
export async function applyDeletions(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
  leadSeconds: number,
): Promise<number> {
  for (;;) {
    const applied = await db.transaction().execute((trx) => applyBatch(trx, run, leadSeconds));
    if (applied === 0) return await countApplied(db, run);
  }
}

async function countApplied(
  db: Db,
  { repositoryId, runId }: { readonly repositoryId: number; readonly runId: number },
): Promise<number> {
  const { rows } = await sql<{ applied: number }>`
    SELECT count(*) AS applied FROM deletion
    WHERE repository_id = ${repositoryId} AND run_id = ${runId} AND state = 'applied'`.execute(db);
  return rows[0]?.applied ?? 0;
}

async function applyBatch(
  trx: Transaction<Database>,
  { repositoryId, runId }: { readonly repositoryId: number; readonly runId: number },
  leadSeconds: number,
): Promise<number> {
  const stamp = await announceStamp(trx, leadSeconds);
  const { rows } = await sql<{ record_id: number; reason: "source-header" | "sweep" }>`
    UPDATE deletion SET state = 'applied', run_id = ${runId}, decided_at = clock_timestamp()
    WHERE repository_id = ${repositoryId} AND record_id IN (
      SELECT record_id FROM deletion d WHERE repository_id = ${repositoryId} AND state = 'proposed' AND ${NOT_REBOUND}
      ORDER BY record_id LIMIT ${BATCH} FOR UPDATE OF d
    ) RETURNING record_id, reason`.execute(trx);
  for (const reason of ["source-header", "sweep"] as const) {
    const recordIds = rows.filter((row) => row.reason === reason).map((row) => row.record_id);
    await withdrawRecords(trx, repositoryId, stamp, recordIds, reason);
  }
  return rows.length;
}

/** Drops what is proposed: the records stay in the feed. Returns how many. */
export async function rejectDeletions(db: Db, repositoryId: number): Promise<number> {
  const { rows } = await sql<{ record_id: number }>`
    WITH dropped AS (
      DELETE FROM deletion d WHERE repository_id = ${repositoryId} AND state = 'proposed' AND ${NOT_REBOUND}
      RETURNING record_id
    )
    UPDATE source_record s SET missed_lists = 0 FROM dropped d
    WHERE s.repository_id = ${repositoryId} AND s.record_id = d.record_id RETURNING s.record_id`.execute(db);
  return rows.length;
}

/** Brings back what a run took out of the feed. Returns how many records came back. */
export async function undoDeletions(
  db: Db,
  run: { readonly repositoryId: number; readonly runId: number },
  leadSeconds: number,
): Promise<number> {
  let restored = 0;
  for (;;) {
    const batch = await db.transaction().execute(async (trx) => {
      const stamp = await announceStamp(trx, leadSeconds);
      const { rows } = await sql<{ record_id: number }>`
        WITH undone AS (
          DELETE FROM deletion WHERE repository_id = ${run.repositoryId} AND record_id IN (
            SELECT record_id FROM deletion
            WHERE repository_id = ${run.repositoryId} AND run_id = ${run.runId} AND state = 'applied' LIMIT ${BATCH}
          ) RETURNING record_id
        )
        UPDATE source_record s SET missed_lists = 0 FROM undone u
        WHERE s.repository_id = ${run.repositoryId} AND s.record_id = u.record_id RETURNING s.record_id`.execute(trx);
      const recordIds = rows.map((row) => row.record_id);
      return { taken: recordIds.length, back: await restoreRecords(trx, run.repositoryId, stamp, recordIds) };
    });
    restored += batch.back;
    if (batch.taken === 0) return restored;
  }
}

/** What a held run wants to take out of the feed, titles with it, for a person to look at. */
export async function listProposed(
  db: Db,
  repositoryId: number,
  limit: number,
): Promise<readonly { readonly identifier: string; readonly title: string | null; readonly reason: string }[]> {
  const { rows } = await sql<{ identifier: string; title: string | null; reason: string }>`
    SELECT r.source_identifier AS identifier, r.published #>> '{titles,0,value}' AS title, d.reason
    FROM deletion d JOIN record r USING (repository_id, record_id)
    WHERE d.repository_id = ${repositoryId} AND d.state = 'proposed' AND ${NOT_REBOUND}
    ORDER BY r.source_identifier LIMIT ${limit}`.execute(db);
  return rows;
}
