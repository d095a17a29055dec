import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "./schema.ts";

/** A connection pool or a transaction on it: every query function takes one, first. */
export type Db = Kysely<Database>;

const INT8_OID = 20;

/** Opens a database. Nothing connects before the first query; `destroy()` closes it. */
export function openDatabase(url: string, options: { readonly max?: number } = {}): Db {
  return databaseOn(openPool(url, options));
}

/** The database behind a pool; `destroy()` ends the pool too. */
export function databaseOn(pool: pg.Pool): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

/** A pool on a PostgreSQL database, for what cannot go through Kysely (the job queue). */
export function openPool(url: string, options: { readonly max?: number } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: "lienthong",
    types: { getTypeParser },
  });
  // A connection may break (server restart), idle or between two queries of a transaction. Whoever uses it next is told
  // by the query that fails, and others get another one, so the event needs no act of ours; unheard, it ends the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Our bigints count records and bytes: they stay below 2^53 and are numbers. */
function getTypeParser(oid: number, format?: "text" | "binary") {
  if (oid === INT8_OID) return Number;
  return format === "binary" ? pg.types.getTypeParser(oid, "binary") : pg.types.getTypeParser(oid);
}
