import type pg from "pg";

/** Readers find these before those of PostgreSQL: nothing is announced as far as they can see, and no server is a replica. */
const BLIND = [
  "CREATE SCHEMA naive",
  "CREATE VIEW naive.pg_locks AS SELECT * FROM pg_catalog.pg_locks WHERE false",
  "CREATE FUNCTION naive.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT false'",
];
/** Every row carries the clock of the moment in which it is written, as everybody does it first. */
const STAMPED_BY_THE_CLOCK = [
  `CREATE FUNCTION naive.stamp() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.stamp := date_trunc('second', clock_timestamp()); RETURN NEW; END $$`,
  "CREATE TRIGGER naive BEFORE INSERT OR UPDATE ON record FOR EACH ROW EXECUTE FUNCTION naive.stamp()",
];

/** Bewitches a database, so that the program, which is as it always is, stamps rows by the clock. */
export async function stampByTheClock(pool: pg.Pool): Promise<void> {
  for (const statement of STAMPED_BY_THE_CLOCK) await pool.query(statement);
}

/** Bewitches a database, so that who reads it under a `naiveUrl` takes the clock for the horizon. */
export async function blindReaders(pool: pg.Pool): Promise<void> {
  for (const statement of BLIND) await pool.query(statement);
}

/** The same database, or a replica of it, as a reader sees it who goes by the clock. */
export function naiveUrl(url: string): string {
  const reading = new URL(url);
  reading.searchParams.set("options", "-c search_path=naive,pg_catalog,public");
  return reading.href;
}
