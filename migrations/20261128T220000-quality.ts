import { type Kysely, sql } from "kysely";

/** The score of each record beside it, and which rules it misses; both are read from the index that counts records. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "ALTER TABLE record ADD quality smallint, ADD rules_missed integer",
  "ALTER TABLE held_record ADD quality smallint, ADD rules_missed integer",
  `COMMENT ON COLUMN record.quality IS 'score of the national profile, 0 to 100; null: not judged yet, or deleted before it was seen'`,
  `COMMENT ON COLUMN record.rules_missed IS 'a bit for each rule of src/quality that it misses'`,
  "DROP INDEX record_repository_deleted",
  "CREATE INDEX record_repository_deleted ON record (repository_id, deleted) INCLUDE (quality, rules_missed)",
];
