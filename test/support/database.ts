import { randomBytes } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import { type Db, databaseOn, openPool } from "../../src/store/database.ts";
import { doErrand } from "./errands.ts";

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
  const errands = inject("errands");
  const name = `lienthong_test_${randomBytes(8).toString("hex")}`;
  await doErrand(errands, "POST", `${migrated ? "migrated" : "empty"}/${name}`);
  const { href: url } = Object.assign(new URL(inject("postgres").url), { pathname: name });
  const pool = openPool(url);
  const db = databaseOn(pool);
  return {
    url,
    db,
    pool,
    close: async () => {
      await db.destroy();
      await doErrand(errands, "DELETE", `database/${name}`);
    },
  };
}
