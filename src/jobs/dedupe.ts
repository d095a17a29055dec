import type { Transaction } from "kysely";
import { matchFacts } from "../dedupe/facts.ts";
import { matchKeys } from "../dedupe/match-keys.ts";
import { DEDUPE_VERSION } from "../dedupe/verdict.ts";
import { type ChangedRecord, listChangedRecords, lockDedupe, saveDedupeState } from "../store/clusters.ts";
import { readHorizon } from "../store/fence.ts";
import { type CommonKey, listCommonKeys, renewMatchKeys } from "../store/match-keys.ts";
import type { Database } from "../store/schema.ts";
import type { Services } from "./services.ts";
import { settleClusters } from "./settle-clusters.ts";

/** What came of it. */
export interface Deduped {
  /** Records that were new, changed or deleted since the last time. */
  readonly records: number;
  /** Records whose place in a cluster is another now. */
  readonly moved: number;
  /** What too many records share to be told apart by it, the most common first. */
  readonly commonKeys: readonly CommonKey[];
}

/** How it is done. */
export interface DedupeOptions {
  /** Compare all records, not only those that changed. */
  readonly anew?: boolean;
  /** Stops after the page in hand; the next time goes on from there. */
  readonly signal?: AbortSignal;
  /** For tests. */
  readonly pageSize?: number;
  /** For tests: up to which of our datestamps records are taken; otherwise as far as the feed is complete. */
  readonly horizon?: Date;
}

interface Page {
  readonly records: number;
  readonly moved: number;
}

/** Records a transaction: others who change clusters wait for it. */
const PAGE_SIZE = 200;
const COMMON_KEYS_TOLD = 20;
const FROM_THE_BEGINNING = { version: DEDUPE_VERSION, stamp: new Date(0), recordId: 0 } as const;

/**
 * Brings together the records that describe one item, of all that changed since it was last done (docs/dedupe.md). No
 * record is changed by it, and no datestamp moves. May run any number of times at once and be stopped at any time: a page
 * and the place in the list are one transaction.
 */
export async function dedupe({ db, log }: Pick<Services, "db" | "log">, options: DedupeOptions = {}): Promise<Deduped> {
  const { anew = false, signal, pageSize = PAGE_SIZE } = options;
  const horizon = options.horizon ?? (await readHorizon(db));
  if (anew)
    await db.transaction().execute(async (trx) => {
      await lockDedupe(trx);
      await saveDedupeState(trx, FROM_THE_BEGINNING);
    });
  const total = { records: 0, moved: 0 };
  while (signal?.aborted !== true) {
    const page = await db.transaction().execute(async (trx) => await dedupePage(trx, horizon, pageSize));
    total.records += page.records;
    total.moved += page.moved;
    log.debug(page, "records compared");
    if (page.records < pageSize) break;
  }
  const commonKeys = await listCommonKeys(db, COMMON_KEYS_TOLD);
  log.info({ ...total, commonKeys: commonKeys.length }, "records of one item brought together");
  return { ...total, commonKeys };
}

async function dedupePage(trx: Transaction<Database>, horizon: Date, pageSize: number): Promise<Page> {
  const state = await lockDedupe(trx);
  const from = state.version === DEDUPE_VERSION ? state : FROM_THE_BEGINNING;
  const changed = await listChangedRecords(trx, from, horizon, pageSize);
  const last = changed.at(-1);
  if (last === undefined) return { records: 0, moved: 0 };
  const others = await renewMatchKeys(trx, changed.map(keyed));
  const moved = await settleClusters(trx, [...changed, ...others]);
  await saveDedupeState(trx, { version: DEDUPE_VERSION, stamp: last.stamp, recordId: last.recordId });
  return { records: changed.length, moved };
}

function keyed({ repositoryId, recordId, published }: ChangedRecord) {
  return { repositoryId, recordId, keys: published === null ? [] : matchKeys(matchFacts(published)) };
}
