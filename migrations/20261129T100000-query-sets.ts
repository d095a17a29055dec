import { type Kysely, sql } from "kysely";

/** Sets that operators define. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE query_set (
    set_spec text PRIMARY KEY CHECK (set_spec ~ '^query:[a-z0-9-]+$'),
    title_vi text NOT NULL,
    title_en text NOT NULL,
    description text,
    conditions text[] NOT NULL CHECK (cardinality(conditions) > 0),
    changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  )`,
  `COMMENT ON TABLE query_set IS 'a set that an operator has defined; which records are in it is computed when they are mapped'`,
  `COMMENT ON COLUMN query_set.conditions IS 'all of them must hold; the notation is that of src/query/condition.ts'`,
];
