import { sql, type Transaction } from "kysely";
import type { Origin } from "../oai/types.ts";
import type { StoredRecord } from "../record/common-record.ts";
import type { Issue } from "../record/issue.ts";
import { arrayLiteral, bytesColumn, jsonColumn, textColumn } from "./columns.ts";
import type { Db } from "./database.ts";
import { lostFields } from "./lost-fields.ts";
import type { Database, DeletedReason } from "./schema.ts";

/** A record as mapped, ready for the feed. */
export interface NewRecord {
  readonly recordId: number;
  readonly oaiIdentifier: string;
  readonly sourceIdentifier: string;
  readonly sourceDatestamp: string;
  readonly metadataNamespace: string;
  readonly setSpecs: readonly string[];
  /** `null` on a live record. */
  readonly deletedReason: DeletedReason | null;
  /** `null` on a deleted one. */
  readonly published: StoredRecord | null;
  readonly contentHash: Buffer | null;
  /** Where it was before its repository got it, the last station first; not given where nobody tells. */
  readonly origins?: readonly Origin[];
  /** Score, and the bits of the rules that it misses; `null` on a deleted one, not given where nobody judged it. */
  readonly quality?: RecordQuality | null;
}

/** What is kept of the quality of a record (`src/quality`). */
export interface RecordQuality {
  /** 0 to 100. */
  readonly score: number;
  readonly missed: number;
}

/** Of 1,000 rows at once, PostgreSQL took a fifth more time for a record, and the harvester 10 MB more. */
const ROWS_PER_STATEMENT = 200;

/** A person took it down: whatever its repository sends, it stays where it is in the feed. */
const TAKEN_DOWN = sql<boolean>`record.deleted_reason IS NOT DISTINCT FROM 'takedown'`;

/** What harvesters of the feed have to be told: it is deleted or comes back, or its sets or its published form change. */
const MOVES = sql<boolean>`(record.deleted <> excluded.deleted OR (NOT excluded.deleted
  AND (record.set_specs <> excluded.set_specs OR record.content_hash IS DISTINCT FROM excluded.content_hash)))`;

/**
 * Puts records into the feed under the announced `stamp`. PostgreSQL decides what changed: a record whose published form
 * is what it was keeps its stamp, even where its score is another. One that a person took down stays a tombstone and is
 * only kept up to date. Returns the numbers of those that moved.
 */
export async function saveRecords(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  records: readonly NewRecord[],
): Promise<readonly number[]> {
  const moved: number[] = [];
  for (let start = 0; start < records.length; start += ROWS_PER_STATEMENT) {
    moved.push(...(await upsert(trx, repositoryId, stamp, records.slice(start, start + ROWS_PER_STATEMENT))));
  }
  return moved;
}

