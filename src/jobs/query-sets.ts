import { type QuerySet, readQuerySet } from "../query/query-set.ts";
import type { Db } from "../store/database.ts";
import { listDefinitions } from "../store/query-sets.ts";

/** The sets that operators have defined, as they are now, by setSpec. Throws `ConditionError`. */
export async function presentQuerySets(db: Db): Promise<readonly QuerySet[]> {
  return (await listDefinitions(db)).map(readQuerySet);
}
