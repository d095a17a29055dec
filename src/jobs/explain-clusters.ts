import { fromStored, mainTitle } from "../record/common-record.ts";
import { listClusterDecisions } from "../store/cluster-decisions.ts";
import { type ClusterMember, listClusterMates, listClusterMembers } from "../store/clusters.ts";
import type { Db } from "../store/database.ts";
import { listCandidatePairs, type RecordRef } from "../store/match-keys.ts";
import { type PairVerdict, RelatedRecords } from "./related-records.ts";

/** A record beside another one: what holds between the two, the values of this record first. */
export interface Explained {
  readonly name: string;
  readonly title: string | null;
  /** Our identifier of the other one. */
  readonly beside: string;
  readonly verdict: PairVerdict;
}

/** A member of a cluster, beside the one that it is most surely the same as. */
export interface ExplainedMember extends Explained {
  readonly preferred: boolean;
}

/** The members of a cluster, the preferred one first; none where there is no such cluster. */
export async function explainCluster(db: Db, clusterId: number): Promise<readonly ExplainedMember[]> {
  return await db.transaction().execute(async (trx) => {
    const members = await listClusterMembers(trx, clusterId);
    const related = await RelatedRecords.around(trx, members);
    return members.flatMap((member) => explainedMember(related, member));
  });
}

/** The number of the cluster that a record is in, or `null`. */
export async function clusterOf(db: Db, record: RecordRef): Promise<number | null> {
  return (await listClusterMates(db, [record]))[0]?.clusterId ?? null;
}

/** The live records that resemble this one, and are not in its cluster: why not. */
export async function explainOthers(db: Db, record: RecordRef): Promise<readonly Explained[]> {
  return await db.transaction().execute(async (trx) => {
    const related = await RelatedRecords.around(trx, [record]);
    const mates = new Set((await listClusterMates(trx, [record])).map(({ recordId }) => recordId));
    const pairs = [...(await listCandidatePairs(trx, [record])), ...(await listClusterDecisions(trx, [record]))];
    const numbers = new Set(pairs.flatMap((pair) => [pair.record.recordId, pair.other.recordId]));
    const others = [...numbers].filter((one) => one !== record.recordId && !mates.has(one));
    return others.flatMap((other) => explained(related, other, record.recordId));
  });
}

function explainedMember(related: RelatedRecords, member: ClusterMember): readonly ExplainedMember[] {
  const { recordId, joinedRecordId, preferred } = member;
  return explained(related, recordId, joinedRecordId).map((one) => ({ ...one, preferred }));
}

function explained(related: RelatedRecords, recordId: number, besideId: number): readonly Explained[] {
  const [record, beside] = [related.records.get(recordId), related.records.get(besideId)];
  if (record === undefined || beside === undefined) return [];
  const verdict = related.verdictFrom(recordId, besideId);
  return [{ name: record.name, title: mainTitle(fromStored(record.published)), beside: beside.name, verdict }];
}
