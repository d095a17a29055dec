import { sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import type { Database } from "./schema.ts";

/** First key of our advisory locks; the second is the announced second, counted from the epoch below. */
const FENCE_NAMESPACE = 0x0a15;
/** 2020-01-01T00:00:00Z: keeps announced seconds inside an int4 until 2088. */
const FENCE_EPOCH_SECONDS = 1_577_836_800;

/** Seconds ahead of the clock that writers announce: a transaction faster than this never holds the horizon back. */
export const DEFAULT_LEAD_SECONDS = 5;

/** The horizon that was last published, as a whole second. A clock that was set back, or another server's, may be behind it. */
const PUBLISHED = sql`(SELECT extract(epoch FROM horizon)::bigint FROM feed_horizon)`;

/**
 * Announces the datestamp that the rows of this transaction will carry, before the first of them is written: a whole
 * second ahead of the clock and of every published horizon, held as a shared advisory lock until the commit is visible.
 * Readers never look past an announced second, so a slow writer cannot commit behind their backs.
 */
export async function announceStamp(trx: Transaction<Database>, leadSeconds = DEFAULT_LEAD_SECONDS): Promise<Date> {
  for (;;) {
    const { rows } = await sql<{ second: number; ahead: boolean }>`
      WITH announced AS MATERIALIZED (
        SELECT greatest(ceil(extract(epoch FROM clock_timestamp()))::bigint, ${PUBLISHED} + 1) + ${leadSeconds}::int AS second
      ), locked AS MATERIALIZED (
        SELECT second, pg_advisory_xact_lock_shared(${FENCE_NAMESPACE}::int, (second - ${FENCE_EPOCH_SECONDS}::bigint)::int) FROM announced
      )
      SELECT second, second > extract(epoch FROM clock_timestamp()) AS ahead FROM locked`.execute(trx);
    const row = rows[0];
    // The clock may have passed the second while the lock was taken; then that second is not ours to use.
    if (row?.ahead === true) return new Date(row.second * 1000);
  }
}

/**
 * The moment up to which the feed is complete: now, or the second before the oldest announced one. What is served is
 * `stamp <= horizon`, and the horizon is the `responseDate` that consumers take as their next `from`. Ask for it in a
 * statement of its own, before the page.
 *
 * A streaming replica has the rows of its primary and not its locks: there it is the horizon that was published last. Who
 * sees that row sees every commit before it too, because a replica repeats them in their order.
 */
export async function readHorizon(db: Db): Promise<Date> {
  const { rows } = await sql<{ horizon: number }>`
    WITH clock AS MATERIALIZED (SELECT floor(extract(epoch FROM clock_timestamp()))::bigint AS now)
    SELECT CASE WHEN pg_is_in_recovery() THEN ${PUBLISHED} ELSE greatest(${PUBLISHED}, least(now, (
      SELECT min(objid::bigint) + ${FENCE_EPOCH_SECONDS}::bigint - 1 FROM pg_locks
      WHERE locktype = 'advisory' AND classid = ${FENCE_NAMESPACE}::int::oid AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ))) END AS horizon FROM clock`.execute(db);
  return new Date(Number(rows[0]?.horizon) * 1000);
}

/**
 * Writes the horizon down for replicas; any number of processes may, and it never goes back. The horizon is read in a
 * statement of its own, so that whatever it stands for was committed before it. Returns it.
 */
export async function publishHorizon(db: Db): Promise<Date> {
  const horizon = await readHorizon(db);
  await sql`UPDATE feed_horizon SET horizon = ${horizon} WHERE horizon < ${horizon}`.execute(db);
  return horizon;
}
