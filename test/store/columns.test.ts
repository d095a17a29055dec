import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arrayLiteral, bytesColumn, jsonColumn, textColumn } from "../../src/store/columns.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

/** What PostgreSQL understands of a column, row by row. */
async function rowsOf(column: Buffer, type: "text" | "jsonb" | "bytea"): Promise<readonly unknown[]> {
  const { rows } = await sql<{ value: unknown }>`
    SELECT value FROM unnest(${column}::${sql.raw(type)}[]) WITH ORDINALITY AS given (value, position)
    ORDER BY position`.execute(database.db);
  return rows.map(({ value }) => value);
}

const TEXTS = [
  "Truyện Kiều",
  "",
  "NULL",
  " blanks ",
  "comma, {brace}",
  'quote " and \\ backslash',
  "𡨸喃",
  "a\nb\tc",
  "\u0001",
];

test("a column of texts comes row by row as it was, nulls included", async () => {
  const texts = [...TEXTS, null, "x".repeat(100_000)];
  expect(await rowsOf(textColumn(texts), "text")).toEqual(texts);
});

test("a column of JSON is read as JSON", async () => {
  const values = [{ titles: [{ value: "Đại học", type: "main" }] }, [], null, "text"];
  const json = values.map((value) => (value === null ? null : JSON.stringify(value)));
  expect(await rowsOf(jsonColumn(json), "jsonb")).toEqual(values);
});

test("a column of bytes comes byte by byte", async () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  expect(await rowsOf(bytesColumn([all, Buffer.alloc(0), null]), "bytea")).toEqual([all, Buffer.alloc(0), null]);
});

test("a column without rows has none", async () => {
  expect(await rowsOf(textColumn([]), "text")).toEqual([]);
});

test("texts that no UTF-8 can hold become U+FFFD and leave their neighbours alone", async () => {
  expect(await rowsOf(textColumn(["a\ud800b", "after"]), "text")).toEqual(["a\ufffdb", "after"]);
});

test("a list within a column keeps its texts apart", async () => {
  const { rows } = await sql<{ list: readonly string[] }>`
    SELECT list::text[] FROM unnest(${textColumn([arrayLiteral(TEXTS), arrayLiteral([])])}::text[]) AS list`.execute(
    database.db,
  );
  expect(rows.map(({ list }) => list)).toEqual([TEXTS, []]);
});
