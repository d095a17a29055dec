import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { describeSchema } from "./schema-description.ts";

const fixture = fileURLToPath(new URL("../fixtures/schema.txt", import.meta.url));
/** Tables of the records of repositories, which may one day be spread over several servers by repository. */
const SPREAD = /^(source_record|quarantine|record|record_.*|harvest_run|harvest_window)$/;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

test("the migrations make the schema that test/fixtures/schema.txt describes", async () => {
  const schema = await describeSchema(database.pool);
  if (process.env.UPDATE_SCHEMA === "1") writeFileSync(fixture, schema);
  expect(
    schema,
    "the schema has changed: `UPDATE_SCHEMA=1 npx vitest run test/store/schema.test.ts` writes it anew; read the difference and commit it with the migration",
  ).toBe(readFileSync(fixture, "utf8"));
});

test("every primary key and unique index of record tables contains repository_id", async () => {
  const { rows } = await database.pool.query<{ table: string; index: string; columns: string[] }>(`
    SELECT t.relname AS table, c.relname AS index, array_agg(a.attname::text) AS columns
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
    WHERE t.relnamespace = 'public'::regnamespace AND (i.indisprimary OR i.indisunique)
    GROUP BY t.relname, c.relname`);
  const spread = rows.filter(({ table }) => SPREAD.test(table));
  expect(new Set(spread.map(({ table }) => table)).size).toBeGreaterThanOrEqual(7);
  const wrong = spread.filter(({ columns }) => !columns.includes("repository_id"));
  expect(wrong).toEqual([]);
});

test("no record table points at a table that is not spread the same way", async () => {
  const { rows } = await database.pool.query<{ table: string; target: string }>(`
    SELECT conrelid::regclass::text AS table, confrelid::regclass::text AS target FROM pg_constraint WHERE contype = 'f'`);
  expect(rows.filter(({ table, target }) => SPREAD.test(table) && !SPREAD.test(target))).toEqual([]);
});
