import { sql, type Transaction } from "kysely";
import type { StoredRecord } from "../record/common-record.ts";
import type { Db } from "./database.ts";
import { given, type RecordRef } from "./match-keys.ts";
import type { ClusterReason, Database } from "./schema.ts";

/** Where the comparison of all records stands; the cursor goes by our datestamps. */
export interface DedupeState {
  readonly version: number;
  readonly stamp: Date;
  readonly recordId: number;
}

/** A record that has changed since it was last compared; `null`: it is deleted. */
export interface ChangedRecord extends RecordRef {
  readonly stamp: Date;
  readonly published: StoredRecord | null;
}

/** A live record as it is compared. */
export interface ComparedRecord extends RecordRef {
  /** Our identifier. */
  readonly name: string;
  readonly published: StoredRecord;
  readonly quality: number | null;
  readonly sourceDatestamp: string;
}

/** A record in its cluster. */
export interface ClusterMember extends RecordRef {
  readonly clusterId: number;
  readonly preferred: boolean;
  /** The member that it is most surely the same as. */
  readonly joinedRecordId: number;
  /** Empty: a person said so. */
  readonly reasons: readonly ClusterReason[];
}

/** Nobody else changes clusters until the transaction ends. */
export async function lockDedupe(trx: Transaction<Database>): Promise<DedupeState> {
  const { rows } = await sql<DedupeState>`
    SELECT version, stamp, record_id AS "recordId" FROM dedupe_state FOR UPDATE`.execute(trx);
  const state = rows[0];
  if (state === undefined) throw new Error("the table dedupe_state has lost its row; the migration inserts it");
  return state;
}

/** Keeps where the comparison stands, in the transaction of the page. */
export async function saveDedupeState(trx: Transaction<Database>, state: DedupeState): Promise<void> {
  await sql`UPDATE dedupe_state SET version = ${state.version}, stamp = ${state.stamp}, record_id = ${state.recordId}`.execute(
    trx,
  );
}

/** The next records that changed after the cursor, up to the horizon of the fence (`readHorizon`), oldest first. */
export async function listChangedRecords(
  db: Db,
  after: Pick<DedupeState, "stamp" | "recordId">,
  horizon: Date,
  limit: number,
): Promise<readonly ChangedRecord[]> {
  const { rows } = await sql<ChangedRecord>`
    SELECT repository_id AS "repositoryId", record_id AS "recordId", stamp,
      CASE WHEN NOT deleted THEN published END AS published
    FROM record WHERE (stamp, record_id) > (${after.stamp}::timestamptz, ${after.recordId}::bigint) AND stamp <= ${horizon}
    ORDER BY stamp, record_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Those of the records that are live. */
export async function loadComparedRecords(db: Db, refs: readonly RecordRef[]): Promise<readonly ComparedRecord[]> {
  const { rows } = await sql<ComparedRecord>`
    SELECT r.repository_id AS "repositoryId", r.record_id AS "recordId", r.oai_identifier AS name, r.published, r.quality,
      r.source_datestamp AS "sourceDatestamp"
    FROM ${given(refs)} JOIN record r USING (repository_id, record_id) WHERE NOT r.deleted`.execute(db);
  return rows;
}

/** All members of every cluster that one of the records is in. */
export async function listClusterMates(db: Db, refs: readonly RecordRef[]): Promise<readonly ClusterMember[]> {
  return await membersWhere(
    db,
    sql`m.cluster_id IN (SELECT c.cluster_id FROM ${given(refs)} JOIN cluster_member c USING (repository_id, record_id))`,
  );
}

/** The members of a cluster, the preferred one first; none where there is no such cluster. */
export async function listClusterMembers(db: Db, clusterId: number): Promise<readonly ClusterMember[]> {
  return await membersWhere(db, sql`m.cluster_id = ${clusterId}`);
}

async function membersWhere(db: Db, condition: ReturnType<typeof sql>): Promise<readonly ClusterMember[]> {
  const { rows } = await sql<ClusterMember>`
    SELECT m.repository_id AS "repositoryId", m.record_id AS "recordId", m.cluster_id AS "clusterId", m.preferred,
      m.joined_record_id AS "joinedRecordId", m.reasons
    FROM cluster_member m WHERE ${condition} ORDER BY m.cluster_id, m.preferred DESC, m.record_id`.execute(db);
  return rows;
}

/** A number for a new cluster. */
export async function createCluster(trx: Transaction<Database>): Promise<number> {
  const { cluster_id } = await trx
    .insertInto("cluster")
    .defaultValues()
    .returning("cluster_id")
    .executeTakeFirstOrThrow();
  return cluster_id;
}

/** Takes records out of their clusters, puts members where they belong now, and removes clusters that nobody is in. */
export async function replaceMembers(
  trx: Transaction<Database>,
  gone: readonly RecordRef[],
  members: readonly ClusterMember[],
): Promise<void> {
  await sql`
    DELETE FROM cluster_member m USING ${given([...gone, ...members])}
    WHERE m.repository_id = given.repository_id AND m.record_id = given.record_id`.execute(trx);
  if (members.length > 0) {
    const rows = members.map((member) => ({
      repository_id: member.repositoryId,
      record_id: member.recordId,
      cluster_id: member.clusterId,
      preferred: member.preferred,
      joined_record_id: member.joinedRecordId,
      reasons: JSON.stringify(member.reasons),
    }));
    await trx.insertInto("cluster_member").values(rows).execute();
  }
}

/** Removes those of the clusters that have no member any more. */
export async function removeEmptyClusters(trx: Transaction<Database>, clusterIds: readonly number[]): Promise<void> {
  await sql`
    DELETE FROM cluster c WHERE c.cluster_id = ANY (${clusterIds}::bigint[])
      AND NOT EXISTS (SELECT FROM cluster_member m WHERE m.cluster_id = c.cluster_id)`.execute(trx);
}

/** A cluster in a list. */
export interface ClusterSummary {
  readonly clusterId: number;
  /** Our identifier of the preferred record. */
  readonly preferred: string;
  readonly title: string | null;
  readonly records: number;
  /** Codes of the repositories that the records are of. */
  readonly repositories: readonly string[];
}

/** The latest clusters, or those in which a repository has a record; `null`: of all repositories. */
export async function listClusters(
  db: Db,
  repositoryId: number | null,
  limit: number,
): Promise<readonly ClusterSummary[]> {
  const { rows } = await sql<ClusterSummary>`
    WITH latest AS (
      SELECT cluster_id FROM cluster c WHERE ${repositoryId}::integer IS NULL OR EXISTS (
        SELECT FROM cluster_member m WHERE m.cluster_id = c.cluster_id AND m.repository_id = ${repositoryId}::integer
      ) ORDER BY cluster_id DESC LIMIT ${limit}
    )
    SELECT cluster_id AS "clusterId", min(r.oai_identifier) FILTER (WHERE m.preferred) AS preferred,
      min(r.published #>> '{titles,0,value}') FILTER (WHERE m.preferred) AS title, count(*)::int AS records,
      array_agg(DISTINCT p.code ORDER BY p.code) AS repositories
    FROM latest JOIN cluster_member m USING (cluster_id) JOIN record r USING (repository_id, record_id)
      JOIN repository p USING (repository_id)
    GROUP BY cluster_id ORDER BY cluster_id DESC`.execute(db);
  return rows;
}
