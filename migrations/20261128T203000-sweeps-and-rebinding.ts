import { type Kysely, sql } from "kysely";

/** Sweeps, items that go on under another identifier, and records that a person took down. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "ALTER TABLE repository ADD sweep_due_at timestamptz(3)",
  `COMMENT ON COLUMN repository.sweep_due_at IS 'when its identifiers are to be listed again, if it does not tell what it deletes'`,

  `ALTER TABLE harvest_run ADD note text, ADD unknown integer NOT NULL DEFAULT 0, ADD settled boolean NOT NULL DEFAULT false`,
  `COMMENT ON COLUMN harvest_run.note IS 'what a person should know of it although nothing went wrong'`,
  `COMMENT ON COLUMN harvest_run.unknown IS 'of the received headers of a sweep, those of records that are not here'`,
  `COMMENT ON COLUMN harvest_run.settled IS 'what its list did not bring has been counted as missed'`,

  `CREATE INDEX source_record_missed ON source_record (repository_id, record_id) WHERE missed_lists > 0`,

  `CREATE TABLE sweep_finding (
    repository_id integer NOT NULL,
    run_id bigint NOT NULL,
    identifier text NOT NULL,
    finding text NOT NULL CHECK (finding IN ('unknown', 'unreadable', 'newer')),
    out_of_reach boolean NOT NULL,
    PRIMARY KEY (repository_id, run_id, identifier)
  )`,
  `COMMENT ON TABLE sweep_finding IS 'headers that a sweep found and that are not here, here as unreadable, or newer there than here; kept until the next sweep'`,
  `COMMENT ON COLUMN sweep_finding.out_of_reach IS 'its datestamp is so old that only a full list can bring it'`,

  `CREATE TABLE held_record (
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    oai_identifier text NOT NULL,
    deleted_reason text,
    content_hash bytea,
    set_specs text[] NOT NULL,
    source_identifier text NOT NULL,
    source_datestamp text NOT NULL,
    metadata_namespace text NOT NULL,
    published jsonb,
    PRIMARY KEY (repository_id, record_id)
  )`,
  `COMMENT ON TABLE held_record IS 'records under identifiers never seen before: out of the feed until their run ends, or until a person decides whether they are known ones'`,

  `ALTER TABLE rebinding ADD decided_at timestamptz(3)`,
  `COMMENT ON COLUMN rebinding.record_id IS 'our record: it keeps its number and its identifier and takes the new source'`,
  `CREATE UNIQUE INDEX rebinding_record ON rebinding (repository_id, record_id) WHERE state = 'proposed'`,
  `CREATE UNIQUE INDEX rebinding_new_identifier ON rebinding (repository_id, new_identifier) WHERE state = 'proposed'`,

  `CREATE TABLE takedown (
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    taken_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    taken_by text NOT NULL,
    reason text NOT NULL,
    restored_at timestamptz(3),
    restored_by text,
    restore_reason text,
    PRIMARY KEY (repository_id, record_id, taken_at)
  )`,
  `COMMENT ON TABLE takedown IS 'records that a person took out of the feed, who and why; whatever their repository sends, they stay out until a person restores them'`,
];
