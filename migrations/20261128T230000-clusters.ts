import { type Kysely, sql } from "kysely";

/** Records of one item from several repositories, brought together without changing any of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE dedupe_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version integer NOT NULL,
    stamp timestamptz(0) NOT NULL,
    record_id bigint NOT NULL
  )`,
  `COMMENT ON TABLE dedupe_state IS 'the last record that was compared with all others; whoever changes clusters locks this row'`,
  `COMMENT ON COLUMN dedupe_state.version IS 'of the rules; others compare all records anew'`,
  "INSERT INTO dedupe_state (version, stamp, record_id) VALUES (0, '1970-01-01T00:00:00Z', 0)",

  `CREATE TABLE match_key (
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    kind text NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (repository_id, record_id, key)
  )`,
  `COMMENT ON TABLE match_key IS 'by what live records are brought together to be compared'`,
  `COMMENT ON COLUMN match_key.key IS 'SHA-256 of kind and key'`,
  "CREATE INDEX match_key_key ON match_key (key)",

  `CREATE TABLE cluster (
    cluster_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    formed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  )`,
  `CREATE TABLE cluster_member (
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    cluster_id bigint NOT NULL,
    preferred boolean NOT NULL,
    joined_record_id bigint NOT NULL,
    reasons jsonb NOT NULL,
    PRIMARY KEY (repository_id, record_id)
  )`,
  `COMMENT ON TABLE cluster_member IS 'live records that describe one item; a record that is in none stands alone'`,
  `COMMENT ON COLUMN cluster_member.joined_record_id IS 'the member that it is most surely the same as'`,
  `COMMENT ON COLUMN cluster_member.reasons IS 'of that verdict; empty: a person said so'`,
  "CREATE INDEX cluster_member_cluster ON cluster_member (cluster_id)",

  `CREATE TABLE cluster_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository_id integer NOT NULL,
    record_id bigint NOT NULL,
    other_repository_id integer NOT NULL,
    other_record_id bigint NOT NULL,
    decision text NOT NULL CHECK (decision IN ('same', 'different', 'ignore')),
    reason text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CHECK (record_id < other_record_id)
  )`,
  `COMMENT ON TABLE cluster_decision IS 'what people said of two records; the latest of a pair holds, whatever their repositories send. Our record numbers are never given twice and outlive a change of identifier'`,
  "CREATE INDEX cluster_decision_pair ON cluster_decision (record_id, other_record_id)",
  "CREATE INDEX cluster_decision_other ON cluster_decision (other_record_id)",
];
