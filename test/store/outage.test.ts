import { once } from "node:events";
import { createServer } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TransientFailure } from "../../src/client/failures.ts";
import { type Db, openDatabase } from "../../src/store/database.ts";
import { isOutage, isStoreFailure } from "../../src/store/outage.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

/** What a piece of work fails with. */
async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => expect.unreachable("it was to fail"),
    (error: unknown) => error,
  );
}

/** A connection that was closed may be handed to whoever asks next: such tests have one pool each. */
async function onOwnPool<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
  const db = openDatabase(database.url);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const closeOwnConnection = sql`SELECT pg_terminate_backend(pg_backend_pid())`;

describe("an outage is", () => {
  test("a server that nobody can reach", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    server.close();
    await once(server, "close");
    const port = typeof address === "object" ? address?.port : null;
    const away = openDatabase(`postgres://nobody@127.0.0.1:${port}/nothing`);
    const failure = await failureOf(sql`SELECT 1`.execute(away));
    await away.destroy();
    expect([isOutage(failure), isStoreFailure(failure)]).toEqual([true, true]);
  });

  test("a connection that the server closes under a statement", async () => {
    const failure = await onOwnPool((db) => failureOf(closeOwnConnection.execute(db)));
    expect(failure).toMatchObject({ code: "57P01" });
    expect(isOutage(failure)).toBe(true);
  });

  test("a transaction that lost its connection", async () => {
    const lost = async (trx: Db) => {
      await failureOf(closeOwnConnection.execute(trx));
      await sql`SELECT 1`.execute(trx);
    };
    const failure = await onOwnPool((db) => failureOf(db.transaction().execute(lost)));
    expect(isOutage(failure)).toBe(true);
  });
});

test("a statement that takes too long fails for the server's sake, and the server is there", async () => {
  const slow = database.db.transaction().execute(async (trx) => {
    await sql`SET LOCAL statement_timeout = 1`.execute(trx);
    await sql`SELECT pg_sleep(60)`.execute(trx);
  });
  const failure = await failureOf(slow);
  expect([isOutage(failure), isStoreFailure(failure)]).toEqual([false, true]);
});

test.each([
  ["what was to be stored", () => sql`SELECT 'not a number'::int`.execute(database.db)],
  ["a statement of ours", () => sql`SELECT nothing`.execute(database.db)],
  ["a repository", () => Promise.reject(new TransientFailure("cut off", { cause: { code: "ECONNRESET" } }))],
])("a failure of %s is none of the server's", async (_, fail) => {
  const failure = await failureOf(fail());
  expect([isOutage(failure), isStoreFailure(failure)]).toEqual([false, false]);
});
