import { sql } from "kysely";
import type { Db } from "./database.ts";

/** A value that is in none of our tables, and on how many records it stands. */
export interface UnmatchedValue {
  /** The remark that it raises, e.g. `unmatched-type`. */
  readonly code: string;
  readonly value: string;
  readonly records: number;
  /** Of one repository and one record on which it stands. */
  readonly repository: string;
  readonly identifier: string;
}

/**
 * The values that remarks with one of the given codes name, most frequent first: of one repository, or (`null`) of all that
 * are not retired. At most `limit`.
 */
export async function listUnmatched(
  db: Db,
  codes: readonly string[],
  repositoryId: number | null,
  limit: number,
): Promise<readonly UnmatchedValue[]> {
  const { rows } = await sql<UnmatchedValue>`
    SELECT counted.code, value, records, p.code AS repository, s.identifier
    FROM (
      SELECT i.code, i.value, count(DISTINCT (i.repository_id, i.record_id)) AS records,
        min(ARRAY[i.repository_id, i.record_id]) AS example
      FROM record_issue i JOIN repository USING (repository_id)
      WHERE i.code = ANY (${codes}::text[]) AND i.value IS NOT NULL
        AND (i.repository_id = ${repositoryId}::int OR (${repositoryId}::int IS NULL AND state <> 'retired'))
      GROUP BY i.code, i.value ORDER BY records DESC, i.code, i.value LIMIT ${limit}
    ) AS counted
    JOIN repository p ON p.repository_id = example[1]
    JOIN source_record s ON s.repository_id = example[1] AND s.record_id = example[2]
    ORDER BY records DESC, counted.code, value`.execute(db);
  return rows;
}
