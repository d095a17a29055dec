import { type Kysely, sql } from "kysely";

/** What a record has lost, so that a format which needs it can say that the record is deleted there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE record ADD lost_fields text[] NOT NULL DEFAULT '{}'`.execute(db);
  await sql`COMMENT ON COLUMN record.lost_fields IS
    'fields of the common record that the published form once had and has no more'`.execute(db);
}
