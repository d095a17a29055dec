import type { RepositoryClient } from "../client/repository-client.ts";
import type { Db } from "../store/database.ts";
import type { Repository } from "../store/repositories.ts";
import { endUnfinishedRuns, findOpenRun } from "../store/runs.ts";
import { formatOf, type PlannedRun, type PlanOptions, planHarvest, planned } from "./plan-harvest.ts";
import { planSweep } from "./plan-sweep.ts";

/** What is to be done where no run is open. */
export interface RunOptions extends PlanOptions {
  readonly sweep: boolean;
}

/**
 * Takes up the repository's open run, whatever it is (its worker was stopped or killed), or opens the one that is asked
 * for. Throws what the client throws, `NoCommonFormat` and `NeverHarvested`.
 */
export async function planRun(
  db: Db,
  client: RepositoryClient,
  repository: Repository,
  options: RunOptions,
): Promise<PlannedRun> {
  const open = await findOpenRun(db, repository.repository_id);
  const format = open === null || open.kind === "import" ? null : formatOf(open, repository);
  if (open !== null && format !== null) return planned(repository, open, format, true);
  // whoever is here holds the lease: an import that is still open was killed
  if (open !== null)
    await endUnfinishedRuns(db, repository.repository_id, "it was interrupted, and then a harvest began");
  return options.sweep
    ? await planSweep(db, client, repository, options.trigger)
    : await planHarvest(db, client, repository, options);
}
