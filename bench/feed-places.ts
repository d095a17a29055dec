import { sql } from "kysely";
import type { Db } from "../src/store/database.ts";
import { findSetId } from "../src/store/sets.ts";

/** A list of the feed. */
export interface List {
  readonly name: string;
  readonly set: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
}

/** A record of a list, as keyset paging knows it. */
export interface Place {
  readonly stamp: Date;
  readonly recordId: number;
  readonly oaiIdentifier: string;
}

/** At 5 million, row 4.9 million. */
const DEEP = 0.98;
export const WHOLE: List = { name: "all", set: null, from: null, until: null };

/** The whole feed, its largest set, its smallest set of more than `least` records, and the middle half by date. */
export async function someLists(db: Db, least: number): Promise<readonly List[]> {
  const { rows: sets } = await sql<{ setSpec: string; size: number }>`
    SELECT set_spec AS "setSpec", count(*) AS size FROM record_set JOIN oai_set USING (set_id)
    GROUP BY set_spec HAVING count(*) > ${least} ORDER BY size DESC`.execute(db);
  const { rows: dates } = await sql<{ first: Date; last: Date }>`
    SELECT min(stamp) AS first, max(stamp) AS last FROM record`.execute(db);
  const { first, last } = dates[0] ?? { first: new Date(0), last: new Date(0) };
  const quarter = (last.getTime() - first.getTime()) / 4;
  const at = (quarters: number) => new Date(Math.floor((first.getTime() + quarters * quarter) / 1_000) * 1_000);
  const chosen = [...new Set([sets[0]?.setSpec, sets.at(-1)?.setSpec])].filter((setSpec) => setSpec !== undefined);
  return [
    WHOLE,
    ...chosen.map((set) => ({ name: set, set, from: null, until: null })),
    { name: "from, until", set: null, from: at(1), until: at(3) },
  ];
}

/** How long a list is, and where its deep pages begin; `behind` records at least stand behind that. */
export async function deepPlace(
  db: Db,
  list: List,
  behind: number,
): Promise<{ readonly size: number; readonly place: Place | null }> {
  const { rows } = await sql<{ size: number }>`SELECT count(*) AS size FROM (${await keysOf(db, list)}) k`.execute(db);
  const size = rows[0]?.size ?? 0;
  const [place = null] = await placesFrom(db, list, null, 1, Math.min(Math.floor(size * DEEP), size - behind));
  return { size, place };
}

/** The places behind one, in the order of the list. */
export async function placesFrom(
  db: Db,
  list: List,
  from: Place | null,
  limit: number,
  offset = 0,
): Promise<readonly Place[]> {
  const behind = from === null ? sql`` : sql`WHERE (k.stamp, k.record_id) > (${from.stamp}, ${from.recordId})`;
  const { rows } = await sql<Place>`
    SELECT key.stamp, key.record_id AS "recordId", r.oai_identifier AS "oaiIdentifier"
    FROM (SELECT * FROM (${await keysOf(db, list)}) k ${behind}
      ORDER BY stamp, record_id OFFSET ${Math.max(offset, 0)} LIMIT ${limit}) key
    JOIN record r USING (repository_id, record_id) ORDER BY key.stamp, key.record_id`.execute(db);
  return rows;
}

async function keysOf(db: Db, { set, from, until }: List) {
  const [table, setId] = set === null ? ["record", null] : ["record_set", await findSetId(db, set)];
  const within = setId === null ? sql`` : sql`AND set_id = ${setId}`;
  return sql`SELECT repository_id, record_id, stamp FROM ${sql.table(table)}
    WHERE stamp >= ${from ?? new Date(0)} AND stamp <= ${until ?? new Date()} ${within}`;
}
