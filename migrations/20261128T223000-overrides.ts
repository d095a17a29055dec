import { type Kysely, sql } from "kysely";

/** What holds for one repository only, and records that are mapped again from what is stored of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "ALTER TABLE repository ADD overrides jsonb",
  `COMMENT ON COLUMN repository.overrides IS 'how its records are mapped otherwise than those of others: meanings of words, defaults, preferred elements'`,
  `COMMENT ON COLUMN source_record.crosswalk IS 'the rules that mapped it: id@version of the crosswalk, and a hash of all that decides the mapping'`,

  `CREATE TABLE remap (
    repository_id integer NOT NULL,
    remap_id bigint GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL DEFAULT 'mapping' CHECK (state IN
      ('mapping', 'candidate', 'held', 'activating', 'active', 'rolling-back', 'rolled-back', 'settled', 'discarded')),
    candidate_only boolean NOT NULL,
    rules text[] NOT NULL,
    cursor text NOT NULL DEFAULT '',
    total integer NOT NULL,
    records integer NOT NULL DEFAULT 0,
    changed integer NOT NULL DEFAULT 0,
    published integer NOT NULL DEFAULT 0,
    withdrawn integer NOT NULL DEFAULT 0,
    remarked integer NOT NULL DEFAULT 0,
    unreadable integer NOT NULL DEFAULT 0,
    issues jsonb NOT NULL DEFAULT '{}',
    cancel_requested boolean NOT NULL DEFAULT false,
    note text,
    started_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz(3),
    PRIMARY KEY (repository_id, remap_id)
  )`,
  `COMMENT ON TABLE remap IS 'a repository whose stored records are mapped again: computed first, then put into the feed, and perhaps taken back'`,
  `COMMENT ON COLUMN remap.rules IS 'the rules of every crosswalk when it began; others make it worthless'`,
  `COMMENT ON COLUMN remap.cursor IS 'the last identifier that was mapped'`,
  `COMMENT ON COLUMN remap.remarked IS 'records of which only the remarks are others'`,
  `COMMENT ON COLUMN remap.issues IS 'by code: on how many records a remark is new, and of how many it is gone'`,
  `CREATE UNIQUE INDEX remap_going_on ON remap (repository_id) WHERE state IN ('mapping', 'activating', 'rolling-back')`,

  `CREATE TABLE remap_record (
    repository_id integer NOT NULL,
    remap_id bigint NOT NULL,
    record_id bigint NOT NULL,
    effect text NOT NULL CHECK (effect IN ('changed', 'published', 'withdrawn', 'remarked')),
    state text NOT NULL DEFAULT 'candidate' CHECK (state IN ('candidate', 'active', 'rolled-back', 'outdated')),
    raw_hash bytea NOT NULL,
    crosswalk text NOT NULL,
    mapped jsonb,
    issues jsonb NOT NULL,
    former jsonb,
    PRIMARY KEY (repository_id, remap_id, record_id)
  )`,
  // The next ones in a state are found without those that are done already.
  "CREATE INDEX remap_record_state ON remap_record (repository_id, remap_id, state, record_id)",
  `COMMENT ON TABLE remap_record IS 'what a remap makes of a record, and what it was before'`,
  `COMMENT ON COLUMN remap_record.raw_hash IS 'of what was mapped: where the repository has sent something else since, this is outdated'`,
  `COMMENT ON COLUMN remap_record.mapped IS 'the record for the feed; null: it may not be published'`,
  `COMMENT ON COLUMN remap_record.former IS 'the record, its rules and its remarks as they were, kept from its activation until that of the next remap'`,
];