async function upsert(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  records: readonly NewRecord[],
): Promise<readonly number[]> {
  const texts = (of: (record: NewRecord) => string | null) => textColumn(records.map(of));
  const json = records.map(({ published }) => (published === null ? null : JSON.stringify(published)));
  // what a deleted record was stays known, and so do its sets: who harvests one of them has to be told
  const { rows } = await sql<{ record_id: number; moved: boolean }>`
    INSERT INTO record (repository_id, record_id, oai_identifier, stamp, deleted, deleted_reason, content_hash, set_specs,
      source_identifier, source_datestamp, metadata_namespace, origins, published, quality, rules_missed)
    SELECT ${repositoryId}, record_id, oai_identifier, ${stamp}::timestamptz, deleted_reason IS NOT NULL, deleted_reason,
      content_hash, set_specs::text[], source_identifier, source_datestamp, metadata_namespace, origins, published, quality,
      rules_missed
    FROM unnest(
      ${records.map(({ recordId }) => recordId)}::bigint[],
      ${texts((record) => record.oaiIdentifier)}::text[],
      ${texts((record) => record.deletedReason)}::text[],
      ${bytesColumn(records.map(({ contentHash }) => contentHash))}::bytea[],
      ${texts((record) => arrayLiteral(record.setSpecs))}::text[],
      ${texts((record) => record.sourceIdentifier)}::text[],
      ${texts((record) => record.sourceDatestamp)}::text[],
      ${texts((record) => record.metadataNamespace)}::text[],
      ${originsColumn(records)}::jsonb[],
      ${jsonColumn(json)}::jsonb[],
      ${records.map(({ quality }) => quality?.score ?? null)}::smallint[],
      ${records.map(({ quality }) => quality?.missed ?? null)}::int[]
    ) AS mapped (record_id, oai_identifier, deleted_reason, content_hash, set_specs, source_identifier, source_datestamp,
      metadata_namespace, origins, published, quality, rules_missed)
    ON CONFLICT (repository_id, record_id) DO UPDATE SET
      stamp = CASE WHEN ${TAKEN_DOWN} OR NOT ${MOVES} THEN record.stamp ELSE excluded.stamp END,
      deleted = ${TAKEN_DOWN} OR excluded.deleted,
      deleted_reason = CASE WHEN ${TAKEN_DOWN} THEN record.deleted_reason ELSE excluded.deleted_reason END,
      content_hash = coalesce(excluded.content_hash, record.content_hash),
      published = coalesce(excluded.published, record.published),
      lost_fields = ${lostFields("record", sql`excluded.published`)},
      set_specs = CASE WHEN ${TAKEN_DOWN} OR excluded.deleted THEN record.set_specs ELSE excluded.set_specs END,
      source_datestamp = CASE WHEN ${MOVES} THEN excluded.source_datestamp ELSE record.source_datestamp END,
      metadata_namespace = CASE WHEN ${MOVES} THEN excluded.metadata_namespace ELSE record.metadata_namespace END,
      origins = CASE WHEN ${MOVES} THEN excluded.origins ELSE record.origins END,
      quality = coalesce(excluded.quality, record.quality),
      rules_missed = coalesce(excluded.rules_missed, record.rules_missed)
    WHERE ${MOVES} OR excluded.quality IS NOT NULL
      AND (excluded.quality, excluded.rules_missed) IS DISTINCT FROM (record.quality, record.rules_missed)
    RETURNING record_id, NOT ${TAKEN_DOWN} AND record.stamp = ${stamp}::timestamptz(0) AS moved`.execute(trx);
  return rows.filter(({ moved }) => moved).map((row) => row.record_id);
}

/** The stations of records, for `jsonb[]`; nearly all have none. */
export function originsColumn(records: readonly NewRecord[]): Buffer {
  return jsonColumn(records.map(({ origins = [] }) => (origins.length === 0 ? null : JSON.stringify(origins))));
}

/**
 * Puts records that left their place in the feed at `stamp` into the sets that they name now, and out of all others. The
 * sets are there (`ensureSet`). `known` are those that may be in sets already.
 */
export async function saveMemberships(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  recordIds: readonly number[],
  known: readonly number[] = recordIds,
): Promise<void> {
  if (known.length > 0) {
    await sql`DELETE FROM record_set WHERE repository_id = ${repositoryId} AND record_id = ANY (${known}::bigint[])`.execute(
      trx,
    );
  }
  if (recordIds.length === 0) return;
  await sql`
    INSERT INTO record_set (set_id, stamp, record_id, repository_id)
    SELECT set_id, ${stamp}, record_id, ${repositoryId}
    FROM record CROSS JOIN unnest(set_specs) AS named JOIN oai_set ON set_spec = named
    WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])`.execute(trx);
}

/** Of the given records, those that are live in the feed. */
export async function findLive(
  trx: Transaction<Database>,
  repositoryId: number,
  recordIds: readonly number[],
): Promise<readonly number[]> {
  if (recordIds.length === 0) return [];
  const { rows } = await sql<{ record_id: number }>`
    SELECT record_id FROM record
    WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[]) AND NOT deleted`.execute(trx);
  return rows.map((row) => row.record_id);
}

