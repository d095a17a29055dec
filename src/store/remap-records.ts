import { sql, type Transaction } from "kysely";
import type { Issue } from "../record/issue.ts";
import { bytesColumn, jsonColumn, textColumn } from "./columns.ts";
import type { Db } from "./database.ts";
import { type Lease, renewLease } from "./leases.ts";
import { LeaseLost } from "./page.ts";
import type { NewRecord } from "./records.ts";
import type { RemapKey } from "./remaps.ts";
import type { Database, DeletedReason, RemapIssues, RemapRecordTable } from "./schema.ts";

/** A stored record that other rules have mapped, as sent and as it is in the feed. */
export interface StaleRecord {
  readonly identifier: string;
  readonly recordId: number;
  readonly raw: string;
  readonly rawHash: Buffer;
  readonly datestamp: string;
  readonly setSpecs: readonly string[];
  readonly metadataNamespace: string;
  readonly crosswalk: string;
  /** `false` for what is not in the feed. */
  readonly live: boolean;
  readonly deletedReason: DeletedReason | null;
  /** It is not in the feed yet, until its run ends or a person decides. */
  readonly held: boolean;
  readonly contentHash: Buffer | null;
  /** The sets that it is in; `null` where it never was in the feed. */
  readonly feedSets: readonly string[] | null;
  readonly issues: readonly Issue[];
}

/**
 * Of the tombstones only those that mapping makes or keeps: what its repository or a sweep has deleted is left as it is,
 * and is mapped when it comes again.
 */
export const MAPPED_AGAIN = sql<boolean>`
  s.raw <> '' AND NOT s.deleted AND (r.deleted IS NOT TRUE OR r.deleted_reason IN ('suppressed', 'takedown'))`;

/** The remarks on the source record `s`, as `Issue[]` in JSON. */
export const REMARKS = sql`coalesce((
  SELECT jsonb_agg(jsonb_build_object('code', code, 'severity', severity, 'field', field, 'path', path, 'value', value)
    ORDER BY position)
  FROM record_issue i WHERE i.repository_id = s.repository_id AND i.record_id = s.record_id
), '[]')`;

/** The next records after `cursor`, in the order of their identifiers, that carry none of the present `rules`. */
export async function listStale(
  db: Db,
  repositoryId: number,
  rules: readonly string[],
  cursor: string,
  limit: number,
): Promise<readonly StaleRecord[]> {
  // LIMIT makes PostgreSQL look each record up in the index, also without statistics (see `findUnchanged`)
  const { rows } = await sql<StaleRecord>`
    SELECT s.identifier, s.record_id AS "recordId", s.raw, s.raw_hash AS "rawHash", s.datestamp, s.set_specs AS "setSpecs",
      s.metadata_namespace AS "metadataNamespace", s.crosswalk, r.deleted IS FALSE AS live,
      r.deleted_reason AS "deletedReason", r.content_hash AS "contentHash", r.set_specs AS "feedSets",
      EXISTS (
        SELECT FROM held_record h WHERE h.repository_id = s.repository_id AND h.record_id = s.record_id
      ) AS held,
      ${REMARKS} AS issues
    FROM source_record s LEFT JOIN LATERAL (
      SELECT * FROM record WHERE record.repository_id = s.repository_id AND record.record_id = s.record_id LIMIT 1
    ) r ON true
    WHERE s.repository_id = ${repositoryId} AND s.identifier > ${cursor} AND s.crosswalk <> ALL (${rules}::text[])
      AND ${MAPPED_AGAIN}
    ORDER BY s.identifier LIMIT ${limit}`.execute(db);
  return rows;
}

/** How many records of a repository carry none of the present `rules`. */
export async function countStale(db: Db, repositoryId: number, rules: readonly string[]): Promise<number> {
  const { rows } = await sql<{ records: number }>`
    SELECT count(*) AS records FROM source_record s LEFT JOIN record r USING (repository_id, record_id)
    WHERE s.repository_id = ${repositoryId} AND s.crosswalk <> ALL (${rules}::text[]) AND ${MAPPED_AGAIN}`.execute(db);
  return rows[0]?.records ?? 0;
}

/** What mapping a record again comes to. */
export interface RemappedRecord {
  readonly recordId: number;
  readonly effect: RemapRecordTable["effect"];
  readonly rawHash: Buffer;
  readonly crosswalk: string;
  readonly record: Omit<NewRecord, "recordId"> | null;
  readonly issues: readonly Issue[];
}

