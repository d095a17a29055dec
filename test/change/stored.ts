import type pg from "pg";
import type { Copied } from "./consumer.ts";

/** A record as the database has it. */
export interface Stored extends Copied {
  readonly identifier: string;
}

/** All records that are in the feed, or in one of its sets. */
export async function storedRecords(pool: pg.Pool, set: string | null = null): Promise<readonly Stored[]> {
  const { rows } = await pool.query<Stored>(
    `SELECT oai_identifier AS identifier, deleted,
       to_char(stamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS datestamp,
       CASE WHEN NOT deleted THEN published #>> '{titles,0,value}' END AS title
     FROM record WHERE $1::text IS NULL OR set_specs @> ARRAY[$1::text]`,
    [set],
  );
  return rows;
}

/** The records that stand in a set under another datestamp than their own: a token would lead past them. */
export async function misplacedRecords(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ identifier: string }>(
    `SELECT oai_identifier || ' is misplaced in a set' AS identifier
     FROM record_set s JOIN record r USING (repository_id, record_id) WHERE s.stamp <> r.stamp`,
  );
  return rows.map(({ identifier }) => identifier);
}

/** What is stored and not so in the copy, a line for each record. */
export function differences(stored: readonly Stored[], copy: ReadonlyMap<string, Copied>): readonly string[] {
  return stored.flatMap(({ identifier, ...record }) => {
    const [is, has] = [described(record), described(copy.get(identifier))];
    return is === has ? [] : [`${identifier} is ${is}, copied as ${has}`];
  });
}

function described(record: Copied | undefined): string {
  if (record === undefined) return "nothing";
  return `${record.datestamp} ${record.deleted ? "deleted" : record.title}`;
}
