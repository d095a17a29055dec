import type { Lease } from "../store/leases.ts";
import { type RejectedRecord, savePage } from "../store/page.ts";
import type { Repository } from "../store/repositories.ts";
import type { Run } from "../store/runs.ts";
import { FeedSets } from "./feed-sets.ts";
import { ImportFailure } from "./import-failure.ts";
import type { ImportedRecord } from "./import-marc.ts";
import { type FoundRecord, readSource } from "./import-source.ts";
import { identifierOf, importedRecord, isWanted, repeatKey, type Survey } from "./import-survey.ts";
import { type MappedPage, mapPage, type PageMapping } from "./map-page.ts";
import type { RunDiagnosis } from "./reason.ts";
import type { Services } from "./services.ts";

/** What storing the records of a file needs at hand. */
export interface Importing {
  readonly services: Services;
  readonly repository: Repository;
  readonly run: Run;
  readonly lease: Lease;
  readonly file: string;
  readonly survey: Survey;
  /** What records are given that have no date of their own. */
  readonly datestamp: string;
  /** Ends the import after the page in hand. */
  readonly signal: AbortSignal | undefined;
  /** Called after each stored page with the run's ledger so far. */
  readonly onPage: ((run: Run) => void) | undefined;
}

/** How reading a file ended. */
export interface ImportEnd {
  /** Why it could not be read to its end, or `null`. */
  readonly failure: string | null;
  /** The same in a word. */
  readonly diagnosis: RunDiagnosis | null;
  /** A person stopped it. */
  readonly cancelled: boolean;
}

/** The records for one transaction, with their places in the file. */
interface Page {
  readonly records: (ImportedRecord & Pick<FoundRecord, "place">)[];
  /** Records that come again later in the file, where the last one wins. */
  repeated: number;
}

type StorePage = (page: Page, atEnd: boolean) => Promise<Run>;

const PAGE_SIZE = 500;

/**
 * Stores the records of a file, 500 in a transaction. What could be read of a damaged file is stored. Throws what the
 * store throws.
 */
export async function importPages(importing: Importing): Promise<ImportEnd> {
  const { survey } = importing;
  const store = await pageStore(importing);
  let page: Page = { records: [], repeated: 0 };
  let failure: string | null = null;
  try {
    for await (const found of readSource(importing.file)) {
      if (!isWanted(survey, found)) continue;
      if (lengthOf(page) === PAGE_SIZE) {
        const run = await store(page, false);
        if (run.cancel_requested || importing.signal?.aborted === true)
          return { failure, diagnosis: null, cancelled: true };
        page = { records: [], repeated: 0 };
      }
      addTo(page, found, importing);
    }
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    failure = error.message;
  }
  if (failure === null || lengthOf(page) > 0) await store(page, failure === null);
  return { failure, diagnosis: failure === null ? null : "file_unreadable", cancelled: false };
}

function addTo(page: Page, found: FoundRecord, { survey, datestamp }: Importing): void {
  const record = importedRecord(found, datestamp);
  const identifier = identifierOf(record);
  const key = identifier === null ? null : repeatKey(found.metadataPrefix, identifier);
  if (key !== null && survey.repeats.comesAgain(key, found.position)) page.repeated += 1;
  else page.records.push({ ...record, place: found.place });
}

function lengthOf({ records, repeated }: Page): number {
  return records.length + repeated;
}

async function pageStore({ services, repository, run, lease, survey, onPage }: Importing): Promise<StorePage> {
  const { db, domain, leaseMs, leadSeconds } = services;
  const sets = new FeedSets(db, repository);
  const { crosswalk, namespace } = survey.format;
  const mapping: PageMapping = { repository, crosswalk, domain, namespace };
  let position = 0;
  return async (page, atEnd) => {
    position += lengthOf(page);
    const mapped = remarked(await mapPage(db, mapping, recordPage(page)), page);
    await sets.ensure(mapped.changed);
    const stored = await savePage(db, {
      ...mapped,
      runId: run.run_id,
      windowNumber: 1,
      lease,
      leaseMs,
      leadSeconds,
      resumptionToken: atEnd ? null : `record ${position}`,
      closesWindow: atEnd,
      completeListSize: survey.total,
      repairs: [],
    });
    onPage?.(stored);
    return stored;
  };
}

function recordPage({ records }: Page) {
  return {
    items: records.map(({ record }) => record),
    resumption: { token: null, completeListSize: null, cursor: null },
    bytes: records.reduce((sum, { record }) => sum + Buffer.byteLength(record.raw), 0),
  };
}

/** Adds what only the file knows: repeated records, remarks from before the mapping, the place of what is rejected. */
function remarked(mapped: MappedPage, { records, repeated }: Page): MappedPage {
  const issues = new Map(records.map((record) => [identifierOf(record), record.issues]));
  const places = new Map(records.map(({ record, place }) => [record.raw, place]));
  return {
    ...mapped,
    changed: mapped.changed.map((record) => ({
      ...record,
      issues: [...(issues.get(record.source.identifier) ?? []), ...record.issues],
    })),
    rejected: mapped.rejected.map((rejected) => placed(rejected, places.get(rejected.raw))),
    counts: {
      ...mapped.counts,
      received: mapped.counts.received + repeated,
      repeated: mapped.counts.repeated + repeated,
    },
  };
}

function placed(rejected: RejectedRecord, place: string | undefined): RejectedRecord {
  return place === undefined ? rejected : { ...rejected, reason: `${place}: ${rejected.reason}` };
}
