import { sql } from "kysely";
import type { StoredRecord } from "../record/common-record.ts";
import type { Db } from "./database.ts";
import type { RecordQuality } from "./records.ts";

/** Live records that miss the same rules. */
export interface QualityGroup {
  /** The bits of those rules (`src/quality`), or `null` for records that nobody has judged. */
  readonly missed: number | null;
  readonly records: number;
  /** Sum of their scores; 0 where nobody has judged them. */
  readonly scores: number;
}

/** Counts the live records of a repository (`null`: of all) by the rules that they miss, by an index alone. */
export async function groupByQuality(db: Db, repositoryId: number | null): Promise<readonly QualityGroup[]> {
  const ofOne = repositoryId === null ? sql`` : sql`repository_id = ${repositoryId} AND`;
  const { rows } = await sql<QualityGroup>`
    SELECT rules_missed AS missed, count(*) AS records, coalesce(sum(quality), 0) AS scores FROM record
    WHERE ${ofOne} NOT deleted GROUP BY rules_missed`.execute(db);
  return rows;
}

/** A live record as it is in the feed, and what its crosswalk remarked. */
export interface JudgeableRecord {
  readonly recordId: number;
  /** Moves when the record changes. */
  readonly stamp: Date;
  readonly published: StoredRecord;
  readonly remarks: readonly { readonly code: string; readonly field: string | null; readonly value: string | null }[];
}

const RECORDS_AT_A_TIME = 500;

/** All live records of a repository, by their numbers, some hundreds in memory at a time. */
export async function* listJudgeable(db: Db, repositoryId: number): AsyncGenerator<readonly JudgeableRecord[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql<JudgeableRecord>`
      SELECT r.record_id AS "recordId", r.stamp, r.published, coalesce((
        SELECT jsonb_agg(jsonb_build_object('code', i.code, 'field', i.field, 'value', i.value) ORDER BY i.position)
        FROM record_issue i WHERE i.repository_id = r.repository_id AND i.record_id = r.record_id
      ), '[]') AS remarks
      FROM record r
      WHERE r.repository_id = ${repositoryId} AND r.record_id > ${after} AND NOT r.deleted
      ORDER BY r.record_id LIMIT ${RECORDS_AT_A_TIME}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.recordId;
  }
}

/** A record that was judged as it was at its stamp. */
export interface JudgedRecord extends Pick<JudgeableRecord, "recordId" | "stamp"> {
  readonly quality: RecordQuality;
}

/**
 * Keeps scores of records that are in the feed. Records that a harvest changes meanwhile are left to it: it judges them.
 * No stamp moves.
 */
export async function keepQuality(db: Db, repositoryId: number, judged: readonly JudgedRecord[]): Promise<void> {
  await sql`
    WITH given AS (
      SELECT * FROM unnest(
        ${judged.map(({ recordId }) => recordId)}::bigint[], ${judged.map(({ stamp }) => stamp)}::timestamptz[],
        ${judged.map(({ quality }) => quality.score)}::smallint[], ${judged.map(({ quality }) => quality.missed)}::int[]
      ) AS given (record_id, stamp, quality, rules_missed)
    ), free AS (
      SELECT r.record_id FROM record r JOIN given USING (record_id, stamp)
      WHERE r.repository_id = ${repositoryId}
        AND (r.quality, r.rules_missed) IS DISTINCT FROM (given.quality, given.rules_missed)
      FOR UPDATE OF r SKIP LOCKED
    )
    UPDATE record r SET quality = given.quality, rules_missed = given.rules_missed
    FROM free JOIN given USING (record_id)
    WHERE r.repository_id = ${repositoryId} AND r.record_id = free.record_id`.execute(db);
}
