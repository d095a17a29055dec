import type { Transaction } from "kysely";
import { type MatchFacts, matchFacts } from "../dedupe/facts.ts";
import type { Relation } from "../dedupe/group.ts";
import type { Reason } from "../dedupe/reason-texts.ts";
import { type Verdict, verdictOf } from "../dedupe/verdict.ts";
import { listClusterDecisions, type PairDecision } from "../store/cluster-decisions.ts";
import { type ClusterMember, type ComparedRecord, listClusterMates, loadComparedRecords } from "../store/clusters.ts";
import { listCandidatePairs, type RecordRef } from "../store/match-keys.ts";
import type { Database } from "../store/schema.ts";

/** A live record with what is compared of it. */
export interface RelatedRecord extends ComparedRecord {
  readonly facts: MatchFacts;
}

/** What is said of two records: by a person, or else by us. */
export interface PairVerdict extends Verdict {
  readonly said: PairDecision | null;
}

/** What a person says is surer than an identifier, and that than a description. */
const RANKS = { person: 0, doi: 1, isbn: 2, description: 3 } as const;

/**
 * Records on which one decision depends on the others: those that were asked for, their clusters, and whoever is the same
 * as one of them. Grown step by step, within a transaction.
 */
export class RelatedRecords {
  /** Live ones by number; also some that were compared and have no part in it. */
  readonly records = new Map<number, RelatedRecord>();
  /** The clusters as they are now, complete. */
  readonly members = new Map<number, ClusterMember>();
  /** Everybody who was looked at, deleted ones too. */
  readonly refs = new Map<number, RecordRef>();
  readonly #decisions = new Map<string, PairDecision>();
  readonly #verdicts = new Map<string, PairVerdict>();
  readonly #same = new Map<number, Set<number>>();

  /** Loads the records and whatever belongs to them. */
  static async around(trx: Transaction<Database>, refs: readonly RecordRef[]): Promise<RelatedRecords> {
    const related = new RelatedRecords();
    let found: readonly RecordRef[] = refs;
    while (found.length > 0) {
      const added = await related.#add(trx, found);
      found = added.length === 0 ? [] : await related.#sameAs(trx, added);
    }
    return related;
  }

  /** What holds between two records that were loaded, the values of the one with the lower number first in the reasons. */
  verdict(a: number, b: number): PairVerdict {
    const pair = pairOf(a, b);
    let verdict = this.#verdicts.get(pair);
    if (verdict === undefined) {
      verdict = this.#compare(a, b);
      this.#verdicts.set(pair, verdict);
    }
    return verdict;
  }

  /** The same with the values of `a` first in the reasons. */
  verdictFrom(a: number, b: number): PairVerdict {
    const verdict = this.verdict(a, b);
    if (a < b) return verdict;
    return { ...verdict, reasons: verdict.reasons.map((reason) => ({ ...reason, a: reason.b, b: reason.a })) };
  }

  /** The same as `groupsOf` takes it. */
  relation(a: number, b: number): Relation {
    const { answer, reasons, said } = this.verdict(a, b);
    return { answer, rank: said === null ? rankOf(reasons) : RANKS.person };
  }

  /** The live records in parts that have nothing to do with each other. */
  components(): readonly (readonly RelatedRecord[])[] {
    const live = [...this.refs.keys()].filter((recordId) => this.records.has(recordId));
    const left = new Set(live);
    return live.flatMap((recordId) => {
      if (!left.has(recordId)) return [];
      const reached = [recordId];
      left.delete(recordId);
      for (const one of reached) {
        for (const other of this.#same.get(one) ?? []) if (left.delete(other)) reached.push(other);
      }
      return [reached.flatMap((one) => this.records.get(one) ?? [])];
    });
  }

  /** Loads records with their clusters; returns those that are new here. */
  async #add(trx: Transaction<Database>, found: readonly RecordRef[]): Promise<readonly RecordRef[]> {
    const mates = await listClusterMates(trx, found);
    const added = new Map([...found, ...mates].map((ref) => [ref.recordId, ref]));
    for (const recordId of this.refs.keys()) added.delete(recordId);
    for (const mate of mates) this.members.set(mate.recordId, mate);
    for (const [recordId, ref] of added) this.refs.set(recordId, ref);
    await this.#load(trx, [...added.values()]);
    return [...added.values()];
  }

  async #load(trx: Transaction<Database>, refs: readonly RecordRef[]): Promise<void> {
    const missing = refs.filter(({ recordId }) => !this.records.has(recordId));
    for (const record of await loadComparedRecords(trx, missing))
      this.records.set(record.recordId, { ...record, facts: matchFacts(record.published) });
  }

  /** Whoever is the same as one of the records and was not looked at yet. */
  async #sameAs(trx: Transaction<Database>, refs: readonly RecordRef[]): Promise<readonly RecordRef[]> {
    const decisions = await listClusterDecisions(trx, refs);
    for (const said of decisions) this.#decisions.set(pairOf(said.record.recordId, said.other.recordId), said);
    const pairs = [...(await listCandidatePairs(trx, refs)), ...decisions];
    await this.#load(
      trx,
      pairs.flatMap(({ record, other }) => [record, other]),
    );
    const same = pairs.filter(({ record, other }) => this.#isSame(record.recordId, other.recordId));
    for (const { record, other } of same) {
      this.#sameOf(record.recordId).add(other.recordId);
      this.#sameOf(other.recordId).add(record.recordId);
    }
    const reached = same.flatMap(({ record, other }) => [record, other]);
    // whoever was loaded to be compared, and is not the same, has no part in this
    return reached.filter(({ recordId }) => !this.refs.has(recordId));
  }

  #isSame(a: number, b: number): boolean {
    return this.records.has(a) && this.records.has(b) && this.verdict(a, b).answer === "same";
  }

  #sameOf(recordId: number): Set<number> {
    const others = this.#same.get(recordId) ?? new Set();
    this.#same.set(recordId, others);
    return others;
  }

  #compare(a: number, b: number): PairVerdict {
    const said = this.#decisions.get(pairOf(a, b)) ?? null;
    const [one, other] = [this.records.get(Math.min(a, b)), this.records.get(Math.max(a, b))];
    const ours = one === undefined || other === undefined ? null : verdictOf(one.facts, other.facts);
    const { answer, reasons } = ours ?? ({ answer: "unsure", reasons: [] } as const);
    if (said === null) return { answer, reasons, said };
    return { answer: said.decision === "ignore" ? "unsure" : said.decision, reasons, said };
  }
}

function pairOf(a: number, b: number): string {
  return `${Math.min(a, b)} ${Math.max(a, b)}`;
}

function rankOf(reasons: readonly Reason[]): number {
  const codes = reasons.map(({ code }) => code);
  if (codes.includes("doi-same")) return RANKS.doi;
  return codes.includes("isbn-same") ? RANKS.isbn : RANKS.description;
}
