import { oneAhead } from "../client/list-records.ts";
import type { RepositoryClient } from "../client/repository-client.ts";
import { OaiError } from "../oai/errors.ts";
import type { Lease } from "../store/leases.ts";
import { savePage } from "../store/page.ts";
import type { Repository } from "../store/repositories.ts";
import { getRun, listWindows, type Run, restartWindow, type Window } from "../store/runs.ts";
import { ensureSet } from "../store/sets.ts";
import { mapPage } from "./map-page.ts";
import type { MappingRun } from "./map-record.ts";
import type { PlannedRun } from "./plan-harvest.ts";
import type { Services } from "./services.ts";

/** When to stop between two pages, and whom to tell of each. */
export interface ReadingLimits {
  /** Ends the reading after the page in hand; the run stays open. */
  readonly signal?: AbortSignal;
  /** Ends the reading when the clock has passed it; the run stays open. */
  readonly deadline: number;
  /** Called after each stored page with the run's ledger so far. */
  readonly onPage?: (run: Run) => void;
}

/** What reading the pages of a run needs at hand. */
interface Reading {
  readonly services: Services;
  readonly client: RepositoryClient;
  readonly planned: PlannedRun;
  readonly mapping: MappingRun;
  readonly lease: Lease;
  readonly setIds: readonly number[];
  readonly limits: ReadingLimits;
}

/** A token that the repository no longer knows sends the window back to its start this often before we give up. */
const MAX_RESTARTS = 2;

/**
 * Reads the open windows of a run page by page into the store. Returns `true` at their end and `false` where a limit
 * stopped it before. Throws what the client and the store throw.
 */
export async function readWindows(
  services: Services,
  client: RepositoryClient,
  repository: Repository,
  planned: PlannedRun,
  lease: Lease,
  limits: ReadingLimits,
): Promise<boolean> {
  const { run, crosswalk, namespace } = planned;
  const setSpec = `inst:${repository.code}`;
  const setIds = [await ensureSet(services.db, { setSpec, setName: repository.name })];
  const mapping: MappingRun = { repository, crosswalk, domain: services.domain, namespace, setSpecs: [setSpec] };
  const reading: Reading = { services, client, planned, mapping, lease, setIds, limits };
  for (const window of await listWindows(services.db, repository.repository_id, run.run_id)) {
    if (window.state === "open" && !(await readWindow(reading, window))) return false;
  }
  return true;
}

async function readWindow(reading: Reading, window: Window): Promise<boolean> {
  const { services, planned } = reading;
  try {
    return await readPages(reading, window);
  } catch (error) {
    const expired = error instanceof OaiError && error.code === "badResumptionToken";
    if (!expired || window.restarts >= MAX_RESTARTS) throw error;
    services.log.warn({ runId: planned.run.run_id, err: error }, "resumption token refused; the window begins anew");
    await restartWindow(services.db, window);
    return await readWindow(reading, { ...window, resumption_token: null, pages: 0, restarts: window.restarts + 1 });
  }
}

async function readPages(reading: Reading, window: Window): Promise<boolean> {
  const { client, services, mapping, limits } = reading;
  for await (const page of oneAhead(client.listRecords(firstRequest(reading, window)))) {
    await savePage(services.db, {
      ...(await mapPage(services.db, mapping, page)),
      runId: window.run_id,
      windowNumber: window.window_number,
      lease: reading.lease,
      leaseMs: services.leaseMs,
      leadSeconds: services.leadSeconds,
      setIds: reading.setIds,
      resumptionToken: page.resumption.token,
      completeListSize: page.resumption.completeListSize,
    });
    if (limits.onPage !== undefined) limits.onPage(await getRun(services.db, window.repository_id, window.run_id));
    const stopped = limits.signal?.aborted === true || Date.now() > limits.deadline;
    if (stopped && page.resumption.token !== null) return false;
  }
  return true;
}

function firstRequest({ planned, mapping }: Reading, window: Window) {
  if (window.resumption_token !== null) return { resumptionToken: window.resumption_token };
  return {
    metadataPrefix: planned.metadataPrefix,
    from: window.from_datestamp,
    until: window.until_datestamp,
    set: mapping.repository.set_spec,
  };
}
