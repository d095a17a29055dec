import { sql, type Transaction } from "kysely";
import type { Issue } from "../record/issue.ts";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { holdBack } from "./held-records.ts";
import type { Lease } from "./leases.ts";
import { type NewRecord, saveIssues, saveMemberships, saveRecords, withdrawRecords } from "./records.ts";
import { keepLease, MAPPED_AGAIN, REMARKS, saveRules } from "./remap-records.ts";
import type { RemapKey } from "./remaps.ts";
import type { Database } from "./schema.ts";

/** With what a page of a remap is put into the feed. */
export interface RemapPublication {
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly leadSeconds: number;
}

/** A record as it is to be in the feed from now on. */
interface ReplacedRecord {
  readonly recordId: number;
  /** `null` where it is not to be in the feed. */
  readonly record: Omit<NewRecord, "recordId"> | null;
  readonly issues: readonly Issue[];
  readonly crosswalk: string;
}

/** The record in JSON: its hash, which is bytes, in hexadecimal digits. */
type RecordInJson = Omit<NewRecord, "recordId" | "contentHash"> & { readonly contentHash: string | null };

interface Former {
  readonly crosswalk: string;
  readonly live: boolean;
  readonly record: RecordInJson | null;
  readonly issues: readonly Issue[];
}

const BATCH = 500;

/**
 * Puts the next records of a remap into the feed in one transaction, and keeps what they were. What its repository has sent
 * anew since, or what has left the feed, is passed over. Returns how many were dealt with; 0 at the end. Throws `LeaseLost`.
 */
export async function activatePage(db: Db, key: RemapKey, publication: RemapPublication): Promise<number> {
  return await inTransaction(db, publication, async (trx, stamp) => {
    const { rows } = await sql<{ fresh: boolean; mapped: RecordInJson | null } & Omit<ReplacedRecord, "record">>`
      UPDATE remap_record m SET (state, former) = (
        SELECT CASE WHEN fresh THEN 'active' ELSE 'outdated' END, CASE WHEN fresh THEN ${FORMER} END
        FROM ${STORED} CROSS JOIN LATERAL (SELECT ${MAY_CHANGE} AND s.crosswalk <> m.crosswalk AS fresh) AS seen
        WHERE ${IS_STORED}
      ) WHERE ${isNext(key, "candidate")}
      RETURNING record_id AS "recordId", mapped, issues, crosswalk, state = 'active' AS fresh`.execute(trx);
    const records = rows.flatMap(({ fresh, mapped, ...row }) =>
      fresh ? [{ ...row, record: mapped === null ? null : fromJson(mapped) }] : [],
    );
    await replace(trx, key.repository_id, stamp, records);
    return rows.length;
  });
}

/**
 * Makes of the next records of a remap what they were before it, in one transaction. What has changed otherwise since is
 * passed over. Returns how many were dealt with; 0 at the end. Throws `LeaseLost`.
 */
export async function rollBackPage(db: Db, key: RemapKey, publication: RemapPublication): Promise<number> {
  return await inTransaction(db, publication, async (trx, stamp) => {
    const { rows } = await sql<{ recordId: number; fresh: boolean; former: Former }>`
      UPDATE remap_record m SET state = (
        SELECT CASE WHEN ${MAY_CHANGE} AND s.crosswalk = m.crosswalk THEN 'rolled-back' ELSE 'outdated' END
        FROM ${STORED} WHERE ${IS_STORED}
      ) WHERE ${isNext(key, "active")}
      RETURNING record_id AS "recordId", former, state = 'rolled-back' AS fresh`.execute(trx);
    const records = rows.flatMap(({ recordId, fresh, former }) =>
      fresh ? [{ recordId, record: formerRecord(former), issues: former.issues, crosswalk: former.crosswalk }] : [],
    );
    await replace(trx, key.repository_id, stamp, records);
    return rows.length;
  });
}

/**
 * Whether a record of a remap, `m`, is among the next ones in a state. An array and no join: joined to its page, and without
 * statistics, every record of the remap was compared with every one of the page.
 */
function isNext({ repository_id, remap_id }: RemapKey, state: "candidate" | "active") {
  const its = sql`repository_id = ${repository_id} AND remap_id = ${remap_id}`;
  return sql`${its} AND record_id = ANY (ARRAY(
    SELECT record_id FROM remap_record WHERE ${its} AND state = ${state} ORDER BY record_id LIMIT ${BATCH}
  ))`;
}

/** Records as sent, `s`, and in the feed, `r`. */
const STORED = sql`source_record s LEFT JOIN record r USING (repository_id, record_id)`;

const IS_STORED = sql`s.repository_id = m.repository_id AND s.record_id = m.record_id`;

/** It is what was mapped, and nothing but mapping or a person keeps it out of the feed. */
const MAY_CHANGE = sql`s.raw_hash = m.raw_hash AND ${MAPPED_AGAIN}`;

const FORMER = sql`jsonb_build_object('crosswalk', s.crosswalk, 'live', r.deleted IS FALSE,
  'record', CASE WHEN r.oai_identifier IS NOT NULL THEN jsonb_build_object('oaiIdentifier', r.oai_identifier,
    'sourceIdentifier', r.source_identifier, 'sourceDatestamp', r.source_datestamp, 'metadataNamespace', r.metadata_namespace,
    'origins', coalesce(r.origins, '[]'), 'setSpecs', to_jsonb(r.set_specs), 'deletedReason', r.deleted_reason, 'published', r.published,
    'contentHash', encode(r.content_hash, 'hex'),
    'quality', CASE WHEN r.quality IS NOT NULL THEN jsonb_build_object('score', r.quality, 'missed', r.rules_missed) END) END,
  'issues', ${REMARKS})`;

async function inTransaction(
  db: Db,
  publication: RemapPublication,
  work: (trx: Transaction<Database>, stamp: Date) => Promise<number>,
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const dealtWith = await work(trx, await announceStamp(trx, publication.leadSeconds));
    await keepLease(trx, publication);
    return dealtWith;
  });
}

/** As with a harvested page, what is published as before keeps its datestamp, and what is held back is only kept up to date. */
async function replace(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  records: readonly ReplacedRecord[],
): Promise<void> {
  const numbered = records.map((record) => ({ ...record, added: false }));
  const hidden = numbered.filter(({ record }) => record === null).map(({ recordId }) => recordId);
  await withdrawRecords(trx, repositoryId, stamp, hidden, "suppressed");
  const waiting = await holdBack(trx, repositoryId, false, numbered);
  const published = numbered.flatMap(({ recordId, record }) =>
    record === null || waiting.has(recordId) ? [] : [{ ...record, recordId }],
  );
  const moved = await saveRecords(trx, repositoryId, stamp, published);
  await saveMemberships(trx, repositoryId, stamp, moved);
  await saveIssues(trx, repositoryId, numbered);
  await saveRules(trx, repositoryId, records);
}

/** What a person took down is kept up to date outside of the feed. */
function formerRecord({ live, record }: Former): ReplacedRecord["record"] {
  if (record === null || !(live || record.deletedReason === "takedown")) return null;
  return { ...fromJson(record), deletedReason: null };
}

function fromJson({ contentHash, ...record }: RecordInJson): Omit<NewRecord, "recordId"> {
  return { ...record, contentHash: contentHash === null ? null : Buffer.from(contentHash, "hex") };
}
