import { type Kysely, sql } from "kysely";

/** Runs that can be judged, held, undone and stopped; repositories that are known by how they behave. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `ALTER TABLE repository DROP CONSTRAINT repository_state_check,
    ADD CONSTRAINT repository_state_check CHECK (state IN ('draft', 'live', 'paused', 'retired')),
    ADD strategy text NOT NULL DEFAULT 'incremental_second'
      CHECK (strategy IN ('incremental_second', 'incremental_day', 'full_compare')),
    ADD behaviour jsonb,
    ADD probe_due_at timestamptz(3),
    ADD full_due_at timestamptz(3),
    ADD quiet_hours text,
    ADD proposed_base_url text,
    ADD allow_private boolean NOT NULL DEFAULT false,
    ADD ca_bundle text,
    ADD secrets bytea`,
  `COMMENT ON COLUMN repository.state IS 'a draft is known and not harvested until a person says so'`,
  `COMMENT ON COLUMN repository.strategy IS 'how much its datestamps can be trusted, as the probe found'`,
  `COMMENT ON COLUMN repository.behaviour IS 'what the probe asked and found'`,
  `COMMENT ON COLUMN repository.full_due_at IS 'when everything is to be asked for again, whatever the cursor says'`,
  `COMMENT ON COLUMN repository.quiet_hours IS 'hours of its own time zone in which it is not asked, e.g. 08:00-17:00'`,
  `COMMENT ON COLUMN repository.proposed_base_url IS 'where it redirects to for good; a person decides'`,
  `COMMENT ON COLUMN repository.allow_private IS 'an operator allows addresses that are not public'`,
  `COMMENT ON COLUMN repository.ca_bundle IS 'certificates (PEM) to trust beside the usual ones, for this repository alone'`,
  `COMMENT ON COLUMN repository.secrets IS 'sign-in and headers, encrypted'`,

  `ALTER TABLE harvest_run
    ADD kind text NOT NULL DEFAULT 'harvest' CHECK (kind IN ('harvest', 'sweep', 'import')),
    ADD full_list boolean NOT NULL DEFAULT false,
    ADD live_before integer,
    ADD vanished integer NOT NULL DEFAULT 0,
    ADD withdrawn integer NOT NULL DEFAULT 0,
    ADD missing jsonb,
    ADD cancel_requested boolean NOT NULL DEFAULT false,
    ADD review text CHECK (review IN ('pending', 'approved', 'rejected', 'undone')),
    ADD reviewed_by text,
    ADD reviewed_at timestamptz(3)`,
  `COMMENT ON COLUMN harvest_run.full_list IS 'everything was asked for: what it does not bring has vanished'`,
  `COMMENT ON COLUMN harvest_run.live_before IS 'records of the repository in the feed when the run began'`,
  `COMMENT ON COLUMN harvest_run.vanished IS 'live records that the full list did not bring'`,
  `COMMENT ON COLUMN harvest_run.withdrawn IS 'records that this run took out of the feed when it closed'`,
  `COMMENT ON COLUMN harvest_run.missing IS 'what an incomplete run did not get, named: windows, identifiers'`,

  `ALTER TABLE harvest_window DROP CONSTRAINT harvest_window_state_check,
    ADD CONSTRAINT harvest_window_state_check CHECK (state IN ('open', 'closed', 'split', 'abandoned')),
    ADD complete_list_size integer,
    ADD note text`,
  `COMMENT ON COLUMN harvest_window.note IS 'why it was split or abandoned'`,

  `ALTER TABLE source_record ADD missed_lists smallint NOT NULL DEFAULT 0`,
  `COMMENT ON COLUMN source_record.missed_lists IS 'complete lists in a row that did not bring it'`,

  `CREATE TABLE run_seen (
    repository_id integer NOT NULL,
    run_id bigint NOT NULL,
    part bigint GENERATED ALWAYS AS IDENTITY,
    record_ids bigint[] NOT NULL,
    PRIMARY KEY (repository_id, run_id, part)
  )`,
  `COMMENT ON TABLE run_seen IS 'the records that a run with a full list has seen, page by page; gone when the run has ended'`,

  `CREATE TABLE deletion (
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    run_id bigint NOT NULL,
    reason text NOT NULL CHECK (reason IN ('source-header', 'sweep')),
    state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'applied')),
    decided_at timestamptz(3),
    PRIMARY KEY (repository_id, record_id)
  )`,
  `COMMENT ON TABLE deletion IS 'live records that are to leave the feed: proposed by a run, applied when it closes or when a person approves'`,
  `CREATE INDEX deletion_run ON deletion (repository_id, run_id)`,

  `CREATE TABLE rebinding (
    repository_id integer NOT NULL,
    run_id bigint NOT NULL,
    record_id bigint NOT NULL,
    old_identifier text NOT NULL,
    new_identifier text NOT NULL,
    evidence text NOT NULL,
    state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'applied', 'rejected')),
    PRIMARY KEY (repository_id, run_id, record_id)
  )`,
  `COMMENT ON TABLE rebinding IS 'items that seem to go on under another identifier'`,
];
