import { sql } from "kysely";
import type { Db } from "./database.ts";
import { queueIsThere } from "./jobs-view.ts";

// As jobs-view.ts, this reads the queue's table as version 10 of pg-boss lays it out.

/**
 * Lets the first of the harvests that were put off because `host` was busy be taken up now; true where there was one. The
 * others stay as they are: they would only find the host busy again.
 */
export async function wakeNext(db: Db, host: string): Promise<boolean> {
  if (!(await queueIsThere(db))) return false;
  const { numAffectedRows } = await sql`
    UPDATE pgboss.job SET start_after = now() WHERE name = 'harvest' AND id = (
      SELECT id FROM pgboss.job
      WHERE name = 'harvest' AND state = 'created' AND start_after > now() AND data->>'waitsFor' = ${host}
      ORDER BY priority DESC, created_on, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )`.execute(db);
  return numAffectedRows === 1n;
}
