import { sql } from "kysely";
import { CONSUMER_COUNTS, type ConsumerCounts, dayOf } from "./consumer-days.ts";
import type { Db } from "./database.ts";
import type { Surface } from "./schema.ts";

/** Days of Vietnam, both included. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** A consumer and what it came to. */
export interface ConsumerSum extends ConsumerCounts {
  readonly userAgent: string;
  readonly contact: string;
  readonly network: string;
  readonly product: string;
  readonly lastDay: string;
}

/** What was asked for, by all consumers. */
export interface RouteSum extends ConsumerCounts {
  readonly surface: Surface;
  readonly route: string;
  readonly metadataPrefix: string;
}

/** All of it on one surface. */
export interface SurfaceSum extends ConsumerCounts {
  readonly surface: Surface;
  readonly consumers: number;
}

/** What was delivered in one format, or on one day. */
export interface NamedSum extends ConsumerCounts {
  readonly name: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SUMS = sql.join(CONSUMER_COUNTS.map((name) => sql`sum(${sql.ref(name)})::bigint AS ${sql.ref(name)}`));

/** So many days up to `now`, the present one included. */
export function lastDays(now: Date, days: number): Period {
  return { from: dayOf(new Date(now.getTime() - (days - 1) * DAY_MS)), until: dayOf(now) };
}

/** The consumers of a period, those first that took most records; `surface`: `null` for all of them. */
export async function sumByConsumer(db: Db, period: Period, surface: Surface | null): Promise<readonly ConsumerSum[]> {
  const { rows } = await sql<ConsumerSum>`
    SELECT user_agent AS "userAgent", contact, network, product, max(day)::text AS "lastDay", ${SUMS}
    FROM consumer_day WHERE ${within(period, surface)} GROUP BY user_agent, contact, network, product
    ORDER BY records DESC, requests DESC, user_agent, contact, network`.execute(db);
  return rows;
}

/** What was asked for, most requests first. */
export async function sumByRoute(db: Db, period: Period, surface: Surface | null): Promise<readonly RouteSum[]> {
  const { rows } = await sql<RouteSum>`
    SELECT surface, route, metadata_prefix AS "metadataPrefix", ${SUMS}
    FROM consumer_day WHERE ${within(period, surface)} GROUP BY surface, route, metadata_prefix
    ORDER BY surface = 'feed' DESC, surface, requests DESC, route, metadata_prefix`.execute(db);
  return rows;
}

/** All of it, surface by surface; one that nobody used is missing. */
export async function sumBySurface(db: Db, period: Period): Promise<readonly SurfaceSum[]> {
  const { rows } = await sql<SurfaceSum>`
    SELECT surface, count(DISTINCT (user_agent, contact, network)) AS consumers, ${SUMS}
    FROM consumer_day WHERE ${within(period, null)} GROUP BY surface ORDER BY surface`.execute(db);
  return rows;
}

/** Formats that records were delivered in, most records first. */
export async function sumByFormat(db: Db, period: Period): Promise<readonly NamedSum[]> {
  const { rows } = await sql<NamedSum>`
    SELECT metadata_prefix AS name, ${SUMS} FROM consumer_day
    WHERE ${within(period, "feed")} AND metadata_prefix <> '' GROUP BY metadata_prefix
    HAVING sum(records) > 0 ORDER BY records DESC, name`.execute(db);
  return rows;
}

/** Day by day, those on which nobody came too. */
export async function sumByDay(db: Db, period: Period): Promise<readonly NamedSum[]> {
  const sums = CONSUMER_COUNTS.map((name) => sql`coalesce(sum(${sql.ref(name)}), 0)::bigint AS ${sql.ref(name)}`);
  const { rows } = await sql<NamedSum>`
    SELECT days.day::date::text AS name, ${sql.join(sums)}
    FROM generate_series(${period.from}::timestamp, ${period.until}::timestamp, '1 day') AS days (day)
      LEFT JOIN consumer_day ON consumer_day.day = days.day::date
    GROUP BY days.day ORDER BY days.day`.execute(db);
  return rows;
}

/** Programs that took records from outside and said their name, those first that took most. */
export async function sumByProduct(db: Db, period: Period, limit: number): Promise<readonly NamedSum[]> {
  const { rows } = await sql<NamedSum>`
    SELECT product AS name, ${SUMS} FROM consumer_day
    WHERE ${within(period, null)} AND surface <> 'export' AND product <> '' GROUP BY product
    HAVING sum(records) > 0 ORDER BY records DESC, name LIMIT ${limit}`.execute(db);
  return rows;
}

function within({ from, until }: Period, surface: Surface | null) {
  const days = sql`day BETWEEN ${from}::date AND ${until}::date`;
  return surface === null ? days : sql`${days} AND surface = ${surface}`;
}
