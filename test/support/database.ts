import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { type Db, databaseOn, openPool } from "../../src/store/database.ts";

/** A database of a test's own, migrated and empty. */
export interface TestDatabase {
  readonly url: string;
  readonly db: Db;
  /** The pool behind `db`. */
  readonly pool: pg.Pool;
  /** Ends the pool and drops the database, whoever is still connected. */
  close(): Promise<void>;
}

/** Clones the migrated template; with `migrated: false` the database is empty. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const { url: serverUrl, template } = inject("postgres");
  const name = `lienthong_test_${randomBytes(8).toString("hex")}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${migrated ? template : "template0"}`);
  const { href: url } = Object.assign(new URL(serverUrl), { pathname: name });
  const pool = openPool(url);
  const db = databaseOn(pool);
  return {
    url,
    db,
    pool,
    close: async () => {
      await db.destroy();
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