/** Takes live records out of the feed: tombstones with their reason, at their new place in every set. Returns which. */
export async function withdrawRecords(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  recordIds: readonly number[],
  reason: DeletedReason,
): Promise<readonly number[]> {
  if (recordIds.length === 0) return [];
  const { rows } = await sql<{ record_id: number }>`
    UPDATE record SET deleted = true, deleted_reason = ${reason}, stamp = ${stamp}
    WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[]) AND NOT deleted
    RETURNING record_id`.execute(trx);
  const withdrawn = rows.map((row) => row.record_id);
  await moveMemberships(trx, repositoryId, stamp, withdrawn);
  return withdrawn;
}

/**
 * Brings tombstones back as what they were. Returns how many came back; one that was never published cannot, and one that
 * a person took down meanwhile does not.
 */
export async function restoreRecords(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  recordIds: readonly number[],
): Promise<number> {
  if (recordIds.length === 0) return 0;
  const { rows } = await sql<{ record_id: number }>`
    UPDATE record SET deleted = false, deleted_reason = NULL, stamp = ${stamp}
    WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[]) AND deleted
      AND deleted_reason <> 'takedown' AND published IS NOT NULL
    RETURNING record_id`.execute(trx);
  const restored = rows.map((row) => row.record_id);
  await moveMemberships(trx, repositoryId, stamp, restored);
  return restored.length;
}

/** Moves records to `stamp` in the sets in which they are. */
export async function moveMemberships(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  recordIds: readonly number[],
): Promise<void> {
  await sql`
    UPDATE record_set SET stamp = ${stamp}
    WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])`.execute(trx);
}

/** Replaces the remarks on the given records. */
export async function saveIssues(
  trx: Transaction<Database>,
  repositoryId: number,
  records: readonly { readonly recordId: number; readonly added: boolean; readonly issues: readonly Issue[] }[],
): Promise<void> {
  const known = records.filter(({ added }) => !added).map(({ recordId }) => recordId);
  if (known.length > 0) {
    await sql`DELETE FROM record_issue WHERE repository_id = ${repositoryId} AND record_id = ANY (${known}::bigint[])`.execute(
      trx,
    );
  }
  const rows = records.flatMap(({ recordId, issues }) =>
    issues.map((issue, position) => ({ recordId, position, ...issue })),
  );
  if (rows.length === 0) return;
  const texts = (of: (row: (typeof rows)[number]) => string | null) => textColumn(rows.map(of));
  await sql`
    INSERT INTO record_issue (repository_id, record_id, position, code, severity, field, path, value)
    SELECT ${repositoryId}, record_id, position, code, severity, field, path, value
    FROM unnest(
      ${rows.map(({ recordId }) => recordId)}::bigint[],
      ${rows.map(({ position }) => position)}::int[],
      ${texts((row) => row.code)}::text[],
      ${texts((row) => row.severity)}::text[],
      ${texts((row) => row.field)}::text[],
      ${texts((row) => row.path)}::text[],
      ${texts((row) => row.value)}::text[]
    ) AS noted (record_id, position, code, severity, field, path, value)`.execute(trx);
}

/** How many records of a repository are in the feed, and how many tombstones. */
export interface RecordCount {
  readonly repositoryId: number;
  readonly live: number;
  readonly deleted: number;
}

/** Counts the records of each repository, by an index alone: a million takes some tenths of a second. */
export async function countRecords(db: Db): Promise<readonly RecordCount[]> {
  const { rows } = await sql<RecordCount>`
    SELECT repository_id AS "repositoryId", count(*) FILTER (WHERE NOT deleted) AS live, count(*) FILTER (WHERE deleted) AS deleted
    FROM record GROUP BY repository_id`.execute(db);
  return rows;
}

/** A remark, and how often it is made on records of a repository. */
export interface IssueCount {
  readonly code: string;
  readonly times: number;
}

/** How often each remark is made on records of a repository, most frequent first; counted by an index alone. */
export async function countIssues(db: Db, repositoryId: number): Promise<readonly IssueCount[]> {
  const { rows } = await sql<IssueCount>`
    SELECT code, count(*) AS times FROM record_issue
    WHERE repository_id = ${repositoryId} GROUP BY code ORDER BY times DESC, code`.execute(db);
  return rows;
}
