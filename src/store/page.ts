import { sql, type Transaction } from "kysely";
import type { Issue } from "../record/issue.ts";
import type { Db } from "./database.ts";
import { forgetProposals, proposeDeletions } from "./deletions.ts";
import { announceStamp } from "./fence.ts";
import { holdBack } from "./held-records.ts";
import { type Lease, renewLease } from "./leases.ts";
import { findLive, type NewRecord, saveIssues, saveMemberships, saveRecords, withdrawRecords } from "./records.ts";
import { countRepairs, type PageCounts, type Run } from "./runs.ts";
import type { Database } from "./schema.ts";
import { saveSeen } from "./seen.ts";
import { type NewSourceRecord, type StoredSourceRecord, saveSourceRecords } from "./source-records.ts";
import { type SweepFinding, saveFindings } from "./sweep-findings.ts";

/** A record of the page that is new or changed: as sent, as mapped, and what there is to say of it. */
export interface ChangedRecord {
  readonly source: NewSourceRecord;
  /** `null` where it may not be published (no title, secret): it leaves the feed or never enters it. */
  readonly record: Omit<NewRecord, "recordId"> | null;
  readonly issues: readonly Issue[];
}

/** A record that could not be read: kept with its bytes, for its owner to see. */
export interface RejectedRecord {
  readonly identifier: string | null;
  readonly reason: string;
  readonly raw: string;
}

/** Everything that one harvested page leaves in the store. */
export interface HarvestedPage {
  readonly runId: number;
  /** More of the same page follows: it is counted when it has ended. */
  readonly part?: boolean;
  readonly windowNumber: number;
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly leadSeconds: number;
  readonly changed: readonly ChangedRecord[];
  readonly rejected: readonly RejectedRecord[];
  /** Numbers of the records that came as they are stored. */
  readonly unchanged: readonly number[];
  readonly counts: Pick<PageCounts, "received" | "deleted" | "repeated" | "bytes"> & { readonly unknown?: number };
  /** Records under identifiers never seen before stay out of the feed until the run ends (docs/adr/0008-rebinding.md). */
  readonly holdsNew?: boolean;
  /** Of a page of a sweep: what is not here, or newer there. */
  readonly findings?: readonly SweepFinding[];
  /** Where the window goes on; `null`: at its beginning, or it is at its end. */
  readonly resumptionToken: string | null;
  /** The window is read to its end. */
  readonly closesWindow: boolean;
  readonly completeListSize: number | null;
  /** What had to be mended of the answer, outside of its records. */
  readonly repairs: readonly string[];
}

/** The lease ran out and somebody else may be at work: nothing of the page was stored. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/**
 * Stores a harvested page in one transaction: source records, records, sets, issues, rejected ones, the window's token,
 * the run's counts, the lease. Either all of it is there afterwards or nothing. Live records that are deleted now stay
 * in the feed until the run closes: they are proposed for deletion. Returns the run's ledger. Throws `LeaseLost`.
 */
export async function savePage(db: Db, page: HarvestedPage): Promise<Run> {
  return await db.transaction().execute(async (trx) => {
    const { repositoryId } = page.lease;
    const stored = await saveChanged(trx, page);
    if (page.rejected.length > 0) {
      const rows = page.rejected.map((rejected) => ({ repository_id: repositoryId, run_id: page.runId, ...rejected }));
      await trx.insertInto("quarantine").values(rows).execute();
    }
    await saveFindings(trx, runOf(page), page.findings ?? []);
    await saveSeen(trx, runOf(page), [...page.unchanged, ...stored.map(({ recordId }) => recordId)]);
    const added = stored.filter((record) => record.added).length;
    const run = await saveProgress(trx, page, { added, changed: stored.length - added });
    if (page.repairs.length > 0) await countRepairs(trx, runOf(page), page.repairs);
    if (!(await renewLease(trx, page.lease, page.leaseMs))) {
      throw new LeaseLost(
        `the lease on ${page.lease.host} ran out while a page was being stored; nothing of it was kept`,
      );
    }
    return run;
  });
}

function runOf({ lease, runId }: HarvestedPage) {
  return { repositoryId: lease.repositoryId, runId };
}

