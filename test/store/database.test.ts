import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseOn, openPool } from "../../src/store/database.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

/** Has PostgreSQL end a connection, and waits until our side has seen the end of it. */
async function kill(pid: number | undefined): Promise<void> {
  await database.pool.query("SELECT pg_terminate_backend($1, 10000)", [pid]);
  // the end of the stream arrives with the next turns of the event loop; a round trip of another connection is longer
  for (let turn = 0; turn < 3; turn += 1) await database.pool.query("SELECT 1");
}

test("a connection that breaks while a transaction thinks fails that transaction, not the process", async () => {
  const pool = openPool(database.url, { max: 1 });
  const db = databaseOn(pool);
  const failing = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(trx);
    await kill(rows[0]?.pid);
    await sql`SELECT 1`.execute(trx);
  });
  await expect(failing).rejects.toThrow();
  // the next one gets another connection
  await expect(sql`SELECT 1 AS one`.execute(db)).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await db.destroy();
});

test("an idle connection that breaks is replaced", async () => {
  const pool = openPool(database.url, { max: 1 });
  const { rows } = await pool.query("SELECT pg_backend_pid() AS pid");
  await kill(rows[0].pid);
  expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

test("bigints are numbers, whole ones up to 2^53", async () => {
  const { rows } = await database.pool.query("SELECT 9007199254740991::bigint AS big, count(*) FROM record");
  expect(rows).toEqual([{ big: 9_007_199_254_740_991, count: 0 }]);
});
