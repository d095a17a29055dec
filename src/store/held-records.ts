import { sql, type Transaction } from "kysely";
import { arrayLiteral, bytesColumn, jsonColumn, textColumn } from "./columns.ts";
import type { Db } from "./database.ts";
import { announceStamp } from "./fence.ts";
import { type NewRecord, originsColumn } from "./records.ts";
import type { Database, RebindingState } from "./schema.ts";

/** A record of a page, with its number. */
export interface NumberedRecord {
  readonly recordId: number;
  /** Its identifier has never been seen before. */
  readonly added: boolean;
  /** `null` where it may not be published. */
  readonly record: Omit<NewRecord, "recordId"> | null;
}

/** Rows that one transaction publishes. */
const BATCH = 1_000;

/**
 * Puts aside the records of a page that are not to be in the feed yet: with `holdsNew` those that have never been in it,
 * and in any case those that wait already, as they are now. Returns the numbers of all that wait.
 */
export async function holdBack(
  trx: Transaction<Database>,
  repositoryId: number,
  holdsNew: boolean,
  records: readonly NumberedRecord[],
): Promise<ReadonlySet<number>> {
  const known = records.filter(({ added }) => !added).map(({ recordId }) => recordId);
  const outside = await findOutside(trx, repositoryId, known);
  const waits = ({ recordId, added }: NumberedRecord) =>
    outside.get(recordId) === "held" || (holdsNew && (added || outside.has(recordId)));
  const waiting = records.filter(waits);
  const hidden = waiting.filter(({ record }) => record === null).map(({ recordId }) => recordId);
  await dropHeld(trx, repositoryId, hidden);
  const held = waiting.flatMap(({ recordId, record }) => (record === null ? [] : [{ ...record, recordId }]));
  for (let start = 0; start < held.length; start += BATCH)
    await hold(trx, repositoryId, held.slice(start, start + BATCH));
  return new Set(held.map(({ recordId }) => recordId));
}

/** Of the given records, those that have never been in the feed, and whether they wait to be. */
async function findOutside(
  trx: Transaction<Database>,
  repositoryId: number,
  recordIds: readonly number[],
): Promise<ReadonlyMap<number, "held" | "unpublished">> {
  if (recordIds.length === 0) return new Map();
  const { rows } = await sql<{ record_id: number; held: boolean }>`
    SELECT record_id, EXISTS (
      SELECT FROM held_record h WHERE h.repository_id = ${repositoryId} AND h.record_id = given.record_id
    ) AS held
    FROM unnest(${recordIds}::bigint[]) AS given (record_id)
    WHERE NOT EXISTS (
      SELECT FROM record r WHERE r.repository_id = ${repositoryId} AND r.record_id = given.record_id
    )`.execute(trx);
  return new Map(rows.map((row) => [row.record_id, row.held ? "held" : "unpublished"]));
}

async function dropHeld(trx: Transaction<Database>, repositoryId: number, recordIds: readonly number[]): Promise<void> {
  if (recordIds.length === 0) return;
  await sql`
    DELETE FROM held_record WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])`.execute(
    trx,
  );
}

async function hold(trx: Transaction<Database>, repositoryId: number, records: readonly NewRecord[]): Promise<void> {
  const texts = (of: (record: NewRecord) => string | null) => textColumn(records.map(of));
  const json = records.map(({ published }) => (published === null ? null : JSON.stringify(published)));
  await sql`
    INSERT INTO held_record (repository_id, record_id, oai_identifier, deleted_reason, content_hash, set_specs,
      source_identifier, source_datestamp, metadata_namespace, origins, published, quality, rules_missed)
    SELECT ${repositoryId}, record_id, oai_identifier, deleted_reason, content_hash, set_specs::text[], source_identifier,
      source_datestamp, metadata_namespace, origins, published, quality, rules_missed
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
      deleted_reason = excluded.deleted_reason, content_hash = excluded.content_hash, set_specs = excluded.set_specs,
      source_datestamp = excluded.source_datestamp, metadata_namespace = excluded.metadata_namespace,
      origins = excluded.origins,
      published = excluded.published, quality = excluded.quality, rules_missed = excluded.rules_missed`.execute(trx);
}

/** What may enter the feed: all that is not proposed to be a known record, or only what a person said is none. */
export type Releasable = "not-proposed" | "rejected";

/**
 * Puts what waits into the feed, in batches. Returns how many records are no longer held. What was interrupted goes on with
 * the next call.
 */
export async function releaseHeld(
  db: Db,
  repositoryId: number,
  leadSeconds: number,
  which: Releasable = "not-proposed",
): Promise<number> {
  let released = 0;
  let after = 0;
  for (;;) {
    const batch = await db.transaction().execute(async (trx) => {
      const recordIds = await listReleasable(trx, repositoryId, which, after);
      if (recordIds.length > 0) await publish(trx, repositoryId, await announceStamp(trx, leadSeconds), recordIds);
      return recordIds;
    });
    const last = batch.at(-1);
    if (last === undefined) return released;
    released += batch.length;
    after = last;
  }
}

async function listReleasable(
  trx: Transaction<Database>,
  repositoryId: number,
  which: Releasable,
  after: number,
): Promise<readonly number[]> {
  const is = (state: RebindingState) => sql`EXISTS (
    SELECT FROM rebinding b
    WHERE b.repository_id = h.repository_id AND b.new_identifier = h.source_identifier AND b.state = ${sql.lit(state)}
  )`;
  const { rows } = await sql<{ record_id: number }>`
    SELECT record_id FROM held_record h WHERE repository_id = ${repositoryId} AND record_id > ${after}
      AND NOT ${is("proposed")} ${which === "rejected" ? sql`AND ${is("rejected")}` : sql``}
    ORDER BY record_id LIMIT ${BATCH} FOR UPDATE OF h`.execute(trx);
  return rows.map((row) => row.record_id);
}

/**
 * A record that took another source has kept the identifier that its old source would have been given. Where that old
 * source comes back it gets one with a digest in it; where it comes back as deleted there is nothing to say.
 */
async function publish(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  recordIds: readonly number[],
): Promise<void> {
  await sql`
    WITH due AS (
      DELETE FROM held_record WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])
      RETURNING *
    ), named AS (
      SELECT due.*, EXISTS (
        SELECT FROM record r WHERE r.repository_id = due.repository_id AND r.oai_identifier = due.oai_identifier
          AND r.record_id <> due.record_id
      ) AS taken FROM due
    ), entered AS (
      INSERT INTO record (repository_id, record_id, oai_identifier, stamp, deleted, deleted_reason, content_hash, set_specs,
        source_identifier, source_datestamp, metadata_namespace, origins, published, quality, rules_missed)
      SELECT repository_id, record_id,
        CASE WHEN taken THEN substring(oai_identifier FROM '^[^/]*/') || '~~' || encode(sha256(
          convert_to(source_identifier || E'\\n' || record_id, 'UTF8')), 'hex') ELSE oai_identifier END,
        ${stamp}, deleted_reason IS NOT NULL, deleted_reason, content_hash, set_specs,
        source_identifier, source_datestamp, metadata_namespace, origins, published, quality, rules_missed
      FROM named WHERE NOT (taken AND deleted_reason IS NOT NULL)
      ON CONFLICT (repository_id, record_id) DO NOTHING
      RETURNING record_id, set_specs
    )
    INSERT INTO record_set (set_id, stamp, record_id, repository_id)
    SELECT set_id, ${stamp}, record_id, ${repositoryId} FROM entered JOIN oai_set ON set_spec = ANY (set_specs)`.execute(
    trx,
  );
}
