import { sql } from "kysely";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { restoreRecords, withdrawRecords } from "./records.ts";
import { endUnfinishedRuns } from "./runs.ts";

const BATCH = 1_000;

/** Nobody is called so: the lease runs out, and the host is not asked by others while a last request is on its way. */
const NOBODY = "retired";

/**
 * Ends all that goes on with a repository and marks it as retired, from now on or since it was. A worker that lost its
 * lease stores no further page; one that is being stored is waited for. One statement after the other: a page holds its
 * run while it waits for its lease.
 */
export async function closeRepository(db: Db, repositoryId: number): Promise<void> {
  const since = sql<Date>`coalesce(retired_at, clock_timestamp())`;
  const retired = { state: "retired", retired_at: since } as const;
  await db.updateTable("repository").set(retired).where("repository_id", "=", repositoryId).execute();
  await db.updateTable("harvest_lease").set({ owner: NOBODY }).where("repository_id", "=", repositoryId).execute();
  await endUnfinishedRuns(db, repositoryId, "the repository was retired");
}

/** Turns all live records of a repository into tombstones with reason `source-retired`. Returns how many. */
export async function retireRecords(db: Db, repositoryId: number, leadSeconds: number): Promise<number> {
  let retired = 0;
  for (;;) {
    const batch = await db.transaction().execute(async (trx) => {
      const stamp = await announceStamp(trx, leadSeconds);
      const { rows } = await sql<{ record_id: number }>`
        SELECT record_id FROM record WHERE repository_id = ${repositoryId} AND NOT deleted LIMIT ${BATCH}`.execute(trx);
      const recordIds = rows.map((row) => row.record_id);
      return await withdrawRecords(trx, repositoryId, stamp, recordIds, "source-retired");
    });
    retired += batch.length;
    if (batch.length < BATCH) return retired;
  }
}

/** Brings back the records that left the feed when their repository was retired. Returns how many. */
export async function restoreRetired(db: Db, repositoryId: number, leadSeconds: number): Promise<number> {
  let restored = 0;
  for (;;) {
    const batch = await db.transaction().execute(async (trx) => {
      const stamp = await announceStamp(trx, leadSeconds);
      const { rows } = await sql<{ record_id: number }>`
        SELECT record_id FROM record
        WHERE repository_id = ${repositoryId} AND deleted_reason = 'source-retired' AND published IS NOT NULL
        LIMIT ${BATCH}`.execute(trx);
      const recordIds = rows.map((row) => row.record_id);
      return await restoreRecords(trx, repositoryId, stamp, recordIds);
    });
    restored += batch;
    if (batch < BATCH) return restored;
  }
}

/** Tombstones of a retired repository of which nothing is kept any more: they cannot be brought back. */
export async function countPurged(db: Db, repositoryId: number): Promise<number> {
  const { rows } = await sql<{ purged: number }>`
    SELECT count(*) AS purged FROM record
    WHERE repository_id = ${repositoryId} AND deleted_reason = 'source-retired' AND published IS NULL`.execute(db);
  return rows[0]?.purged ?? 0;
}
