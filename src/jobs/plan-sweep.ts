import type { RepositoryClient } from "../client/repository-client.ts";
import type { Db } from "../store/database.ts";
import { type Repository, saveIdentity } from "../store/repositories.ts";
import { findHarvestIn, findLatestRun, startRun } from "../store/runs.ts";
import type { RunTrigger } from "../store/schema.ts";
import { formatOf, type PlannedRun, planned, windowsLeft } from "./plan-harvest.ts";

/** There is nothing yet with which a list of identifiers could be compared. */
export class NeverHarvested extends Error {
  override readonly name = "NeverHarvested";
}

/**
 * Opens a sweep: the identifiers of all records in the format that is harvested, from beginning to end or from where an
 * interrupted sweep stood. Throws `NeverHarvested`, and what the client throws.
 */
export async function planSweep(
  db: Db,
  client: RepositoryClient,
  repository: Repository,
  trigger: RunTrigger,
): Promise<PlannedRun> {
  const { repository_id: repositoryId, code, harvested_prefix: prefix } = repository;
  const harvest = prefix === null ? null : await findHarvestIn(db, repositoryId, prefix);
  const format = harvest === null ? null : formatOf(harvest, repository);
  if (format === null)
    throw new NeverHarvested(
      `"${code}" has never been harvested completely: \`lienthong harvest ${code}\` comes before a sweep`,
    );
  const { identity } = await client.identify();
  await saveIdentity(db, repositoryId, identity, repository.platform);
  const last = await findLatestRun(db, repositoryId, "sweep");
  const left = await windowsLeft(db, last, format);
  const resumed = left.length > 0 ? last : null;
  const run = await startRun(db, {
    repositoryId,
    trigger,
    kind: "sweep",
    metadataPrefix: format.metadataPrefix,
    metadataNamespace: format.namespace,
    sourceStarted: resumed === null ? identity.responseDate : resumed.source_started,
    fullList: true,
    windows: resumed === null ? [{ from: null, until: null, resumptionToken: null, received: 0 }] : left,
    goesOnFrom: resumed?.run_id ?? null,
  });
  return planned({ ...repository, identity }, run, format, resumed !== null);
}
