import { sql } from "kysely";
import type { Db } from "./database.ts";

/** First key of the advisory locks of housekeeping; the fence has another one. */
const NAMESPACE = 0x0a16;
const KEYS = { reap: 1, retention: 2, dump: 3 } as const;

/**
 * Does `work` unless another process is at the same just now: one is enough, however many schedulers there are. Gives
 * what `work` gave, or `null` where it was left to the other. The lock belongs to a transaction, so that it ends with the
 * connection; `work` itself uses other connections and may take long.
 */
export async function exclusively<Result>(
  db: Db,
  what: keyof typeof KEYS,
  work: () => Promise<Result>,
): Promise<Result | null> {
  return await db.transaction().execute(async (trx) => {
    // an operator's limit for others must not take the lock away
    await sql`SET LOCAL idle_in_transaction_session_timeout = 0`.execute(trx);
    const { rows } = await sql<{ ours: boolean }>`
      SELECT pg_try_advisory_xact_lock(${NAMESPACE}::int, ${KEYS[what]}::int) AS ours`.execute(trx);
    return rows[0]?.ours === true ? await work() : null;
  });
}
