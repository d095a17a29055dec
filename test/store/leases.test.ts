import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findLeaseHolders, releaseLease, renewLease, takeLease } from "../../src/store/leases.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const MINUTE_MS = 60_000;
const first = { repositoryId: 1, host: "a.example", owner: "first" };
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await database.db.deleteFrom("harvest_lease").execute();
});

/** Lets every lease run out, by the database's clock. */
async function expireLeases(): Promise<void> {
  await database.db
    .updateTable("harvest_lease")
    .set({ expires_at: sql`clock_timestamp() - interval '1 second'` })
    .execute();
}

test("a repository has one conversation at a time", async () => {
  expect(await takeLease(database.db, first, MINUTE_MS)).toBe(true);
  expect(await takeLease(database.db, { ...first, host: "b.example", owner: "second" }, MINUTE_MS)).toBe(false);
});

test("a host has one conversation at a time, whichever repository it is about", async () => {
  expect(await takeLease(database.db, first, MINUTE_MS)).toBe(true);
  expect(await takeLease(database.db, { ...first, repositoryId: 2, owner: "second" }, MINUTE_MS)).toBe(false);
});

test("other repositories on other hosts are free", async () => {
  expect(await takeLease(database.db, first, MINUTE_MS)).toBe(true);
  expect(await takeLease(database.db, { repositoryId: 2, host: "b.example", owner: "second" }, MINUTE_MS)).toBe(true);
});

test("of many who want it at the same moment one gets it", async () => {
  const owners = Array.from({ length: 8 }, (_, index) => ({ ...first, owner: `owner-${index}` }));
  const taken = await Promise.all(owners.map((lease) => takeLease(database.db, lease, MINUTE_MS)));
  expect(taken.filter(Boolean)).toHaveLength(1);
});

test("a lease that ran out is taken over, and its old owner learns it when renewing", async () => {
  const second = { ...first, owner: "second" };
  await takeLease(database.db, first, MINUTE_MS);
  await expireLeases();
  expect(await takeLease(database.db, second, MINUTE_MS)).toBe(true);
  expect(await renewLease(database.db, first, MINUTE_MS)).toBe(false);
  expect(await renewLease(database.db, second, MINUTE_MS)).toBe(true);
});

test("a host's lease that ran out is taken over for another repository", async () => {
  await takeLease(database.db, first, MINUTE_MS);
  await expireLeases();
  expect(await takeLease(database.db, { ...first, repositoryId: 2, owner: "second" }, MINUTE_MS)).toBe(true);
  expect(await renewLease(database.db, first, MINUTE_MS)).toBe(false);
});

test("renewing prolongs: a lease that had run out but was not taken over is in force again", async () => {
  await takeLease(database.db, first, MINUTE_MS);
  await expireLeases();
  expect(await renewLease(database.db, first, MINUTE_MS)).toBe(true);
  expect(await takeLease(database.db, { ...first, owner: "second" }, MINUTE_MS)).toBe(false);
});

test("a lease given back is free; one that is somebody else's cannot be given back", async () => {
  await takeLease(database.db, first, MINUTE_MS);
  await releaseLease(database.db, { repositoryId: 1, owner: "second" });
  expect(await takeLease(database.db, { ...first, owner: "second" }, MINUTE_MS)).toBe(false);
  await releaseLease(database.db, first);
  expect(await takeLease(database.db, { ...first, owner: "second" }, MINUTE_MS)).toBe(true);
});

test("the holders in the way are those of the repository and those of its host", async () => {
  await takeLease(database.db, first, MINUTE_MS);
  await takeLease(database.db, { repositoryId: 2, host: "b.example", owner: "second" }, MINUTE_MS);
  await takeLease(database.db, { repositoryId: 3, host: "c.example", owner: "third" }, MINUTE_MS);
  const holders = await findLeaseHolders(database.db, 1, "b.example");
  expect(holders.map(({ owner }) => owner).sort()).toEqual(["first", "second"]);
});
