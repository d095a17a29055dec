import { setImmediate } from "node:timers/promises";
import { isQuerySetSpec, type QuerySet, querySetsOf } from "../query/query-set.ts";
import { fromStored, mainTitle } from "../record/common-record.ts";
import type { Db } from "../store/database.ts";
import { type LiveRecord, listLive } from "../store/query-sets.ts";
import { listRepositories } from "../store/repositories.ts";

/** What a set would come to. */
export interface QuerySetPreview {
  /** Live records of the feed that were looked at. */
  readonly records: number;
  /** Of them those that would be in the set. */
  readonly members: number;
  /** Those that would come into it, and those that would leave it. */
  readonly entering: number;
  readonly leaving: number;
  /** The first five that would be in it. */
  readonly examples: readonly { readonly identifier: string; readonly title: string | null }[];
}

const EXAMPLES = 5;

/**
 * Which of the stored records would be in a set, by what they are now; nothing is written. What is outdated is looked at as it
 * stands in the feed. `onRecords` is told how many were looked at so far.
 */
export async function previewQuerySet(
  db: Db,
  querySet: QuerySet,
  { signal, onRecords }: { readonly signal?: AbortSignal; readonly onRecords?: (records: number) => void } = {},
): Promise<QuerySetPreview> {
  const found = { records: 0, members: 0, entering: 0, leaving: 0, examples: [] };
  for (const { repository_id } of await listRepositories(db)) {
    for await (const records of listLive(db, repository_id)) {
      signal?.throwIfAborted();
      for (const record of records) count(found, querySet, record);
      onRecords?.(found.records);
      await setImmediate();
    }
  }
  return found;
}

type Mutable<Of> = { -readonly [Name in keyof Of]: Of[Name] };

function count(
  found: Mutable<QuerySetPreview>,
  querySet: QuerySet,
  { oaiIdentifier, published, setSpecs }: LiveRecord,
) {
  const record = fromStored(published);
  const own = setSpecs.filter((setSpec) => !isQuerySetSpec(setSpec));
  const was = setSpecs.includes(querySet.setSpec);
  const is = querySetsOf([querySet], record, own).length > 0;
  found.records += 1;
  if (was && !is) found.leaving += 1;
  if (!is) return;
  found.members += 1;
  if (!was) found.entering += 1;
  if (found.examples.length < EXAMPLES)
    found.examples = [...found.examples, { identifier: oaiIdentifier, title: mainTitle(record) }];
}
