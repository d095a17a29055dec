import { type Kysely, sql } from "kysely";

/** Why a run ended as it did, in a word that has its texts in every language; records that are counted without being read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "ALTER TABLE harvest_run ADD diagnosis text",
  `COMMENT ON COLUMN harvest_run.diagnosis IS 'why it ended as it did, in a word; failure says it in a sentence with the particulars'`,
  "ALTER TABLE harvest_window ADD diagnosis text",
  `COMMENT ON COLUMN harvest_window.diagnosis IS 'why it was abandoned, in a word; note says it in a sentence'`,
  // Counting reads some bytes a record here instead of the whole table.
  "CREATE INDEX record_repository_deleted ON record (repository_id, deleted)",
];
