import { type Kysely, sql } from "kysely";

/** How far the feed is complete, for replicas: they have the rows of the primary and not its locks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE feed_horizon (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    horizon timestamptz(0) NOT NULL
  )`,
  `COMMENT ON TABLE feed_horizon IS 'the horizon as schedulers write it down every second; it never goes back, and no stamp is announced at or before it'`,
  "INSERT INTO feed_horizon (horizon) VALUES ('1970-01-01T00:00:00Z')",
];
