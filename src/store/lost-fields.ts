import { type RawBuilder, sql } from "kysely";

/**
 * The fields that a row of `record` has lost when `after`, a common record in JSON, takes the place of what it is: all that it ever had
 * and `after` has not. NULL: it stays what it is. `record` is the name of the row in its statement.
 */
export function lostFields(record: string, after: RawBuilder<unknown>): RawBuilder<readonly string[]> {
  const published = sql.ref(`${record}.published`);
  const lost = sql.ref(`${record}.lost_fields`);
  return sql`CASE WHEN ${after} IS NULL THEN ${lost} ELSE ARRAY(
    (SELECT jsonb_object_keys(${published}) UNION SELECT unnest(${lost})) EXCEPT SELECT jsonb_object_keys(${after}) ORDER BY 1
  ) END`;
}
