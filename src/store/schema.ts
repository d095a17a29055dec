import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Origin } from "../oai/types.ts";
import type { StoredRecord } from "../record/common-record.ts";
import type { Issue, Severity } from "../record/issue.ts";
import type { Overrides } from "../record/overrides.ts";

/** jsonb: read as an object, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

export type RepositoryState = "draft" | "live" | "paused" | "retired";
export type RunTrigger = "schedule" | "person";
export type RunKind = "harvest" | "sweep" | "import";
export type Review = "pending" | "approved" | "rejected" | "undone";
/** Why a run ended as it did, where it is not the repository's answer that failed (`Diagnosis` of the client). */
export type OwnDiagnosis =
  | "oai_error"
  | "list_in_circle"
  | "no_common_format"
  | "file_unreadable"
  | "internal"
  | "windows_unread"
  | "not_asked"
  | "ledger_wrong"
  | "list_short"
  | "nothing_came"
  | "many_rejected"
  | "too_many_deletions"
  | "too_few_records"
  | "identifiers_changed"
  | "never_harvested"
  | "interrupted"
  | "cancelled";
export type RebindingState = "proposed" | "applied" | "rejected";
export type WindowState = "open" | "closed" | "split" | "abandoned";
/** How much of a repository's datestamps can be trusted (`src/client/probe.ts`). */
export type Strategy = "incremental_second" | "incremental_day" | "full_compare";
export type DeletedReason = "source-header" | "sweep" | "takedown" | "source-retired" | "suppressed";

/** What Identify said when it was last asked, as stored; the portal and the planner read it. */
export interface StoredIdentity {
  readonly repositoryName: string | null;
  readonly protocolVersion: string | null;
  readonly adminEmails: readonly string[];
  readonly earliestDatestamp: string | null;
  readonly deletedRecord: string;
  readonly granularity: "day" | "second";
}

export interface RepositoryTable {
  repository_id: GeneratedAlways<number>;
  code: string;
  name: string;
  base_url: string;
  state: Generated<RepositoryState>;
  metadata_prefix: string | null;
  set_spec: string | null;
  schedule: Generated<string>;
  time_zone: Generated<string>;
  next_due_at: Date | null;
  platform: string | null;
  identity: ColumnType<StoredIdentity | null, string | null, string | null>;
  default_access_rights: string | null;
  harvested_until: string | null;
  harvested_prefix: string | null;
  created_at: Generated<Date>;
  strategy: Generated<Strategy>;
  behaviour: Json<object> | null;
  probe_due_at: Date | null;
  full_due_at: Date | null;
  sweep_due_at: Date | null;
  quiet_hours: string | null;
  proposed_base_url: string | null;
  allow_private: Generated<boolean>;
  ca_bundle: string | null;
  secrets: Buffer | null;
  retired_at: Date | null;
  overrides: ColumnType<Overrides | null, string | null, string | null>;
  province_code: string | null;
  library_type: string | null;
}

/** A range of datestamps that was not read to its end, and why: in a sentence, and in a word where there is one. */
export interface MissingWindow {
  readonly from: string | null;
  readonly until: string | null;
  readonly why: string;
  readonly diagnosis?: string | null;
}

/** What a run that is not complete did not get, by name. */
export interface Missing {
  /** Ranges of datestamps that were not read to their end. */
  readonly windows: readonly MissingWindow[];
  /** Records that are known to be there and could not be had; at most a hundred are named. */
  readonly identifiers: readonly string[];
}

/** The ledger of a run; `received = added + changed + unchanged + rejected + repeated + unknown`. */
export interface RunCounts {
  pages: Generated<number>;
  received: Generated<number>;
  added: Generated<number>;
  changed: Generated<number>;
  unchanged: Generated<number>;
  rejected: Generated<number>;
  deleted: Generated<number>;
  repeated: Generated<number>;
  bytes: Generated<number>;
  /** Of a sweep only: headers of records that are not here. */
  unknown: Generated<number>;
}

export interface HarvestRunTable extends RunCounts {
  repository_id: number;
  run_id: GeneratedAlways<number>;
  trigger: RunTrigger;
  metadata_prefix: string | null;
  metadata_namespace: string | null;
  source_started: string | null;
  started_at: Generated<Date>;
  finished_at: Date | null;
  outcome: string | null;
  failure: string | null;
  /** A word of the client's `Diagnosis` or of `OwnDiagnosis`. */
  diagnosis: string | null;
  complete_list_size: number | null;
  kind: Generated<RunKind>;
  full_list: Generated<boolean>;
  live_before: number | null;
  vanished: Generated<number>;
  withdrawn: Generated<number>;
  missing: Json<Missing> | null;
  cancel_requested: Generated<boolean>;
  note: string | null;
  settled: Generated<boolean>;
  review: Review | null;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  /** How many answers were mended outside of their records, by what was mended. */
  repairs: Json<Readonly<Record<string, number>>> | null;
}

