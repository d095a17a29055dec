import { platformNamed, platformOf } from "../../harvesters/index.ts";
import type { RepositoryClient } from "../client/repository-client.ts";
import { fromOfCursor } from "../client/window.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import type { Granularity } from "../oai/datestamp.ts";
import type { Db } from "../store/database.ts";
import { type Repository, saveIdentity, updateRepository } from "../store/repositories.ts";
import { findLatestRun, type Run, startRun } from "../store/runs.ts";
import type { RunTrigger, Strategy } from "../store/schema.ts";
import { listWindows, type WindowPlan } from "../store/windows.ts";
import { type ChosenFormat, chooseFormat } from "./choose-format.ts";

/** A run that can be worked on, and what maps its records. */
export interface PlannedRun {
  readonly run: Run;
  readonly metadataPrefix: string;
  readonly namespace: string;
  readonly crosswalk: IncomingCrosswalk;
  /** How finely dates are asked for. */
  readonly granularity: Granularity;
  /** Whether asking by date divides a list; otherwise only the whole list can be asked for. */
  readonly datesTrusted: boolean;
  /** Whether a probe has found that it does. */
  readonly datesProven: boolean;
  /** True where the run goes on from the middle of a list. */
  readonly resumed: boolean;
  /** Whether identifiers never seen before may be those of known records (docs/adr/0008-rebinding.md). */
  readonly holdsNew: boolean;
}

export interface PlanOptions {
  readonly trigger: RunTrigger;
  /** Ask for everything, whatever the cursor says. */
  readonly full: boolean;
}

/** Tokens older than this are hardly ever honoured; asking from the start is cheaper than finding out. */
const RESUMABLE_MS = 24 * 60 * 60 * 1000;

/**
 * Asks Identify and ListMetadataFormats and opens a run: incremental from the repository's own clock at the last complete
 * run, full where there was none or the format has changed. The last window is open towards the future, so that a record
 * stamped by a wrong clock comes too.
 */
export async function planHarvest(
  db: Db,
  client: RepositoryClient,
  repository: Repository,
  options: PlanOptions,
): Promise<PlannedRun> {
  const { identity, descriptions, movedTo } = await client.identify();
  const found = platformOf({ baseUrl: repository.base_url, repositoryName: identity.repositoryName, descriptions });
  // what nothing in Identify tells may be known from a probe, which sees more
  const platform = found.id === "generic" ? platformNamed(repository.platform) : found;
  await saveIdentity(db, repository.repository_id, identity, platform.id);
  // where it redirects to for good is proposed; a person decides
  if (movedTo !== repository.proposed_base_url)
    await updateRepository(db, repository.repository_id, { proposed_base_url: movedTo });
  const format = chooseFormat(await client.listMetadataFormats(), platform, repository.metadata_prefix);
  const last = await findLatestRun(db, repository.repository_id);
  const left = options.full ? [] : await windowsLeft(db, last, format);
  const resumed = left.length > 0 ? last : null;
  const granularity = granularityOf(repository.strategy, identity.granularity);
  const full = options.full || mustAskForAll(repository, format);
  const from = full ? null : fromOfCursor(repository.harvested_until, granularity);
  const run = await startRun(db, {
    repositoryId: repository.repository_id,
    trigger: options.trigger,
    metadataPrefix: format.metadataPrefix,
    metadataNamespace: format.namespace,
    // what an interrupted run had read already is only as fresh as its own start
    sourceStarted: resumed === null ? identity.responseDate : resumed.source_started,
    fullList: resumed === null ? from === null : resumed.full_list,
    windows: resumed === null ? [{ from, until: null, resumptionToken: null, received: 0 }] : left,
    goesOnFrom: resumed?.run_id ?? null,
  });
  return planned({ ...repository, identity }, run, format, resumed !== null);
}

/** A first harvest, another format than last time, dates that lie, or simply time to look at everything again. */
function mustAskForAll(repository: Repository, format: ChosenFormat): boolean {
  const due = repository.full_due_at !== null && repository.full_due_at.getTime() <= Date.now();
  const otherFormat = repository.harvested_prefix !== format.metadataPrefix;
  return due || otherFormat || repository.strategy === "full_compare";
}

function granularityOf(strategy: Strategy, claimed: Granularity): Granularity {
  return strategy === "incremental_day" ? "day" : claimed;
}

/** A run with what working on it needs to know of its repository. */
export function planned(repository: Repository, run: Run, format: ChosenFormat, resumed: boolean): PlannedRun {
  return {
    run,
    metadataPrefix: format.metadataPrefix,
    namespace: format.namespace,
    crosswalk: format.crosswalk,
    granularity: granularityOf(repository.strategy, repository.identity?.granularity ?? "day"),
    datesTrusted: repository.strategy !== "full_compare",
    datesProven: repository.strategy !== "full_compare" && repository.behaviour !== null,
    resumed,
    holdsNew: run.kind === "harvest" && repository.harvested_prefix !== null,
  };
}

/** The format of a run that was begun before: it is stored, nothing needs to be asked again. */
export function formatOf(run: Run, repository: Repository): ChosenFormat | null {
  if (run.metadata_prefix === null || run.metadata_namespace === null) return null;
  const format = { metadataPrefix: run.metadata_prefix, namespace: run.metadata_namespace, schema: "" };
  return chooseFormat([format], platformNamed(repository.platform), null);
}

/** What the last run could not read because the repository stopped answering: the next one goes on there. */
export async function windowsLeft(db: Db, last: Run | null, format: ChosenFormat): Promise<readonly WindowPlan[]> {
  if (last === null || last.outcome !== "partial" || last.metadata_prefix !== format.metadataPrefix) return [];
  if (Date.now() - last.started_at.getTime() > RESUMABLE_MS) return [];
  const windows = await listWindows(db, last.repository_id, last.run_id);
  return windows
    .filter((window) => window.state === "open")
    .map((window) => ({
      from: window.from_datestamp,
      until: window.until_datestamp,
      resumptionToken: window.resumption_token,
      received: window.received,
    }));
}
