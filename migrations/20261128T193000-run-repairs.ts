import { type Kysely, sql } from "kysely";

/** What had to be mended of the answers of a run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "ALTER TABLE harvest_run ADD repairs jsonb",
  `COMMENT ON COLUMN harvest_run.repairs IS 'how many answers were mended outside of their records, by what was mended'`,
];