export interface HarvestWindowTable {
  repository_id: number;
  run_id: number;
  window_number: number;
  from_datestamp: string | null;
  until_datestamp: string | null;
  state: Generated<WindowState>;
  resumption_token: string | null;
  pages: Generated<number>;
  received: Generated<number>;
  restarts: Generated<number>;
  complete_list_size: number | null;
  note: string | null;
  diagnosis: string | null;
}

export interface HarvestLeaseTable {
  repository_id: number;
  host: string;
  owner: string;
  taken_at: Generated<Date>;
  expires_at: Date;
}

export interface SourceRecordTable {
  repository_id: number;
  identifier: string;
  record_id: GeneratedAlways<number>;
  raw: string;
  raw_hash: Buffer;
  datestamp: string;
  set_specs: readonly string[];
  metadata_namespace: string;
  deleted: boolean;
  crosswalk: string;
  first_run_id: number;
  changed_run_id: number;
  changed_at: Generated<Date>;
  missed_lists: Generated<number>;
}

export interface RunSeenTable {
  repository_id: number;
  run_id: number;
  part: GeneratedAlways<number>;
  record_ids: readonly number[];
}

export interface DeletionTable {
  repository_id: number;
  record_id: number;
  run_id: number;
  reason: "source-header" | "sweep";
  state: Generated<"proposed" | "applied">;
  decided_at: Date | null;
}

export interface RebindingTable {
  repository_id: number;
  run_id: number;
  record_id: number;
  old_identifier: string;
  new_identifier: string;
  evidence: string;
  state: Generated<RebindingState>;
  decided_at: Date | null;
}

export interface SweepFindingTable {
  repository_id: number;
  run_id: number;
  identifier: string;
  finding: "unknown" | "unreadable" | "newer";
  out_of_reach: boolean;
}

export interface HeldRecordTable {
  repository_id: number;
  record_id: number;
  oai_identifier: string;
  deleted_reason: DeletedReason | null;
  content_hash: Buffer | null;
  set_specs: readonly string[];
  source_identifier: string;
  source_datestamp: string;
  metadata_namespace: string;
  origins: Generated<Json<readonly Origin[]> | null>;
  published: Json<StoredRecord> | null;
  quality: number | null;
  rules_missed: number | null;
}

export interface TakedownTable {
  repository_id: number;
  record_id: number;
  taken_at: Generated<Date>;
  taken_by: string;
  reason: string;
  restored_at: Date | null;
  restored_by: string | null;
  restore_reason: string | null;
}

export interface QuarantineTable {
  repository_id: number;
  quarantine_id: GeneratedAlways<number>;
  run_id: number;
  identifier: string | null;
  reason: string;
  raw: string;
}

export interface RecordTable {
  repository_id: number;
  record_id: number;
  oai_identifier: string;
  stamp: Date;
  deleted: boolean;
  deleted_reason: DeletedReason | null;
  content_hash: Buffer | null;
  set_specs: readonly string[];
  source_identifier: string;
  source_datestamp: string;
  metadata_namespace: string;
  origins: Generated<Json<readonly Origin[]> | null>;
  published: Json<StoredRecord> | null;
  quality: number | null;
  rules_missed: number | null;
  lost_fields: Generated<readonly string[]>;
}

export interface OaiSetTable {
  set_id: GeneratedAlways<number>;
  set_spec: string;
  set_name: string;
}

export interface QuerySetTable {
  set_spec: string;
  title_vi: string;
  title_en: string;
  description: string | null;
  conditions: readonly string[];
  changed_at: Generated<Date>;
}

export interface RecordSetTable {
  set_id: number;
  stamp: Date;
  record_id: number;
  repository_id: number;
}

export interface RecordIssueTable {
  repository_id: number;
  record_id: number;
  position: number;
  code: string;
  severity: Severity;
  field: string | null;
  path: string | null;
  value: string | null;
}

/** How far a remap has come (`docs/overrides.md`). */
export type RemapState =
  | "mapping"
  | "candidate"
  | "held"
  | "activating"
  | "active"
  | "rolling-back"
  | "rolled-back"
  | "settled"
  | "discarded";

