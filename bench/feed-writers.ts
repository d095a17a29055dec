import { sql, type Transaction } from "kysely";
import type { Db } from "../src/store/database.ts";
import { announceStamp } from "../src/store/fence.ts";
import { moveMemberships, withdrawRecords } from "../src/store/records.ts";
import type { Database } from "../src/store/schema.ts";

/** Writers that change the feed until they are stopped. */
export interface FeedWriters {
  /** Ends them after the transaction in hand; gives how many times a record was changed, and how many were deleted. */
  stop(): Promise<{ readonly changed: number; readonly deleted: number }>;
}

const RECORDS_AT_ONCE = 20;
const DELETED_OF_THEM = 2;
const PAUSE_MS = 50;
/** One transaction in five is open longer than its announced second lies ahead, so that the horizon has to wait for it. */
const SLOW_EVERY = 5;
const SLOW_MS = 3_500;

/**
 * Changes titles of records anywhere in the feed, deletes some, all as a harvest does: announced, stamped, committed. Titles
 * are never the same twice, so that they tell which version somebody has.
 */
export function startFeedWriters(db: Db, writers = 2): FeedWriters {
  let stopped = false;
  const total = { changed: 0, deleted: 0 };
  const last = lastRecordId(db);
  const write = async (writer: number) => {
    for (let round = 1; !stopped; round += 1) {
      const title = `Lần ghi ${round} của ${writer}`;
      await db.transaction().execute(async (trx) => {
        const stamp = await announceStamp(trx, 1);
        const { changed, deleted } = await changeSome(trx, await last, stamp, title);
        if (round % SLOW_EVERY === 0) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        total.changed += changed;
        total.deleted += deleted;
      });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const all = Promise.all(Array.from({ length: writers }, (_, index) => write(index + 1)));
  all.catch(() => {}); // told by stop()
  return {
    stop: async () => {
      stopped = true;
      await all;
      return total;
    },
  };
}

async function lastRecordId(db: Db): Promise<number> {
  const { rows } = await sql<{ last: number }>`SELECT max(record_id) AS last FROM record`.execute(db);
  return rows[0]?.last ?? 0;
}

async function changeSome(trx: Transaction<Database>, last: number, stamp: Date, title: string) {
  // those that another writer has in hand are passed over
  const { rows } = await sql<{ repository_id: number; record_id: number }>`
    SELECT repository_id, record_id FROM record
    WHERE NOT deleted AND record_id >= ${Math.floor(Math.random() * last)}
    ORDER BY repository_id, record_id LIMIT ${RECORDS_AT_ONCE} FOR UPDATE SKIP LOCKED`.execute(trx);
  const repositoryId = rows[0]?.repository_id;
  if (repositoryId === undefined) return { changed: 0, deleted: 0 };
  const recordIds = rows.filter((row) => row.repository_id === repositoryId).map((row) => row.record_id);
  await sql`
    UPDATE record SET stamp = ${stamp}, published = jsonb_set(published, '{titles,0,value}', to_jsonb(${title}::text))
    WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])`.execute(trx);
  await moveMemberships(trx, repositoryId, stamp, recordIds);
  const gone = recordIds.slice(0, DELETED_OF_THEM);
  await withdrawRecords(trx, repositoryId, stamp, gone, "sweep");
  return { changed: recordIds.length - gone.length, deleted: gone.length };
}
