import { type Kysely, sql } from "kysely";

/** Everything a harvest, the feed and the status page stand on. Shapes and reasons: docs/data-model.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  await sql.raw(COMPRESS_RAW).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE repository (
    repository_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9-]{0,62}$'),
    name text NOT NULL,
    base_url text NOT NULL,
    state text NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'paused', 'retired')),
    metadata_prefix text,
    set_spec text,
    schedule text NOT NULL DEFAULT 'daily',
    time_zone text NOT NULL DEFAULT 'Asia/Ho_Chi_Minh',
    next_due_at timestamptz(3),
    platform text,
    identity jsonb,
    default_access_rights text,
    harvested_until text,
    harvested_prefix text,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  )`,
  `COMMENT ON COLUMN repository.metadata_prefix IS 'what the operator asks for; NULL: the richest that the repository offers'`,
  `COMMENT ON COLUMN repository.harvested_until IS 'the cursor: the repository''s own responseDate at the start of the last complete run'`,
  `COMMENT ON COLUMN repository.harvested_prefix IS 'the format of that run; another format means a full harvest'`,

  `CREATE TABLE harvest_run (
    repository_id integer NOT NULL,
    run_id bigint GENERATED ALWAYS AS IDENTITY,
    trigger text NOT NULL CHECK (trigger IN ('schedule', 'person')),
    metadata_prefix text,
    metadata_namespace text,
    source_started text,
    started_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz(3),
    outcome text,
    failure text,
    pages integer NOT NULL DEFAULT 0,
    received integer NOT NULL DEFAULT 0,
    added integer NOT NULL DEFAULT 0,
    changed integer NOT NULL DEFAULT 0,
    unchanged integer NOT NULL DEFAULT 0,
    rejected integer NOT NULL DEFAULT 0,
    deleted integer NOT NULL DEFAULT 0,
    repeated integer NOT NULL DEFAULT 0,
    complete_list_size integer,
    bytes bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (repository_id, run_id)
  )`,
  `COMMENT ON COLUMN harvest_run.source_started IS 'responseDate of the repository when the run began, as sent: the next cursor'`,
  `COMMENT ON COLUMN harvest_run.metadata_prefix IS 'NULL where the run failed before a format was chosen'`,
  `COMMENT ON COLUMN harvest_run.deleted IS 'of the added, changed and unchanged, those that are tombstones'`,
  `COMMENT ON COLUMN harvest_run.repeated IS 'identifiers that came twice on a page; the last one counted'`,
  // One open run a repository, whatever races.
  `CREATE UNIQUE INDEX harvest_run_open ON harvest_run (repository_id) WHERE outcome IS NULL`,

  `CREATE TABLE harvest_window (
    repository_id integer NOT NULL,
    run_id bigint NOT NULL,
    window_number integer NOT NULL,
    from_datestamp text,
    until_datestamp text,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'abandoned')),
    resumption_token text,
    pages integer NOT NULL DEFAULT 0,
    received integer NOT NULL DEFAULT 0,
    restarts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (repository_id, run_id, window_number)
  )`,

  `COMMENT ON COLUMN harvest_window.received IS 'records received since the window was last begun; a restart begins it anew'`,

  `CREATE TABLE harvest_lease (
    repository_id integer PRIMARY KEY,
    host text NOT NULL UNIQUE,
    owner text NOT NULL,
    taken_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz(3) NOT NULL
  )`,
  `COMMENT ON COLUMN harvest_lease.host IS 'unique, so that one host never has two conversations with us'`,

  `CREATE TABLE source_record (
    repository_id integer NOT NULL,
    identifier text NOT NULL,
    record_id bigint GENERATED ALWAYS AS IDENTITY,
    raw text NOT NULL,
    raw_hash bytea NOT NULL,
    datestamp text NOT NULL,
    set_specs text[] NOT NULL,
    metadata_namespace text NOT NULL,
    deleted boolean NOT NULL,
    crosswalk text NOT NULL,
    first_run_id bigint NOT NULL,
    changed_run_id bigint NOT NULL,
    changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (repository_id, identifier)
  )`,
  `CREATE UNIQUE INDEX source_record_record_id ON source_record (repository_id, record_id)`,
  `COMMENT ON COLUMN source_record.crosswalk IS 'id@version of the crosswalk that made the record from it'`,

  `CREATE TABLE quarantine (
    repository_id integer NOT NULL,
    quarantine_id bigint GENERATED ALWAYS AS IDENTITY,
    run_id bigint NOT NULL,
    identifier text,
    reason text NOT NULL,
    raw text NOT NULL,
    PRIMARY KEY (repository_id, quarantine_id)
  )`,

  `CREATE TABLE record (
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    oai_identifier text NOT NULL,
    stamp timestamptz(0) NOT NULL,
    deleted boolean NOT NULL,
    deleted_reason text CHECK (deleted_reason IN ('source-header', 'sweep', 'takedown', 'source-retired', 'suppressed')),
    content_hash bytea,
    set_specs text[] NOT NULL,
    source_identifier text NOT NULL,
    source_datestamp text NOT NULL,
    metadata_namespace text NOT NULL,
    published jsonb,
    PRIMARY KEY (repository_id, record_id),
    CHECK (deleted = (deleted_reason IS NOT NULL)),
    CHECK (deleted OR published IS NOT NULL)
  ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)`,
  `CREATE INDEX record_stamp ON record (stamp, record_id)`,
  `CREATE INDEX record_repository_stamp ON record (repository_id, stamp, record_id)`,
  `CREATE UNIQUE INDEX record_oai_identifier ON record (oai_identifier, repository_id)`,
  `COMMENT ON COLUMN record.stamp IS 'our datestamp: when the published form last changed, announced through the fence'`,
  `COMMENT ON COLUMN record.published IS 'the common record without empty fields; kept when the record is deleted'`,

  `CREATE TABLE oai_set (
    set_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    set_spec text NOT NULL UNIQUE,
    set_name text NOT NULL
  )`,
  `CREATE TABLE record_set (
    set_id integer NOT NULL,
    stamp timestamptz(0) NOT NULL,
    record_id bigint NOT NULL,
    repository_id integer NOT NULL,
    PRIMARY KEY (set_id, stamp, record_id, repository_id)
  ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)`,
  `CREATE INDEX record_set_record ON record_set (repository_id, record_id)`,

  `CREATE TABLE record_issue (
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    position integer NOT NULL,
    code text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    field text,
    path text,
    value text,
    PRIMARY KEY (repository_id, record_id, position)
  )`,
  `CREATE INDEX record_issue_code ON record_issue (repository_id, code)`,
];

/** lz4 where the server was built with it; the embedded binaries were not. */
const COMPRESS_RAW = `DO $$ BEGIN
  ALTER TABLE source_record ALTER COLUMN raw SET COMPRESSION lz4;
  ALTER TABLE record ALTER COLUMN published SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN NULL;
END $$`;
