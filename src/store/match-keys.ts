import { hash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { bytesColumn, textColumn } from "./columns.ts";
import type { Db } from "./database.ts";
import type { Database } from "./schema.ts";

/** A record by its numbers; `recordId` alone is unique too, and never given twice. */
export interface RecordRef {
  readonly repositoryId: number;
  readonly recordId: number;
}

/** A record with all that it is to be found by; none on one that is deleted. */
export interface KeyedRecord extends RecordRef {
  readonly keys: readonly { readonly kind: string; readonly key: string }[];
}

/** Two records that share a key. */
export interface CandidatePair {
  readonly record: RecordRef;
  readonly other: RecordRef;
}

/** A key that so many share that it says nothing. */
export interface CommonKey {
  readonly kind: string;
  readonly records: number;
  /** Identifier of one of them. */
  readonly example: string;
}

/** A key that more records share is no evidence: "Báo cáo thực tập tốt nghiệp" of one university. */
export const COMMON_KEY_RECORDS = 50;

/**
 * Gives records their keys instead of those that they had. Returns the other records for which it matters: those of a key
 * that has become too common to say anything by it, or is so no more.
 */
export async function renewMatchKeys(
  trx: Transaction<Database>,
  records: readonly KeyedRecord[],
): Promise<readonly RecordRef[]> {
  const rows = records.flatMap(({ keys, ...ref }) =>
    keys.map(({ kind, key }) => ({ ...ref, kind, digest: hash("sha256", `${kind}\n${key}`, "buffer") })),
  );
  const had = await sql<{ key: Buffer }>`
    SELECT k.key FROM ${given(records)} JOIN match_key k USING (repository_id, record_id)`.execute(trx);
  const touched = [...had.rows.map(({ key }) => key), ...rows.map(({ digest }) => digest)];
  const before = await commonAmong(trx, touched);
  await sql`
    DELETE FROM match_key k USING ${given(records)}
    WHERE k.repository_id = given.repository_id AND k.record_id = given.record_id`.execute(trx);
  await sql`
    INSERT INTO match_key (repository_id, record_id, kind, key)
    SELECT * FROM unnest(${rows.map(({ repositoryId }) => repositoryId)}::integer[],
      ${rows.map(({ recordId }) => recordId)}::bigint[], ${textColumn(rows.map(({ kind }) => kind))}::text[],
      ${bytesColumn(rows.map(({ digest }) => digest))}::bytea[])`.execute(trx);
  const after = await commonAmong(trx, touched);
  const turned = [...before].filter((key) => !after.has(key)).concat([...after].filter((key) => !before.has(key)));
  return await recordsWith(trx, turned);
}

async function commonAmong(trx: Transaction<Database>, keys: readonly Buffer[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    SELECT DISTINCT encode(touched.key, 'hex') AS key FROM unnest(${bytesColumn(keys)}::bytea[]) AS touched (key)
    WHERE ${isCommon("touched.key")}`.execute(trx);
  return new Set(rows.map(({ key }) => key));
}

async function recordsWith(trx: Transaction<Database>, hexKeys: readonly string[]): Promise<readonly RecordRef[]> {
  if (hexKeys.length === 0) return [];
  const { rows } = await sql<RecordRef>`
    SELECT DISTINCT repository_id AS "repositoryId", record_id AS "recordId" FROM match_key
    WHERE key = ANY (${bytesColumn(hexKeys.map((key) => Buffer.from(key, "hex")))}::bytea[])`.execute(trx);
  return rows;
}

/** The records that share a key with one of these, except for keys that too many share. */
export async function listCandidatePairs(db: Db, refs: readonly RecordRef[]): Promise<readonly CandidatePair[]> {
  const { rows } = await sql<{ repository: number; record: number; otherRepository: number; other: number }>`
    SELECT DISTINCT k.repository_id AS repository, k.record_id AS record, o.repository_id AS "otherRepository",
      o.record_id AS other
    FROM ${given(refs)} JOIN match_key k USING (repository_id, record_id)
      JOIN match_key o ON o.key = k.key AND o.record_id <> k.record_id
    WHERE NOT ${isCommon("k.key")}`.execute(db);
  return rows.map((row) => ({
    record: { repositoryId: row.repository, recordId: row.record },
    other: { repositoryId: row.otherRepository, recordId: row.other },
  }));
}

/** The keys that too many share, the most common first. */
export async function listCommonKeys(db: Db, limit: number): Promise<readonly CommonKey[]> {
  const { rows } = await sql<CommonKey>`
    WITH common AS (
      SELECT kind, key, count(*)::int AS records, min(record_id) AS record_id FROM match_key
      GROUP BY kind, key HAVING count(*) > ${COMMON_KEY_RECORDS} ORDER BY count(*) DESC, key LIMIT ${limit}
    )
    SELECT c.kind, c.records, r.oai_identifier AS example
    FROM common c JOIN match_key k USING (key, record_id) JOIN record r USING (repository_id, record_id)
    ORDER BY c.records DESC, c.key`.execute(db);
  return rows;
}

/** Counted no further than needed. */
function isCommon(column: string) {
  return sql`(SELECT count(*) FROM (
    SELECT FROM match_key m WHERE m.key = ${sql.ref(column)} LIMIT ${COMMON_KEY_RECORDS + 1}
  ) counted) > ${COMMON_KEY_RECORDS}`;
}

/** Records as a table `given (repository_id, record_id)`. */
export function given(refs: readonly RecordRef[]) {
  return sql`unnest(${refs.map(({ repositoryId }) => repositoryId)}::integer[],
    ${refs.map(({ recordId }) => recordId)}::bigint[]) AS given (repository_id, record_id)`;
}
