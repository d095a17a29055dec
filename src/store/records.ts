import { sql, type Transaction } from "kysely";
import type { StoredRecord } from "../record/common-record.ts";
import type { Issue } from "../record/issue.ts";
import type { Db } from "./database.ts";
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
}

const ROWS_PER_STATEMENT = 1_000;

/**
 * Puts records into the feed under the announced `stamp`. PostgreSQL decides what changed: a record whose published form
 * is what it was keeps its stamp. Returns the numbers of those that moved.
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
  const rows = await trx
    .insertInto("record")
    .values(records.map((record) => rowOf(repositoryId, stamp, record)))
    .onConflict((conflict) =>
      conflict
        .columns(["repository_id", "record_id"])
        .doUpdateSet((eb) => ({
          stamp: eb.ref("excluded.stamp"),
          deleted: eb.ref("excluded.deleted"),
          deleted_reason: eb.ref("excluded.deleted_reason"),
          // what a deleted record was stays known
          content_hash: sql`coalesce(excluded.content_hash, record.content_hash)`,
          published: sql`coalesce(excluded.published, record.published)`,
          set_specs: eb.ref("excluded.set_specs"),
          source_datestamp: eb.ref("excluded.source_datestamp"),
          metadata_namespace: eb.ref("excluded.metadata_namespace"),
        }))
        .where(
          sql<boolean>`record.deleted <> excluded.deleted OR record.set_specs <> excluded.set_specs
            OR (NOT excluded.deleted AND record.content_hash IS DISTINCT FROM excluded.content_hash)`,
        ),
    )
    .returning("record_id")
    .execute();
  return rows.map((row) => row.record_id);
}

function rowOf(repositoryId: number, stamp: Date, record: NewRecord) {
  return {
    repository_id: repositoryId,
    record_id: record.recordId,
    oai_identifier: record.oaiIdentifier,
    stamp,
    deleted: record.deletedReason !== null,
    deleted_reason: record.deletedReason,
    content_hash: record.contentHash,
    set_specs: record.setSpecs,
    source_identifier: record.sourceIdentifier,
    source_datestamp: record.sourceDatestamp,
    metadata_namespace: record.metadataNamespace,
    published: record.published === null ? null : JSON.stringify(record.published),
  };
}

/** Moves records that left their place in the feed to `stamp` in every one of the given sets, and out of all others. */
export async function saveMemberships(
  trx: Transaction<Database>,
  repositoryId: number,
  stamp: Date,
  recordIds: readonly number[],
  setIds: readonly number[],
): Promise<void> {
  if (recordIds.length === 0) return;
  await sql`DELETE FROM record_set WHERE repository_id = ${repositoryId} AND record_id = ANY (${recordIds}::bigint[])`.execute(
    trx,
  );
  await sql`
    INSERT INTO record_set (set_id, stamp, record_id, repository_id)
    SELECT set_id, ${stamp}, record_id, ${repositoryId}
    FROM unnest(${recordIds}::bigint[]) record_id CROSS JOIN unnest(${setIds}::int[]) set_id`.execute(trx);
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

/** Brings tombstones back as what they were. Returns how many came back; one that was never published cannot. */
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
      AND published IS NOT NULL
    RETURNING record_id`.execute(trx);
  const restored = rows.map((row) => row.record_id);
  await moveMemberships(trx, repositoryId, stamp, restored);
  return restored.length;
}

async function moveMemberships(
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
    issues.map((issue, position) => ({ repository_id: repositoryId, record_id: recordId, position, ...issue })),
  );
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await trx
      .insertInto("record_issue")
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .execute();
  }
}

/** Live and deleted records of each repository in the feed. */
export async function countRecords(
  db: Db,
): Promise<readonly { readonly repositoryId: number; readonly live: number; readonly deleted: number }[]> {
  const { rows } = await sql<{ repositoryId: number; live: number; deleted: number }>`
    SELECT repository_id AS "repositoryId", count(*) FILTER (WHERE NOT deleted) AS live, count(*) FILTER (WHERE deleted) AS deleted
    FROM record GROUP BY repository_id`.execute(db);
  return rows;
}

/** How often each remark stands on records of a repository, most frequent first. */
export async function countIssues(
  db: Db,
  repositoryId: number,
): Promise<readonly { readonly code: string; readonly severity: string; readonly records: number }[]> {
  const { rows } = await sql<{ code: string; severity: string; records: number }>`
    SELECT code, severity, count(DISTINCT record_id) AS records FROM record_issue
    WHERE repository_id = ${repositoryId} GROUP BY code, severity ORDER BY records DESC, code`.execute(db);
  return rows;
}
