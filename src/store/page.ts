import { sql, type Transaction } from "kysely";
import type { Issue } from "../record/issue.ts";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { type Lease, renewLease } from "./leases.ts";
import { type NewRecord, saveIssues, saveMemberships, saveRecords, suppressRecords } from "./records.ts";
import type { PageCounts } from "./runs.ts";
import type { Database } from "./schema.ts";
import { type NewSourceRecord, type StoredSourceRecord, saveSourceRecords } from "./source-records.ts";

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
  readonly windowNumber: number;
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly leadSeconds: number;
  readonly setIds: readonly number[];
  readonly changed: readonly ChangedRecord[];
  readonly rejected: readonly RejectedRecord[];
  readonly counts: Pick<PageCounts, "received" | "unchanged" | "deleted" | "repeated" | "bytes">;
  /** `null`: the window is read to its end. */
  readonly resumptionToken: string | null;
  readonly completeListSize: number | null;
}

/** The lease ran out and somebody else may be at work: nothing of the page was stored. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/**
 * Stores a harvested page in one transaction: source records, records, sets, issues, rejected ones, the window's token,
 * the run's counts, the lease. Either all of it is there afterwards or nothing. Throws `LeaseLost`.
 */
export async function savePage(db: Db, page: HarvestedPage): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { repositoryId } = page.lease;
    const stored = await saveChanged(trx, page);
    if (page.rejected.length > 0) {
      const rows = page.rejected.map((rejected) => ({ repository_id: repositoryId, run_id: page.runId, ...rejected }));
      await trx.insertInto("quarantine").values(rows).execute();
    }
    const added = stored.filter((record) => record.added).length;
    await saveProgress(trx, page, { added, changed: stored.length - added });
    if (!(await renewLease(trx, page.lease, page.leaseMs))) {
      throw new LeaseLost(
        `the lease on ${page.lease.host} ran out while a page was being stored; nothing of it was kept`,
      );
    }
  });
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
  const records = numbered.flatMap(({ recordId, record }) => (record === null ? [] : [{ ...record, recordId }]));
  const hidden = numbered.filter(({ record, added }) => record === null && !added).map(({ recordId }) => recordId);
  const moved = [
    ...(await saveRecords(trx, repositoryId, stamp, records)),
    ...(await suppressRecords(trx, repositoryId, stamp, hidden)),
  ];
  await saveMemberships(trx, repositoryId, stamp, moved, page.setIds);
  await saveIssues(trx, repositoryId, numbered);
  return stored;
}

async function saveProgress(
  trx: Transaction<Database>,
  page: HarvestedPage,
  stored: { readonly added: number; readonly changed: number },
): Promise<void> {
  const { counts, lease } = page;
  await sql`
    UPDATE harvest_run SET pages = pages + 1,
      received = received + ${counts.received}, added = added + ${stored.added}, changed = changed + ${stored.changed},
      unchanged = unchanged + ${counts.unchanged}, rejected = rejected + ${page.rejected.length},
      deleted = deleted + ${counts.deleted}, repeated = repeated + ${counts.repeated}, bytes = bytes + ${counts.bytes},
      complete_list_size = coalesce(${page.completeListSize}::int, complete_list_size)
    WHERE repository_id = ${lease.repositoryId} AND run_id = ${page.runId}`.execute(trx);
  await sql`
    UPDATE harvest_window SET pages = pages + 1, received = received + ${counts.received}, resumption_token = ${page.resumptionToken},
      state = ${page.resumptionToken === null ? "closed" : "open"}
    WHERE repository_id = ${lease.repositoryId} AND run_id = ${page.runId} AND window_number = ${page.windowNumber}`.execute(
    trx,
  );
}
