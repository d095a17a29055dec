import { type Kysely, sql } from "kysely";

/** The nightly dumps: which were made, which are being made, and what went wrong. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE dump (
    target text NOT NULL,
    day text NOT NULL CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    state text NOT NULL CHECK (state IN ('running', 'stopped', 'failed', 'whole', 'removed')),
    attempts integer NOT NULL,
    owner text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    horizon timestamptz(0),
    records bigint,
    bytes bigint,
    failure text,
    note text,
    PRIMARY KEY (target, day)
  )`.execute(db);
  await sql`COMMENT ON COLUMN dump.target IS 'folder or s3://bucket/prefix below which the dump of a day has its place'`.execute(
    db,
  );
  await sql`COMMENT ON COLUMN dump.day IS 'the day in Vietnam on which it was due, and its name'`.execute(db);
  await sql`COMMENT ON COLUMN dump.horizon IS 'only of a dump that was whole, and so are records and bytes'`.execute(
    db,
  );
  await sql`COMMENT ON COLUMN dump.note IS 'what did not succeed after the dump was whole'`.execute(db);
}
