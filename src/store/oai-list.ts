import { sql } from "kysely";
import type { Origin } from "../oai/types.ts";
import type { StoredRecord } from "../record/common-record.ts";
import type { Db } from "./database.ts";

/** Which part of the feed is asked for. Both ends are inclusive; nothing after the horizon is ever served. */
export interface ListFilter {
  /** `null`: the whole feed. */
  readonly setId: number | null;
  readonly from: Date | null;
  readonly until: Date | null;
  readonly horizon: Date;
  /**
   * Fields of the common record that the format needs. A record that has lost one of them is deleted there; of what was deleted before we
   * saw it, nobody knows, and it is in every list.
   */
  readonly requires?: readonly string[];
}

/** The last item of the page before: stamps repeat, so the record's number breaks ties. */
export interface ListPosition {
  readonly stamp: Date;
  readonly recordId: number;
}

/** A record of the feed with the little that its envelope needs. */
export interface FeedItem {
  readonly recordId: number;
  readonly oaiIdentifier: string;
  readonly stamp: Date;
  readonly deleted: boolean;
  readonly setSpecs: readonly string[];
  /** `null` where only headers were asked for, or where the record was deleted before we ever saw it. */
  readonly published: StoredRecord | null;
  readonly sourceIdentifier: string;
  readonly sourceDatestamp: string;
  readonly metadataNamespace: string;
  /** Where the record was before its repository got it, the last station first. */
  readonly origins: readonly Origin[] | null;
  readonly repositoryCode: string;
  readonly repositoryName: string;
  readonly baseUrl: string;
}

/** A single item, of which it may be told in any format. */
export interface FoundItem extends FeedItem {
  /** Fields of the common record that it once had and has no more. */
  readonly lostFields: readonly string[];
}

/** The next items of a list, oldest first: keyset, so that every page costs the same however deep it lies. */
export async function listFeed(
  db: Db,
  filter: ListFilter,
  page: { readonly after: ListPosition | null; readonly limit: number; readonly withMetadata: boolean },
): Promise<readonly FeedItem[]> {
  const next = sql`
    WHERE ${conditions(filter)} ${after(page.after)}
    ORDER BY k.stamp, k.record_id
    LIMIT ${page.limit}`;
  // the keys of a set stand in a table of their own; without one the records themselves are in that order
  const { rows } = await (filter.setId === null
    ? sql<FeedItem>`
        SELECT ${itemColumns(page.withMetadata, filter.requires)}
        FROM (SELECT k.* FROM record k ${next}) r
        JOIN repository p ON p.repository_id = r.repository_id
        ORDER BY r.stamp, r.record_id`
    : sql<FeedItem>`
        SELECT ${itemColumns(page.withMetadata, filter.requires)}
        FROM (SELECT k.repository_id, k.record_id, k.stamp FROM record_set k ${next}) key
        JOIN record r ON r.repository_id = key.repository_id AND r.record_id = key.record_id
        JOIN repository p ON p.repository_id = key.repository_id
        ORDER BY key.stamp, key.record_id`
  ).execute(db);
  return rows;
}

/** How many items the list has, counted up to `atMost + 1`: the caller states sizes only where they are exact. */
export async function countFeed(db: Db, filter: ListFilter, atMost: number): Promise<number> {
  const keys = filter.setId === null ? "record" : "record_set";
  const { rows } = await sql<{ size: number }>`
    SELECT count(*) AS size FROM (
      SELECT 1 FROM ${sql.table(keys)} k WHERE ${conditions(filter)} LIMIT ${atMost + 1}
    ) counted`.execute(db);
  return rows[0]?.size ?? 0;
}

/**
 * Lists wait for the horizon so that nobody's cursor overtakes a record. Who asks for one record has no cursor: an item
 * that changed a moment ago, and is stamped ahead of the clock, must not seem to be gone.
 */
export const WHENEVER_STAMPED = new Date("9999-12-31T23:59:59Z");

/** The record that we serve under `oaiIdentifier`, or `null`. */
export async function findFeedItem(db: Db, oaiIdentifier: string, horizon: Date): Promise<FoundItem | null> {
  const { rows } = await sql<FoundItem>`
    SELECT ${itemColumns(true)}, r.lost_fields AS "lostFields"
    FROM record r JOIN repository p ON p.repository_id = r.repository_id
    WHERE r.oai_identifier = ${oaiIdentifier} AND r.stamp <= ${horizon}`.execute(db);
  return rows[0] ?? null;
}

/** The oldest stamp of the feed, or `null` while it is empty (OAI-PMH 2.0 §4.2, earliestDatestamp). */
export async function earliestStamp(db: Db): Promise<Date | null> {
  const row = await db.selectFrom("record").select("stamp").orderBy("stamp").limit(1).executeTakeFirst();
  return row?.stamp ?? null;
}

function itemColumns(withMetadata: boolean, requires: readonly string[] = []) {
  const lost = requires.length === 0 ? sql`` : sql` OR NOT coalesce(r.published ?& ${requires}::text[], true)`;
  return sql`
    r.record_id AS "recordId", r.oai_identifier AS "oaiIdentifier", r.stamp, r.deleted${lost} AS deleted,
    r.set_specs AS "setSpecs",
    ${withMetadata ? sql`r.published` : sql`NULL::jsonb`} AS published,
    r.source_identifier AS "sourceIdentifier", r.source_datestamp AS "sourceDatestamp",
    r.metadata_namespace AS "metadataNamespace", r.origins,
    p.code AS "repositoryCode", p.name AS "repositoryName", p.base_url AS "baseUrl"`;
}

function conditions(filter: ListFilter) {
  const last = filter.until !== null && filter.until < filter.horizon ? filter.until : filter.horizon;
  const upTo = sql`k.stamp <= ${last}`;
  const since = filter.from === null ? sql`` : sql` AND k.stamp >= ${filter.from}`;
  const within = filter.setId === null ? sql`` : sql` AND k.set_id = ${filter.setId}`;
  return sql`${upTo}${since}${within}${available(filter)}`;
}

function available({ requires = [], setId }: ListFilter) {
  if (requires.length === 0) return sql``;
  if (setId === null) return sql` AND ${everHad("k", requires)}`;
  return sql` AND EXISTS (
    SELECT FROM record w WHERE w.repository_id = k.repository_id AND w.record_id = k.record_id AND ${everHad("w", requires)})`;
}

/** `toStored` leaves out what a record does not have, so a key that is there has a value. */
function everHad(record: string, requires: readonly string[]) {
  const [published, lost] = [sql.ref(`${record}.published`), sql.ref(`${record}.lost_fields`)];
  const fields = sql`${requires}::text[]`;
  return sql`(${published} IS NULL OR ${published} ?& ${fields}
    OR ${lost} && ${fields} AND ${fields} <@ (${lost} || ARRAY(SELECT jsonb_object_keys(${published}))))`;
}

function after(position: ListPosition | null) {
  return position === null ? sql`` : sql`AND (k.stamp, k.record_id) > (${position.stamp}, ${position.recordId})`;
}
