import { sql } from "kysely";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { restoreRecords, withdrawRecords } from "./records.ts";

const BATCH = 1_000;

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
