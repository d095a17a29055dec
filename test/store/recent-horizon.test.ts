import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, databaseOn, openPool } from "../../src/store/database.ts";
import { readHorizon } from "../../src/store/fence.ts";
import { recentHorizon } from "../../src/store/recent-horizon.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let db: Db;
let asked = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const pool = openPool(database.url);
  pool.on("acquire", () => {
    asked += 1;
  });
  db = databaseOn(pool);
});

afterAll(async () => {
  await db.destroy();
  await database.close();
});

test("the database is asked once for all who ask at the same time, and again a moment later", async () => {
  const horizon = recentHorizon(db);
  const before = await readHorizon(database.db);
  const told = await Promise.all(Array.from({ length: 50 }, horizon));
  expect(asked).toBe(1);
  expect(new Set(told.map(Number)).size).toBe(1);
  expect(Number(told[0])).toBeGreaterThanOrEqual(Number(before));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const later = await horizon();
  expect(asked).toBe(2);
  // a second has passed and nobody writes
  expect(Number(later)).toBeGreaterThanOrEqual(Number(told[0]) + 1_000);
  expect(Number(later)).toBeLessThanOrEqual(Number(await readHorizon(database.db)));
});

test("an outage is told to those who waited, and the next one asks anew", async () => {
  let connections = 0;
  const away = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(away, "listening");
  const gone = databaseOn(openPool(`postgres://nobody@127.0.0.1:${(away.address() as AddressInfo).port}/none`));
  const horizon = recentHorizon(gone);
  const told = await Promise.allSettled([horizon(), horizon(), horizon()]);
  expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(connections).toBe(1);
  await expect(horizon()).rejects.toThrow();
  expect(connections).toBe(2);
  await gone.destroy();
  away.close();
});
