import { type Kysely, sql } from "kysely";

/** A retired repository is kept for a time from the day on which it was retired. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "ALTER TABLE repository ADD retired_at timestamptz(3)",
  `COMMENT ON COLUMN repository.retired_at IS 'since when it is retired; NULL: it is not'`,
  // the day is not known any more: kept longer rather than not long enough
  "UPDATE repository SET retired_at = clock_timestamp() WHERE state = 'retired'",
];
