import type { Transaction } from "kysely";
import type { Db } from "./database.ts";
import type { Database } from "./schema.ts";

/**
 * Does `work` on the database as it is at the first query, whatever others commit meanwhile (PostgreSQL, "Repeatable
 * Read"). Nothing can be written. As long as it lasts the database keeps every row that others replace or delete.
 */
export async function inSnapshot<Result>(
  db: Db,
  work: (snapshot: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return await db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work);
}
