import { sql } from "kysely";
import type { Db } from "../../src/store/database.ts";

/**
 * Every record as it is stored, one line each in the order of identifiers: as sent, as mapped, its sets and remarks.
 * Numbers and times, which differ from database to database, are left out.
 */
export async function recordsOf(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ line: string }>`
    SELECT jsonb_build_array(
      s.identifier, encode(s.raw_hash, 'hex'), md5(s.raw), s.datestamp, s.set_specs, s.deleted, s.crosswalk, s.missed_lists,
      r.oai_identifier, encode(r.content_hash, 'hex'), r.published, r.deleted, r.deleted_reason, r.set_specs, r.source_datestamp,
      (SELECT array_agg(set_spec ORDER BY set_spec) FROM record_set m JOIN oai_set USING (set_id)
        WHERE m.repository_id = r.repository_id AND m.record_id = r.record_id),
      (SELECT array_agg(DISTINCT m.stamp = r.stamp) FROM record_set m
        WHERE m.repository_id = r.repository_id AND m.record_id = r.record_id),
      (SELECT jsonb_agg(to_jsonb(i) - 'record_id' ORDER BY position) FROM record_issue i
        WHERE i.repository_id = r.repository_id AND i.record_id = r.record_id)
    )::text AS line
    FROM source_record s LEFT JOIN record r USING (repository_id, record_id) ORDER BY s.identifier`.execute(db);
  return rows.map(({ line }) => line);
}

/** The datestamp of every record, by its identifier. */
export async function stampsOf(db: Db): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ identifier: string; stamp: string }>`
    SELECT source_identifier AS identifier, stamp::text FROM record`.execute(db);
  return new Map(rows.map(({ identifier, stamp }) => [identifier, stamp]));
}

/** From now on the database itself notes every write to a record, as sent or as mapped, that is committed. */
export async function watchWrites(db: Db): Promise<void> {
  await sql`CREATE TABLE test_write (kind text NOT NULL, record_id bigint NOT NULL)`.execute(db);
  await sql`
    CREATE FUNCTION test_note_write() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO test_write VALUES (TG_TABLE_NAME, NEW.record_id); RETURN NULL; END $$`.execute(db);
  for (const table of ["source_record", "record"])
    await sql`
      CREATE TRIGGER test_write AFTER INSERT OR UPDATE ON ${sql.table(table)}
      FOR EACH ROW EXECUTE FUNCTION test_note_write()`.execute(db);
}

/** How many writes were noted since the last call, and how many records they were to; both by kind. */
export async function takeWrites(db: Db): Promise<Readonly<Record<string, readonly [number, number]>>> {
  const { rows } = await sql<{ kind: string; writes: number; records: number }>`
    WITH taken AS (DELETE FROM test_write RETURNING *)
    SELECT kind, count(*) AS writes, count(DISTINCT record_id) AS records FROM taken GROUP BY kind`.execute(db);
  return Object.fromEntries(rows.map(({ kind, writes, records }) => [kind, [writes, records]]));
}
