import { feedSetNamed, type SetOwner } from "../../mappings/feed-sets.ts";
import { isQuerySetSpec } from "../query/query-set.ts";
import type { Db } from "../store/database.ts";
import { ensureSet } from "../store/sets.ts";

/** Sees to it that sets are there before records of a repository are put into them; each is asked for once. */
export class FeedSets {
  readonly #db: Db;
  readonly #owner: SetOwner;
  readonly #present = new Set<string>();

  constructor(db: Db, owner: SetOwner) {
    this.#db = db;
    this.#owner = owner;
  }

  /** Not in the transaction of a page: writers who add the same set would wait for each other. */
  async ensure(
    records: readonly { readonly record: { readonly setSpecs: readonly string[] } | null }[],
  ): Promise<void> {
    for (const { record } of records) {
      for (const setSpec of record?.setSpecs ?? []) {
        // those of operators are there since they were defined
        if (this.#present.has(setSpec) || isQuerySetSpec(setSpec)) continue;
        await ensureSet(this.#db, feedSetNamed(this.#owner, setSpec));
        this.#present.add(setSpec);
      }
    }
  }
}
