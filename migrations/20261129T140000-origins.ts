import { type Kysely, sql } from "kysely";

/** Where a record was before its repository got it, for the provenance that the feed tells. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ["record", "held_record"])
    await sql`ALTER TABLE ${sql.table(table)} ADD origins jsonb`.execute(db);
  await sql`COMMENT ON COLUMN record.origins IS
    'the stations of the record before its repository, the last one first, as that repository tells them; NULL: it tells none'`.execute(
    db,
  );
}
