import { sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import { given, type RecordRef } from "./match-keys.ts";
import type { ClusterDecision, Database } from "./schema.ts";

/** What a person said of two records; it holds until the next thing that is said of them. */
export interface PairDecision {
  readonly record: RecordRef;
  readonly other: RecordRef;
  readonly decision: ClusterDecision;
  readonly reason: string;
  readonly by: string;
}

/** Keeps what a person said; which of the two comes first says nothing. */
export async function addClusterDecision(trx: Transaction<Database>, said: PairDecision): Promise<void> {
  const [first, second] =
    said.record.recordId < said.other.recordId ? [said.record, said.other] : [said.other, said.record];
  await trx
    .insertInto("cluster_decision")
    .values({
      repository_id: first.repositoryId,
      record_id: first.recordId,
      other_repository_id: second.repositoryId,
      other_record_id: second.recordId,
      decision: said.decision,
      reason: said.reason,
      decided_by: said.by,
    })
    .execute();
}

/** What holds of the pairs of which one is among the records. */
export async function listClusterDecisions(db: Db, refs: readonly RecordRef[]): Promise<readonly PairDecision[]> {
  const numbers = sql`SELECT record_id FROM ${given(refs)}`;
  const { rows } = await sql<{
    repository: number;
    record: number;
    otherRepository: number;
    other: number;
    decision: ClusterDecision;
    reason: string;
    by: string;
  }>`
    SELECT DISTINCT ON (record_id, other_record_id) repository_id AS repository, record_id AS record,
      other_repository_id AS "otherRepository", other_record_id AS other, decision, reason, decided_by AS by
    FROM cluster_decision WHERE record_id IN (${numbers}) OR other_record_id IN (${numbers})
    ORDER BY record_id, other_record_id, decision_id DESC`.execute(db);
  return rows.map(({ repository, record, otherRepository, other, ...said }) => ({
    record: { repositoryId: repository, recordId: record },
    other: { repositoryId: otherRepository, recordId: other },
    ...said,
  }));
}
