import { type Kysely, sql } from "kysely";

/**
 * A record of common length stands in its row, uncompressed, instead of compressed in a table beside it: a page of the feed
 * is read for 11 µs of PostgreSQL a record instead of 19, and a record written for 95 µs instead of 125. It takes 4 kB of the
 * disk instead of 2.7.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE record SET (toast_tuple_target = 4080)`.execute(db);
}
