import type { Transaction } from "kysely";
import { type Group, groupsOf } from "../dedupe/group.ts";
import { inOrderOfPreference } from "../dedupe/preferred.ts";
import { type ClusterMember, createCluster, removeEmptyClusters, replaceMembers } from "../store/clusters.ts";
import type { RecordRef } from "../store/match-keys.ts";
import type { Database } from "../store/schema.ts";
import { type RelatedRecord, RelatedRecords } from "./related-records.ts";

/**
 * Puts the records, and all on which they depend, into the clusters where they belong now. The result depends on what the
 * records say and on what people said, not on which of them came first. Returns how many records joined, left or changed
 * their place. The caller holds the lock (`lockDedupe`) and has renewed the keys.
 */
export async function settleClusters(trx: Transaction<Database>, refs: readonly RecordRef[]): Promise<number> {
  const related = await RelatedRecords.around(trx, refs);
  const groups = related.components().flatMap((component) => groupsIn(component, related));
  const numbers = await numberGroups(trx, groups, related);
  const wanted = groups.flatMap((group, index) => membersOf(group, numbers[index] ?? 0, related));
  return await write(trx, related, wanted);
}

function groupsIn(component: readonly RelatedRecord[], related: RelatedRecords): readonly (readonly RelatedRecord[])[] {
  const byName = new Map(component.map((record) => [record.name, record]));
  const groups: readonly Group[] = groupsOf([...byName.keys()], (a, b) =>
    related.relation(byName.get(a)?.recordId ?? 0, byName.get(b)?.recordId ?? 0),
  );
  return groups.map((group) => group.flatMap((name) => byName.get(name) ?? []));
}

/** A cluster keeps its number where most of its members stay together; a number names one group only. */
async function numberGroups(
  trx: Transaction<Database>,
  groups: readonly (readonly RelatedRecord[])[],
  related: RelatedRecords,
): Promise<readonly number[]> {
  const claims = groups.flatMap((group, index) => {
    const counts = new Map<number, number>();
    for (const { recordId } of group) {
      const clusterId = related.members.get(recordId)?.clusterId;
      if (clusterId !== undefined) counts.set(clusterId, (counts.get(clusterId) ?? 0) + 1);
    }
    return [...counts].map(([clusterId, members]) => ({ index, clusterId, members }));
  });
  claims.sort((a, b) => b.members - a.members || a.clusterId - b.clusterId || a.index - b.index);
  const numbers = new Map<number, number>();
  const taken = new Set<number>();
  for (const { index, clusterId } of claims) {
    if (numbers.has(index) || taken.has(clusterId)) continue;
    numbers.set(index, clusterId);
    taken.add(clusterId);
  }
  for (const index of groups.keys()) if (!numbers.has(index)) numbers.set(index, await createCluster(trx));
  return [...groups.keys()].map((index) => numbers.get(index) ?? 0);
}

function membersOf(
  group: readonly RelatedRecord[],
  clusterId: number,
  related: RelatedRecords,
): readonly ClusterMember[] {
  return inOrderOfPreference(group).map(({ repositoryId, recordId }, index) => {
    const joined = surestOf(recordId, group, related);
    const { reasons, said } = related.verdictFrom(recordId, joined);
    return {
      repositoryId,
      recordId,
      clusterId,
      preferred: index === 0,
      joinedRecordId: joined,
      reasons: said === null ? reasons : [],
    };
  });
}

/** The member that the record is most surely the same as; of several, the one whose name comes first, as `groupsOf` has it. */
function surestOf(recordId: number, group: readonly RelatedRecord[], related: RelatedRecords): number {
  const ranked = group
    .filter((other) => other.recordId !== recordId)
    .map((other) => ({ recordId: other.recordId, ...related.relation(recordId, other.recordId) }))
    .filter(({ answer }) => answer === "same")
    .sort((a, b) => a.rank - b.rank);
  return ranked[0]?.recordId ?? recordId;
}

/** Only what is another than before is written. */
async function write(
  trx: Transaction<Database>,
  { members, refs }: RelatedRecords,
  wanted: readonly ClusterMember[],
): Promise<number> {
  const changed = wanted.filter((member) => !isAsBefore(member, members.get(member.recordId)));
  const staying = new Set(wanted.map(({ recordId }) => recordId));
  const gone = [...members.values()].filter(({ recordId }) => refs.has(recordId) && !staying.has(recordId));
  await replaceMembers(trx, gone, changed);
  await removeEmptyClusters(trx, [...new Set([...members.values()].map(({ clusterId }) => clusterId))]);
  return gone.length + changed.length;
}

function isAsBefore(now: ClusterMember, before: ClusterMember | undefined): boolean {
  const told = ({ clusterId, preferred, joinedRecordId, reasons }: ClusterMember) =>
    JSON.stringify([clusterId, preferred, joinedRecordId, reasons.map(({ code, a, b }) => [code, a, b])]);
  return before !== undefined && told(now) === told(before);
}