async function saveChanged(trx: Transaction<Database>, page: HarvestedPage): Promise<readonly StoredSourceRecord[]> {
  if (page.changed.length === 0) return [];
  const { repositoryId } = page.lease;
  const stamp = await announceStamp(trx, page.leadSeconds);
  // sorted, so that two writers can never wait for each other in a circle
  const changed = page.changed.toSorted((a, b) => (a.source.identifier < b.source.identifier ? -1 : 1));
  const stored = await saveSourceRecords(
    trx,
    repositoryId,
    page.runId,
    changed.map(({ source }) => source),
  );
  const byIdentifier = new Map(stored.map((record) => [record.identifier, record]));
  const numbered = changed.flatMap(({ source, record, issues }) => {
    const row = byIdentifier.get(source.identifier);
    return row === undefined ? [] : [{ recordId: row.recordId, added: row.added, record, issues }];
  });
  const hidden = numbered.filter(({ record, added }) => record === null && !added).map(({ recordId }) => recordId);
  await withdrawRecords(trx, repositoryId, stamp, hidden, "suppressed");
  const records = numbered.flatMap(({ recordId, record }) => (record === null ? [] : [{ ...record, recordId }]));
  // of records that we have never seen nothing can be proposed, live or in a set: the pages of a first harvest ask for none
  const fresh = new Set(stored.filter(({ added }) => added).map(({ recordId }) => recordId));
  const isKnown = (recordId: number) => !fresh.has(recordId);
  const known = records.filter(({ recordId }) => isKnown(recordId));
  const withdrawn = await deletedButLive(trx, page, known);
  const waiting = await holdBack(trx, repositoryId, page.holdsNew === true, numbered);
  const saved = records.filter(({ recordId }) => !withdrawn.has(recordId) && !waiting.has(recordId));
  const moved = await saveRecords(trx, repositoryId, stamp, saved);
  await saveMemberships(trx, repositoryId, stamp, moved, moved.filter(isKnown));
  await saveIssues(trx, repositoryId, numbered);
  return stored;
}

/** The records that the page deletes and that are live: proposed for deletion, to be decided when the run closes. */
async function deletedButLive(
  trx: Transaction<Database>,
  page: HarvestedPage,
  records: readonly NewRecord[],
): Promise<ReadonlySet<number>> {
  const { repositoryId } = page.lease;
  const idsOf = (some: readonly NewRecord[]) => some.map(({ recordId }) => recordId);
  await forgetProposals(trx, repositoryId, idsOf(records.filter(({ deletedReason }) => deletedReason === null)));
  const deleted = idsOf(records.filter(({ deletedReason }) => deletedReason !== null));
  const live = await findLive(trx, repositoryId, deleted);
  await proposeDeletions(trx, runOf(page), live, "source-header");
  return new Set(live);
}

async function saveProgress(
  trx: Transaction<Database>,
  page: HarvestedPage,
  stored: { readonly added: number; readonly changed: number },
): Promise<Run> {
  const { counts, lease } = page;
  const ended = page.part === true ? 0 : 1;
  const { rows } = await sql<Run>`
    WITH gone_on AS (
      UPDATE harvest_window SET pages = pages + ${ended}, received = received + ${counts.received},
        resumption_token = ${page.resumptionToken}, state = ${page.closesWindow ? "closed" : "open"},
        complete_list_size = greatest(${page.completeListSize}::int, complete_list_size)
      WHERE repository_id = ${lease.repositoryId} AND run_id = ${page.runId} AND window_number = ${page.windowNumber}
    )
    UPDATE harvest_run SET pages = pages + ${ended},
      received = received + ${counts.received}, added = added + ${stored.added}, changed = changed + ${stored.changed},
      unchanged = unchanged + ${page.unchanged.length}, rejected = rejected + ${page.rejected.length},
      deleted = deleted + ${counts.deleted}, repeated = repeated + ${counts.repeated}, bytes = bytes + ${counts.bytes},
      unknown = unknown + ${counts.unknown ?? 0},
      complete_list_size = greatest(${page.completeListSize}::int, complete_list_size)
    WHERE repository_id = ${lease.repositoryId} AND run_id = ${page.runId} RETURNING *`.execute(trx);
  const run = rows[0];
  if (run === undefined) throw new Error(`run ${page.runId} of repository ${lease.repositoryId} is gone`);
  return run;
}
