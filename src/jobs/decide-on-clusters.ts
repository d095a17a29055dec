import type { Transaction } from "kysely";
import { addClusterDecision, type PairDecision } from "../store/cluster-decisions.ts";
import { listClusterMates, lockDedupe } from "../store/clusters.ts";
import type { Db } from "../store/database.ts";
import type { RecordRef } from "../store/match-keys.ts";
import type { Database } from "../store/schema.ts";
import { settleClusters } from "./settle-clusters.ts";

type Pair = Pick<PairDecision, "record" | "other">;
/** Who says it, and why. */
export type Said = Pick<PairDecision, "reason" | "by">;

/** Takes a record out of its cluster for good. Returns from how many others; 0: it is in none, and nothing was kept. */
export async function splitFromCluster(db: Db, record: RecordRef, said: Said): Promise<number> {
  return await decide(db, "different", said, async (trx) => {
    const others = (await listClusterMates(trx, [record])).filter(({ recordId }) => recordId !== record.recordId);
    return others.map((other) => ({ record, other }));
  });
}

/**
 * Makes one cluster of two records and of what is in their clusters. The pairs of all these are what is kept: otherwise a
 * third record could keep the two apart.
 */
export async function mergeClusters(db: Db, record: RecordRef, other: RecordRef, said: Said): Promise<void> {
  await decide(db, "same", said, async (trx) => {
    const [mates, others] = [await withMates(trx, record), await withMates(trx, other)];
    if (mates.some(({ recordId }) => recordId === other.recordId)) return [{ record, other }];
    return mates.flatMap((mate) => others.map((one) => ({ record: mate, other: one })));
  });
}

/** What we think of the two is not to count: they are neither joined nor kept apart by it. */
export async function ignorePair(db: Db, record: RecordRef, other: RecordRef, said: Said): Promise<void> {
  await decide(db, "ignore", said, async () => [{ record, other }]);
}

async function withMates(trx: Transaction<Database>, record: RecordRef): Promise<readonly RecordRef[]> {
  const mates = await listClusterMates(trx, [record]);
  return mates.length === 0 ? [record] : mates;
}

/** Keeps it, whatever the repositories send from now on, and acts on it at once. */
async function decide(
  db: Db,
  decision: PairDecision["decision"],
  said: Said,
  pairsOf: (trx: Transaction<Database>) => Promise<readonly Pair[]>,
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await lockDedupe(trx);
    const pairs = await pairsOf(trx);
    for (const { record, other } of pairs) await addClusterDecision(trx, { record, other, decision, ...said });
    await settleClusters(
      trx,
      pairs.flatMap(({ record, other }) => [record, other]),
    );
    return pairs.length;
  });
}
