import type { Db } from "../store/database.ts";
import { leaveRemovedSets } from "../store/query-sets.ts";
import { updateRepository } from "../store/repositories.ts";
import { closeRepository, countPurged, restoreRetired, retireRecords } from "../store/retire.ts";
import { RegistryError } from "./errors.ts";
import { refuseTwin, repositoryOfCode } from "./repositories.ts";

/** What came of bringing a repository back. */
export interface Restored {
  /** Records that are in the feed again. */
  readonly records: number;
  /** Tombstones of which nothing is kept any more: only a harvest can bring those records back. */
  readonly purged: number;
}

/**
 * Retires a repository: what is being harvested ends, and its records become tombstones with that reason. What it sent is
 * kept for a time (docs/operate.md, "What is removed when"). Returns how many records left the feed. Throws
 * `RegistryError`.
 */
export async function retireRepository(db: Db, code: string, leadSeconds: number): Promise<number> {
  const { repository_id } = await repositoryOfCode(db, code);
  await closeRepository(db, repository_id);
  const retired = await retireRecords(db, repository_id, leadSeconds);
  // no remap will ever take them out any more
  await leaveRemovedSets(db, repository_id, leadSeconds);
  return retired;
}

/**
 * Takes a retired repository up again: the records that left the feed with it come back as they were, and it is live.
 * Where what it sent is not kept any more it is harvested from the beginning. What was interrupted goes on with the next
 * call. Throws `RegistryError` where it is not retired, or where another repository harvests the same meanwhile.
 */
export async function restoreRepository(db: Db, code: string, leadSeconds: number): Promise<Restored> {
  const repository = await repositoryOfCode(db, code);
  if (repository.state !== "retired") throw new RegistryError(`"${code}" is ${repository.state}, not retired`);
  await refuseTwin(db, repository, code);
  const records = await restoreRetired(db, repository.repository_id, leadSeconds);
  const purged = await countPurged(db, repository.repository_id);
  await updateRepository(db, repository.repository_id, {
    state: "live",
    retired_at: null,
    ...(purged > 0 ? { harvested_until: null } : {}),
  });
  return { records, purged };
}
