import { repositoryOfCode } from "../registry/repositories.ts";
import type { Db } from "../store/database.ts";
import { listStale } from "../store/remap-records.ts";
import { fromRecord, type MapInput } from "./map-input.ts";

const PAGE = 500;

/**
 * The records of a repository as they were sent, those that are in the feed or could be, `limit` of them at most. Throws
 * `RegistryError` where there is no such repository.
 */
export async function* readStoredInput(db: Db, code: string, limit: number): AsyncGenerator<MapInput, void> {
  const { repository_id } = await repositoryOfCode(db, code);
  let cursor = "";
  for (let left = limit; left > 0; ) {
    const page = await listStale(db, repository_id, [], cursor, Math.min(PAGE, left));
    for (const { raw } of page) yield fromRecord(raw);
    left -= page.length;
    cursor = page.at(-1)?.identifier ?? "";
    if (page.length === 0) return;
  }
}
