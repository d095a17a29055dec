import { afterEach, expect, test } from "vitest";
import { migrations } from "../../migrations/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import { assertMigrated, migrateToLatest } from "../../src/store/migrate.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const names = Object.keys(migrations);
const databases: TestDatabase[] = [];

afterEach(async () => {
  for (const database of databases.splice(0)) await database.close();
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase({ migrated: false });
  databases.push(database);
  return database;
}

test("migrations are named by the moment they were written, and listed in that order", () => {
  for (const name of names) expect(name).toMatch(/^\d{8}T\d{6}-[a-z0-9-]+$/);
  expect(names).toEqual(names.toSorted());
  expect(new Set(names.map((name) => name.slice(0, 15))).size).toBe(names.length);
});

test("an empty database gets all of them, and a second time nothing happens", async () => {
  const { db } = await emptyDatabase();
  expect(await migrateToLatest(db)).toEqual(names);
  expect(await migrateToLatest(db)).toEqual([]);
  await expect(assertMigrated(db)).resolves.toBeUndefined();
});

test("of six processes that migrate at the same time one does it, and all end well", async () => {
  const { url } = await emptyDatabase();
  const processes = Array.from({ length: 6 }, () => openDatabase(url));
  const applied = await Promise.all(processes.map((db) => migrateToLatest(db)));
  expect(applied.flat()).toEqual(names);
  for (const db of processes) {
    await assertMigrated(db);
    await db.destroy();
  }
});

test("a database that lacks migrations is refused with what to do", async () => {
  const { db, pool } = await emptyDatabase();
  const refused = assertMigrated(db);
  await expect(refused).rejects.toMatchObject({ name: "PendingMigrations" });
  for (const needed of [...names, "lienthong migrate", "AUTO_MIGRATE"]) await expect(refused).rejects.toThrow(needed);
  // judging changes nothing
  const { rows } = await pool.query("SELECT FROM pg_class WHERE relname = 'repository'");
  expect(rows).toHaveLength(0);
});

test("a migration that fails is named, and the database stands where it stood", async () => {
  const { db, pool } = await emptyDatabase();
  await pool.query("CREATE TABLE record_issue (in_the_way int)");
  const failed = migrateToLatest(db);
  await expect(failed).rejects.toMatchObject({ name: "MigrationFailure", cause: expect.any(Error) });
  await expect(failed).rejects.toThrow(names[0]);
  const { rows } = await pool.query("SELECT FROM pg_class WHERE relname = 'repository'");
  expect(rows).toHaveLength(0);
});
