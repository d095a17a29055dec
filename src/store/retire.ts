import { sql } from "kysely";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";

const BATCH = 1_000;

/** Turns all live records of a repository into tombstones with reason `source-retired`. Returns how many. */
export async function retireRecords(db: Db, repositoryId: number, leadSeconds: number): Promise<number> {
  let retired = 0;
  for (;;) {
    const batch = await db.transaction().execute(async (trx) => {
      const stamp = await announceStamp(trx, leadSeconds);
      const { rows } = await sql<{ record_id: number }>`
        UPDATE record SET deleted = true, deleted_reason = 'source-retired', stamp = ${stamp}
        WHERE repository_id = ${repositoryId} AND record_id IN (
          SELECT record_id FROM record WHERE repository_id = ${repositoryId} AND NOT deleted LIMIT ${BATCH}
        ) RETURNING record_id`.execute(trx);
      const recordIds = rows.map((row) => row.record_id);
      await sql`UPDATE record_set SET stamp = ${stamp} WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])`.execute(
        trx,
      );
      return recordIds.length;
    });
    retired += batch;
    if (batch < BATCH) return retired;
  }
}
