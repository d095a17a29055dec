import { sql, type Transaction } from "kysely";
import { arrayLiteral, bytesColumn, textColumn } from "./columns.ts";
import type { Db } from "./database.ts";
import type { Database } from "./schema.ts";

/** What a repository sent of one record, ready to be stored. */
export interface NewSourceRecord {
  readonly identifier: string;
  readonly raw: string;
  readonly rawHash: Buffer;
  readonly datestamp: string;
  readonly setSpecs: readonly string[];
  readonly metadataNamespace: string;
  readonly deleted: boolean;
  /** The rules that map it: `id@version+hash` of the crosswalk, its tables and the repository's overrides. */
  readonly crosswalk: string;
}

/** How a source record was stored: its number, and whether we had never seen it. */
export interface StoredSourceRecord {
  readonly identifier: string;
  readonly recordId: number;
  readonly added: boolean;
}

/** Of 1,000 rows at once, PostgreSQL took a fifth more time for a record, and the harvester 10 MB more. */
const ROWS_PER_STATEMENT = 200;

/**
 * Of the given identifiers, those whose stored bytes have the given hash, with their numbers: nothing needs to be done.
 * What a sweep took out of the feed is not among them: that it comes at all is news.
 */
export async function findUnchanged(
  db: Db,
  repositoryId: number,
  records: readonly { readonly identifier: string; readonly rawHash: Buffer }[],
): Promise<ReadonlyMap<string, number>> {
  if (records.length === 0) return new Map();
  // LIMIT makes PostgreSQL look each one up in the index: without statistics, as before the first ANALYZE, it joined all
  // records of the repository to every page (50 µs a record instead of 8, in pages of 100 with 6,000 records there)
  const { rows } = await sql<{ identifier: string; record_id: number }>`
    SELECT asked.identifier, known.record_id
    FROM unnest(
      ${textColumn(records.map((record) => record.identifier))}::text[],
      ${bytesColumn(records.map((record) => record.rawHash))}::bytea[]
    ) AS asked (identifier, raw_hash)
    CROSS JOIN LATERAL (
      SELECT s.record_id FROM source_record s
      WHERE s.repository_id = ${repositoryId} AND s.identifier = asked.identifier AND s.raw_hash = asked.raw_hash
        AND NOT EXISTS (
          SELECT FROM record r
          WHERE r.repository_id = s.repository_id AND r.record_id = s.record_id AND r.deleted_reason = 'sweep'
        )
      LIMIT 1
    ) AS known`.execute(db);
  return new Map(rows.map((row) => [row.identifier, row.record_id]));
}

/** Stores records as sent, new ones and changed ones. No identifier may come twice (PostgreSQL refuses it). */
export async function saveSourceRecords(
  trx: Transaction<Database>,
  repositoryId: number,
  runId: number,
  records: readonly NewSourceRecord[],
): Promise<readonly StoredSourceRecord[]> {
  const stored: StoredSourceRecord[] = [];
  for (let start = 0; start < records.length; start += ROWS_PER_STATEMENT) {
    const rows = await upsert(trx, repositoryId, runId, records.slice(start, start + ROWS_PER_STATEMENT));
    stored.push(...rows);
  }
  return stored;
}

async function upsert(
  trx: Transaction<Database>,
  repositoryId: number,
  runId: number,
  records: readonly NewSourceRecord[],
): Promise<readonly StoredSourceRecord[]> {
  const texts = (of: (record: NewSourceRecord) => string) => textColumn(records.map(of));
  // it is there, whatever lists said; xmax is 0 on a row that was inserted and the updating transaction's number on one
  // that was there
  const { rows } = await sql<StoredSourceRecord>`
    INSERT INTO source_record (repository_id, identifier, raw, raw_hash, datestamp, set_specs, metadata_namespace, deleted,
      crosswalk, first_run_id, changed_run_id)
    SELECT ${repositoryId}, identifier, raw, raw_hash, datestamp, set_specs::text[], metadata_namespace, deleted, crosswalk,
      ${runId}::bigint, ${runId}::bigint
    FROM unnest(
      ${texts((record) => record.identifier)}::text[],
      ${texts((record) => record.raw)}::text[],
      ${bytesColumn(records.map((record) => record.rawHash))}::bytea[],
      ${texts((record) => record.datestamp)}::text[],
      ${texts((record) => arrayLiteral(record.setSpecs))}::text[],
      ${texts((record) => record.metadataNamespace)}::text[],
      ${records.map((record) => record.deleted)}::boolean[],
      ${texts((record) => record.crosswalk)}::text[]
    ) AS sent (identifier, raw, raw_hash, datestamp, set_specs, metadata_namespace, deleted, crosswalk)
    ON CONFLICT (repository_id, identifier) DO UPDATE SET
      raw = excluded.raw, raw_hash = excluded.raw_hash, datestamp = excluded.datestamp, set_specs = excluded.set_specs,
      metadata_namespace = excluded.metadata_namespace, deleted = excluded.deleted, crosswalk = excluded.crosswalk,
      changed_run_id = excluded.changed_run_id, changed_at = clock_timestamp(), missed_lists = 0
    RETURNING identifier, record_id AS "recordId", xmax = 0 AS added`.execute(trx);
  return rows;
}

/** One source record, exactly as stored, or `null`. */
export async function findSourceRecord(db: Db, repositoryId: number, identifier: string) {
  const query = db.selectFrom("source_record").selectAll().where("repository_id", "=", repositoryId);
  return (await query.where("identifier", "=", identifier).executeTakeFirst()) ?? null;
}
