import { type RawBuilder, sql } from "kysely";
import { textColumn } from "./columns.ts";
import type { Db } from "./database.ts";
import { inBatches } from "./retention.ts";
import type { Surface } from "./schema.ts";

/** What is counted of a consumer; each is a column of `consumer_day`, whose comments say what it is. */
export const CONSUMER_COUNTS = [
  "requests",
  "records",
  "bytes",
  "lists",
  "empty",
  "unchanged",
  "wrong",
  "limited",
  "busy",
  "behind",
  "failed",
  "gone",
] as const;
export type ConsumerCounts = Readonly<Record<(typeof CONSUMER_COUNTS)[number], number>>;

/** Nothing yet. */
export const NO_COUNTS = Object.fromEntries(CONSUMER_COUNTS.map((name) => [name, 0])) as ConsumerCounts;

/** What several of them come to. */
export function totalOf(sums: readonly ConsumerCounts[]): ConsumerCounts {
  const total = (name: keyof ConsumerCounts) => sums.reduce((sum, each) => sum + each[name], 0);
  return Object.fromEntries(CONSUMER_COUNTS.map((name) => [name, total(name)])) as ConsumerCounts;
}

/** Who asked for what on a day. */
export interface ConsumerKey {
  /** `2026-11-30`, as `dayOf` gives it. */
  readonly day: string;
  readonly surface: Surface;
  readonly network: string;
  readonly userAgent: string;
  /** From (RFC 9110 §10.1.2). */
  readonly contact: string;
  /** The verb of the feed, the address of the API. */
  readonly route: string;
  readonly metadataPrefix: string;
  readonly setSpec: string;
  /** Follows from `userAgent`. */
  readonly product: string;
}

/** What a consumer asked for on a day, and how often. */
export interface ConsumerDay extends ConsumerKey {
  readonly counts: ConsumerCounts;
}

/** The country has had one clock for all seasons since 1975. */
const VIETNAM_MS = 7 * 60 * 60 * 1000;

/** The day in Vietnam (UTC+7), `2026-11-30`: the pages and the nights of this program are those of the country too. */
export function dayOf(moment: Date): string {
  return new Date(moment.getTime() + VIETNAM_MS).toISOString().slice(0, 10);
}

/** Adds to what is counted already, all in one statement; each key once. Servers add to the same rows. */
export async function addConsumerDays(db: Db, days: readonly ConsumerDay[]): Promise<void> {
  if (days.length === 0) return;
  const counts = CONSUMER_COUNTS.map((name) => sql.ref(name));
  const values = CONSUMER_COUNTS.map((name) => sql`${days.map(({ counts }) => counts[name])}::bigint[]`);
  const added = CONSUMER_COUNTS.map(
    (name) => sql`${sql.ref(name)} = known.${sql.ref(name)} + excluded.${sql.ref(name)}`,
  );
  // in one order everywhere, so that two servers never wait for each other
  await sql`
    INSERT INTO consumer_day AS known
      (day, surface, network, user_agent, contact, route, metadata_prefix, set_spec, product, ${sql.join(counts)})
    SELECT * FROM unnest(
      ${days.map(({ day }) => day)}::date[], ${texts(days, "surface")}, ${texts(days, "network")},
      ${texts(days, "userAgent")}, ${texts(days, "contact")}, ${texts(days, "route")}, ${texts(days, "metadataPrefix")},
      ${texts(days, "setSpec")}, ${texts(days, "product")}, ${sql.join(values)}
    ) ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
    ON CONFLICT (day, surface, network, user_agent, contact, route, metadata_prefix, set_spec)
    DO UPDATE SET ${sql.join(added)}`.execute(db);
}

function texts(days: readonly ConsumerDay[], name: Exclude<keyof ConsumerKey, "day">): RawBuilder<unknown> {
  return sql`${textColumn(days.map((day) => day[name]))}::text[]`;
}

/**
 * Removes what is older than so many days, in bounded statements; `batch` is for tests. Gives how many rows it was.
 */
export async function removeConsumerDays(db: Db, keptDays: number, batch?: number): Promise<number> {
  return await inBatches(async (limit) => {
    const { rows } = await sql`
      DELETE FROM consumer_day WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM consumer_day
        WHERE day < (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - ${keptDays}::int LIMIT ${limit}
      )) RETURNING day`.execute(db);
    return rows.length;
  }, batch);
}
