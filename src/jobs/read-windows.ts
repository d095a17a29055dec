import { oneAhead } from "../client/list-records.ts";
import type { RecordPage, RepositoryClient } from "../client/repository-client.ts";
import type { Lease } from "../store/leases.ts";
import { type HarvestedPage, savePage } from "../store/page.ts";
import type { Repository } from "../store/repositories.ts";
import type { Run } from "../store/runs.ts";
import { findOpenWindow, splitWindow, type Window } from "../store/windows.ts";
import { compareAhead } from "./compare-headers.ts";
import { FeedSets } from "./feed-sets.ts";
import { mapAhead, type PageAhead } from "./map-ahead.ts";
import { type MappedPage, mapPage, type PageMapping } from "./map-page.ts";
import type { PlannedRun } from "./plan-harvest.ts";
import { recoverWindow } from "./recover-window.ts";
import type { Services } from "./services.ts";
import { divideRange, isFarOutside, type RepositoryTime } from "./window-range.ts";

/** When to stop between two pages, and whom to tell of each. */
export interface ReadingLimits {
  /** Ends the reading after the page in hand; the run stays open. */
  readonly signal?: AbortSignal;
  /** Ends the reading when the clock has passed it; the run stays open. */
  readonly deadline: number;
  /** A list that is longer is divided by date, where dates are known to be true. */
  readonly longestList?: number;
  /** Called after each stored page with the run's ledger so far; the next page is not stored before it has ended. */
  readonly onPage?: (run: Run) => void | Promise<void>;
}

/** What reading the pages of a run needs at hand. */
export interface Reading {
  readonly services: Services;
  readonly client: RepositoryClient;
  readonly planned: PlannedRun;
  readonly mapping: PageMapping;
  readonly lease: Lease;
  readonly sets: FeedSets;
  readonly limits: ReadingLimits;
  readonly time: RepositoryTime;
  /** Windows in a row that could not be read, without a page stored between them. */
  failedInARow: number;
  /** Pages have come that hold other dates than were asked for: dividing by date divides nothing. */
  datesIgnored: boolean;
}

/** At row 150,000 a page of one repository took 13 seconds, at row 100 a tenth of one. */
const LONGEST_LIST = 20_000;

/** `read` to the end; `paused` by a limit, to be gone on with; `cancelled` by a person. */
export type ReadingEnd = "read" | "paused" | "cancelled";

/**
 * Reads the open windows of a run page by page into the store. A window that cannot be read is begun anew, divided, or
 * read record by record (`recover-window.ts`). Throws what the client and the store throw where none of it helps.
 */
export async function readWindows(
  services: Services,
  client: RepositoryClient,
  repository: Repository,
  planned: PlannedRun,
  lease: Lease,
  limits: ReadingLimits,
): Promise<ReadingEnd> {
  const { run, crosswalk, namespace } = planned;
  const mapping: PageMapping = { repository, crosswalk, domain: services.domain, namespace };
  const time: RepositoryTime = {
    earliest: repository.identity?.earliestDatestamp ?? null,
    now: run.source_started,
    granularity: planned.granularity,
  };
  const reading: Reading = {
    services,
    client,
    planned,
    mapping,
    lease,
    sets: new FeedSets(services.db, repository),
    limits,
    time,
    failedInARow: 0,
    datesIgnored: false,
  };
  for (;;) {
    const window = await findOpenWindow(services.db, run.repository_id, run.run_id);
    if (window === null) return "read";
    const end = await readWindow(reading, window);
    if (end !== "read") return end;
  }
}

async function readWindow(reading: Reading, window: Window): Promise<ReadingEnd> {
  try {
    return await readPages(reading, window);
  } catch (error) {
    reading.limits.signal?.throwIfAborted();
    return await recoverWindow(reading, window, error);
  }
}

async function readPages(reading: Reading, window: Window): Promise<ReadingEnd> {
  let here = window.resumption_token;
  for await (const { page, mapped } of oneAhead(pagesOf(reading, window))) {
    const { token } = page.resumption;
    const part = page.part === true;
    // until a page is stored to its end, it is the one to go on with
    if (!part) here = token;
    const next = { resumptionToken: here, closesWindow: !part && token === null };
    const end = await storePage(reading, window, page, next, mapped);
    reading.datesIgnored ||= bringsOtherDates(window, page);
    if (endsHere(reading, page, end)) return end;
    if (await dividedForLength(reading, window, page)) return "read";
  }
  return "read";
}

/** A list that is at its end is not stopped any more, nor a long page by its deadline: it would be begun again and again. */
function endsHere({ limits }: Reading, { part, resumption }: RecordPage, end: ReadingEnd): boolean {
  if (end !== "paused") return end === "cancelled";
  return part === true ? limits.signal?.aborted === true : resumption.token !== null;
}

/** Repositories grow slow deep inside a list: one that turns out to be long is asked for in parts instead. */
async function dividedForLength(reading: Reading, window: Window, { resumption }: RecordPage): Promise<boolean> {
  const { planned, limits, services, time } = reading;
  const first = window.resumption_token === null && resumption.token !== null && (resumption.cursor ?? 0) === 0;
  const length = resumption.completeListSize ?? 0;
  if (!planned.datesProven || !first || length <= (limits.longestList ?? LONGEST_LIST)) return false;
  const parts = divideRange({ from: window.from_datestamp, until: window.until_datestamp }, time);
  if (parts === null) return false;
  await splitWindow(services.db, window, parts, `a list of ${length} records`);
  return true;
}

/** A record may be stamped anew while it is listed; most of a page may not. */
function bringsOtherDates(window: Window, { items }: RecordPage): boolean {
  const range = { from: window.from_datestamp, until: window.until_datestamp };
  const others = items.filter((item) => "header" in item && isFarOutside(range, item.header.datestamp));
  return others.length * 2 > items.length;
}

/** Maps a page, where that is not done, and stores it, and with it where the window goes on. Tells whether to stop. */
export async function storePage(
  reading: Reading,
  window: Window,
  page: RecordPage,
  next: Pick<HarvestedPage, "resumptionToken" | "closesWindow">,
  mapped: MappedPage | null = null,
): Promise<ReadingEnd> {
  const { services, mapping, limits } = reading;
  const ready = mapped ?? (await mapPage(services.db, mapping, page));
  await reading.sets.ensure(ready.changed);
  const run = await savePage(services.db, {
    ...ready,
    ...next,
    runId: window.run_id,
    ...(page.part === undefined ? {} : { part: page.part }),
    windowNumber: window.window_number,
    lease: reading.lease,
    leaseMs: services.leaseMs,
    leadSeconds: services.leadSeconds,
    holdsNew: reading.planned.holdsNew,
    completeListSize: page.resumption.completeListSize,
    repairs: page.repairs ?? [],
  });
  reading.failedInARow = 0;
  await limits.onPage?.(run);
  if (run.cancel_requested) return "cancelled";
  return limits.signal?.aborted === true || Date.now() > limits.deadline ? "paused" : "read";
}

/** A sweep lists headers alone. */
export function isSweep({ planned }: Reading): boolean {
  return planned.run.kind === "sweep";
}

function pagesOf(reading: Reading, window: Window): AsyncGenerator<PageAhead, void> {
  const { client, services, mapping } = reading;
  const first = firstRequest(reading, window);
  if (isSweep(reading)) return compareAhead(reading, client.listIdentifiers(first));
  return mapAhead(services.db, mapping, client.listRecords(first));
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