export interface RemapTable {
  repository_id: number;
  remap_id: GeneratedAlways<number>;
  state: Generated<RemapState>;
  candidate_only: boolean;
  rules: readonly string[];
  cursor: Generated<string>;
  total: number;
  records: Generated<number>;
  changed: Generated<number>;
  published: Generated<number>;
  withdrawn: Generated<number>;
  remarked: Generated<number>;
  unreadable: Generated<number>;
  issues: ColumnType<RemapIssues, string | undefined, string>;
  cancel_requested: Generated<boolean>;
  note: string | null;
  started_at: Generated<Date>;
  finished_at: Date | null;
}

/** By code of an issue: on how many records it is new, and of how many it is gone. */
export type RemapIssues = Readonly<Record<string, { readonly gained: number; readonly lost: number }>>;

export interface RemapRecordTable {
  repository_id: number;
  remap_id: number;
  record_id: number;
  effect: "changed" | "published" | "withdrawn" | "remarked";
  state: Generated<"candidate" | "active" | "rolled-back" | "outdated">;
  raw_hash: Buffer;
  crosswalk: string;
  mapped: Json<object> | null;
  issues: Json<readonly Issue[]>;
  former: Json<object> | null;
}

export interface DedupeStateTable {
  only_row: Generated<boolean>;
  version: number;
  stamp: Date;
  record_id: number;
}

export interface FeedHorizonTable {
  only_row: Generated<boolean>;
  horizon: Date;
}

export interface MatchKeyTable {
  repository_id: number;
  record_id: number;
  kind: string;
  key: Buffer;
}

export interface ClusterTable {
  cluster_id: GeneratedAlways<number>;
  formed_at: Generated<Date>;
}

/** Why a member is in its cluster: a code and the values of both records (`src/dedupe/reason-texts.ts`). */
export interface ClusterReason {
  readonly code: string;
  readonly a: string;
  readonly b: string;
}

export interface ClusterMemberTable {
  repository_id: number;
  record_id: number;
  cluster_id: number;
  preferred: boolean;
  joined_record_id: number;
  reasons: Json<readonly ClusterReason[]>;
}

/** What people say of two records; `ignore`: what we think of the pair is not to count. */
export type ClusterDecision = "same" | "different" | "ignore";

export interface ClusterDecisionTable {
  decision_id: GeneratedAlways<number>;
  repository_id: number;
  record_id: number;
  other_repository_id: number;
  other_record_id: number;
  decision: ClusterDecision;
  reason: string;
  decided_by: string;
  decided_at: Generated<Date>;
}

/** `stopped`: its process was told to end; `removed`: it was whole, or left something, and has been cleared away. */
export type DumpState = "running" | "stopped" | "failed" | "whole" | "removed";

export interface DumpTable {
  target: string;
  day: string;
  state: DumpState;
  attempts: number;
  owner: string;
  started_at: Generated<Date>;
  finished_at: Date | null;
  horizon: Date | null;
  records: number | null;
  bytes: number | null;
  failure: string | null;
  note: string | null;
}

export type Surface = "feed" | "api" | "export";

export interface ConsumerDayTable {
  /** Written and compared as text; the driver would read a moment of its own clock's zone. */
  day: ColumnType<never, string, string>;
  surface: Surface;
  network: string;
  user_agent: string;
  contact: string;
  route: string;
  metadata_prefix: string;
  set_spec: string;
  product: string;
  requests: Generated<number>;
  records: Generated<number>;
  bytes: Generated<number>;
  lists: Generated<number>;
  empty: Generated<number>;
  unchanged: Generated<number>;
  wrong: Generated<number>;
  limited: Generated<number>;
  busy: Generated<number>;
  behind: Generated<number>;
  failed: Generated<number>;
  gone: Generated<number>;
}

/** The tables as the migrations leave them. */
export interface Database {
  repository: RepositoryTable;
  harvest_run: HarvestRunTable;
  harvest_window: HarvestWindowTable;
  harvest_lease: HarvestLeaseTable;
  source_record: SourceRecordTable;
  quarantine: QuarantineTable;
  run_seen: RunSeenTable;
  deletion: DeletionTable;
  rebinding: RebindingTable;
  sweep_finding: SweepFindingTable;
  held_record: HeldRecordTable;
  takedown: TakedownTable;
  record: RecordTable;
  oai_set: OaiSetTable;
  query_set: QuerySetTable;
  record_set: RecordSetTable;
  record_issue: RecordIssueTable;
  remap: RemapTable;
  remap_record: RemapRecordTable;
  dedupe_state: DedupeStateTable;
  feed_horizon: FeedHorizonTable;
  match_key: MatchKeyTable;
  cluster: ClusterTable;
  cluster_member: ClusterMemberTable;
  cluster_decision: ClusterDecisionTable;
  dump: DumpTable;
  consumer_day: ConsumerDayTable;
}