/** A page of records that were mapped again. */
export interface RemappedPage {
  /** Identifier of the last record of the page. */
  readonly cursor: string;
  /** Those that are other ones now. */
  readonly different: readonly RemappedRecord[];
  /** Those that are what they were: they only carry the present rules. */
  readonly same: readonly { readonly recordId: number; readonly crosswalk: string }[];
  readonly records: number;
  readonly unreadable: number;
  /** Of the whole remap so far. */
  readonly issues: RemapIssues;
}

/** Keeps a page of a remap and its place, in one transaction. Returns whether somebody asked for its end. Throws `LeaseLost`. */
export async function saveRemappedPage(
  db: Db,
  key: RemapKey,
  page: RemappedPage,
  held: { readonly lease: Lease; readonly leaseMs: number },
): Promise<{ readonly cancelRequested: boolean }> {
  return await db.transaction().execute(async (trx) => {
    await saveDifferent(trx, key, page.different);
    await saveRules(trx, key.repository_id, page.same);
    const counted = await saveCounts(trx, key, page);
    await keepLease(trx, held);
    return counted;
  });
}

/** Prolongs the lease, or undoes the transaction: somebody else may be at work. Throws `LeaseLost`. */
export async function keepLease(
  trx: Transaction<Database>,
  { lease, leaseMs }: { readonly lease: Lease; readonly leaseMs: number },
): Promise<void> {
  if (!(await renewLease(trx, lease, leaseMs)))
    throw new LeaseLost(`the lease on ${lease.host} ran out during a remap; nothing of the page was kept`);
}

async function saveCounts(trx: Transaction<Database>, key: RemapKey, page: RemappedPage) {
  const count = (effect: RemappedRecord["effect"]) =>
    page.different.filter((record) => record.effect === effect).length;
  const { rows } = await sql<{ cancelRequested: boolean }>`
    UPDATE remap SET cursor = ${page.cursor}, records = records + ${page.records},
      issues = ${JSON.stringify(page.issues)}::jsonb, unreadable = unreadable + ${page.unreadable},
      changed = changed + ${count("changed")}, published = published + ${count("published")},
      withdrawn = withdrawn + ${count("withdrawn")}, remarked = remarked + ${count("remarked")}
    WHERE repository_id = ${key.repository_id} AND remap_id = ${key.remap_id}
    RETURNING cancel_requested AS "cancelRequested"`.execute(trx);
  return { cancelRequested: rows[0]?.cancelRequested ?? true };
}

async function saveDifferent(
  trx: Transaction<Database>,
  key: RemapKey,
  records: readonly RemappedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const texts = (of: (record: RemappedRecord) => string) => textColumn(records.map(of));
  await sql`
    INSERT INTO remap_record (repository_id, remap_id, record_id, effect, raw_hash, crosswalk, mapped, issues)
    SELECT ${key.repository_id}, ${key.remap_id}, record_id, effect, raw_hash, crosswalk, mapped, issues
    FROM unnest(
      ${records.map(({ recordId }) => recordId)}::bigint[],
      ${texts(({ effect }) => effect)}::text[],
      ${bytesColumn(records.map(({ rawHash }) => rawHash))}::bytea[],
      ${texts(({ crosswalk }) => crosswalk)}::text[],
      ${jsonColumn(records.map(({ record }) => (record === null ? null : jsonOf(record))))}::jsonb[],
      ${jsonColumn(records.map(({ issues }) => JSON.stringify(issues)))}::jsonb[]
    ) AS mapped (record_id, effect, raw_hash, crosswalk, mapped, issues)`.execute(trx);
}

/** Gives source records the rules that map them now. */
export async function saveRules(
  trx: Transaction<Database>,
  repositoryId: number,
  records: readonly { readonly recordId: number; readonly crosswalk: string }[],
): Promise<void> {
  if (records.length === 0) return;
  await sql`
    UPDATE source_record s SET crosswalk = given.crosswalk
    FROM unnest(
      ${records.map(({ recordId }) => recordId)}::bigint[], ${textColumn(records.map(({ crosswalk }) => crosswalk))}::text[]
    ) AS given (record_id, crosswalk)
    WHERE s.repository_id = ${repositoryId} AND s.record_id = given.record_id`.execute(trx);
}

/** A hash is bytes, which JSON has not: it is written in hexadecimal digits. */
function jsonOf({ contentHash, ...record }: Omit<NewRecord, "recordId">): string {
  return JSON.stringify({ ...record, contentHash: contentHash === null ? null : contentHash.toString("hex") });
}
