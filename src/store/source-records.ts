import { sql, type Transaction } from "kysely";
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
  /** `id@version` of the crosswalk that maps it. */
  readonly crosswalk: string;
}

/** How a source record was stored: its number, and whether we had never seen it. */
export interface StoredSourceRecord {
  readonly identifier: string;
  readonly recordId: number;
  readonly added: boolean;
}

/** Columns times rows must stay below 65,535, the most parameters one statement may have. */
const ROWS_PER_STATEMENT = 1_000;

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
  const { rows } = await sql<{ identifier: string; record_id: number }>`
    SELECT asked.identifier, s.record_id
    FROM unnest(${records.map((record) => record.identifier)}::text[], ${records.map((record) => record.rawHash)}::bytea[])
      AS asked (identifier, raw_hash)
    JOIN source_record s ON s.repository_id = ${repositoryId} AND s.identifier = asked.identifier AND s.raw_hash = asked.raw_hash
    WHERE NOT EXISTS (
      SELECT FROM record r
      WHERE r.repository_id = s.repository_id AND r.record_id = s.record_id AND r.deleted_reason = 'sweep'
    )`.execute(db);
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
  return await trx
    .insertInto("source_record")
    .values(
      records.map((record) => ({
        repository_id: repositoryId,
        identifier: record.identifier,
        raw: record.raw,
        raw_hash: record.rawHash,
        datestamp: record.datestamp,
        set_specs: record.setSpecs,
        metadata_namespace: record.metadataNamespace,
        deleted: record.deleted,
        crosswalk: record.crosswalk,
        first_run_id: runId,
        changed_run_id: runId,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["repository_id", "identifier"]).doUpdateSet((eb) => ({
        raw: eb.ref("excluded.raw"),
        raw_hash: eb.ref("excluded.raw_hash"),
        datestamp: eb.ref("excluded.datestamp"),
        set_specs: eb.ref("excluded.set_specs"),
        metadata_namespace: eb.ref("excluded.metadata_namespace"),
        deleted: eb.ref("excluded.deleted"),
        crosswalk: eb.ref("excluded.crosswalk"),
        changed_run_id: eb.ref("excluded.changed_run_id"),
        changed_at: sql`clock_timestamp()`,
      })),
    )
    // xmax is 0 on a row that was inserted and the updating transaction's number on one that was there
    .returning(["identifier", "record_id as recordId", sql<boolean>`xmax = 0`.as("added")])
    .execute();
}

/** One source record, exactly as stored, or `null`. */
export async function findSourceRecord(db: Db, repositoryId: number, identifier: string) {
  const query = db.selectFrom("source_record").selectAll().where("repository_id", "=", repositoryId);
  return (await query.where("identifier", "=", identifier).executeTakeFirst()) ?? null;
}
