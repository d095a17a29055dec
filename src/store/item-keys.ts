import { sql, type Transaction } from "kysely";
import { textColumn } from "./columns.ts";
import type { Database } from "./schema.ts";

/** Something by which an item is known again; those of one kind are compared with each other. */
export interface ItemKey {
  readonly recordId: number;
  readonly kind: string;
  readonly key: string;
}

/** How keys make pairs. */
export interface PairingRule {
  /** The kind of key that two items share, and nobody else on either side. */
  readonly by: string;
  /** Kinds of which the two must share one too. */
  readonly confirmedBy: readonly string[];
  /** Where both have keys of this kind they must share one. */
  readonly contradictedBy: string;
}

/** Opens two temporary tables, for as long as the transaction lasts: keys of items on both sides, and pairs. */
export async function openItemKeys(trx: Transaction<Database>): Promise<void> {
  await sql`CREATE TEMPORARY TABLE item_key (known boolean, record_id bigint, kind text, key bytea) ON COMMIT DROP`.execute(
    trx,
  );
  await sql`
    CREATE TEMPORARY TABLE item_pair (record_id bigint PRIMARY KEY, new_record_id bigint UNIQUE, evidence text)
    ON COMMIT DROP`.execute(trx);
}

/** Adds keys of known items, or of new ones. No item may have the same key twice. */
export async function addItemKeys(
  trx: Transaction<Database>,
  side: "known" | "new",
  keys: readonly ItemKey[],
): Promise<void> {
  await sql`
    INSERT INTO item_key SELECT ${side === "known"}::boolean, record_id, kind, sha256(convert_to(key, 'UTF8'))
    FROM unnest(${keys.map(({ recordId }) => recordId)}::bigint[], ${textColumn(keys.map(({ kind }) => kind))}::text[],
      ${textColumn(keys.map(({ key }) => key))}::text[]) AS given (record_id, kind, key)`.execute(trx);
}

/** To be called between adding and pairing. */
export async function indexItemKeys(trx: Transaction<Database>): Promise<void> {
  await sql`CREATE INDEX ON item_key (record_id, kind)`.execute(trx);
  await sql`ANALYZE item_key`.execute(trx);
}

/** Pairs known items with new ones that no earlier rule has paired. What is not unique on both sides stays alone. */
export async function pairItems(trx: Transaction<Database>, rule: PairingRule): Promise<void> {
  await sql`
    INSERT INTO item_pair
    WITH one AS (
      SELECT known, key, min(record_id) AS record_id FROM item_key WHERE kind = ${rule.by}
      GROUP BY known, key HAVING count(*) = 1
    ), pair AS (
      SELECT DISTINCT k.record_id, n.record_id AS new_record_id FROM one k JOIN one n USING (key)
      WHERE k.known AND NOT n.known
        AND NOT EXISTS (SELECT FROM item_pair p WHERE p.record_id = k.record_id)
        AND NOT EXISTS (SELECT FROM item_pair p WHERE p.new_record_id = n.record_id)
    ), sole AS (
      SELECT *, count(*) OVER (PARTITION BY record_id) = 1 AND count(*) OVER (PARTITION BY new_record_id) = 1 AS unique FROM pair
    )
    SELECT record_id, new_record_id, ${rule.by} FROM sole WHERE sole.unique
      AND EXISTS (${sharedKeys(sql`k.kind = ANY (${rule.confirmedBy}::text[])`)})
      AND NOT (
        EXISTS (SELECT FROM item_key k WHERE k.record_id = sole.record_id AND k.kind = ${rule.contradictedBy})
        AND EXISTS (SELECT FROM item_key n WHERE n.record_id = sole.new_record_id AND n.kind = ${rule.contradictedBy})
        AND NOT EXISTS (${sharedKeys(sql`k.kind = ${rule.contradictedBy}`)})
      )`.execute(trx);
}

function sharedKeys(which: ReturnType<typeof sql>) {
  return sql`
    SELECT FROM item_key k JOIN item_key n USING (kind, key)
    WHERE k.record_id = sole.record_id AND n.record_id = sole.new_record_id AND ${which}`;
}
