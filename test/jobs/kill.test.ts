import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Finished, runCli } from "../cli/run-cli.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { type FakeProvider, recordsOfFakeProvider, startFakeProvider } from "../support/fake-provider.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

/** Enough to be killed in the middle; chaos.test.ts does it to more, and more often. `KILL_RECORDS=50000` asks for more here. */
const RECORDS = Number(process.env.KILL_RECORDS ?? 10_000);
const PAGE = 200;
/** Short ones, and most of them deleted: what is tried here is how many there are, not how long they are. */
const SIZE = ["--number", String(RECORDS), "--prefix", "oai_dc", "--abstract-bytes", "100", "--deleted", "0.9"];

let database: TestDatabase;
let provider: FakeProvider;

beforeAll(async () => {
  database = await createTestDatabase();
  if (sharedFolder !== null) provider = await startFakeProvider(...SIZE, "--page", String(PAGE));
});

afterAll(async () => {
  provider?.stop();
  await database.close();
});

test.skipIf(sharedFolder === null)(
  "a harvest of thousands of records that is killed halfway ends with every record, deleted ones as deleted",
  { timeout: 600_000 },
  async () => {
    const truth = await recordsOfFakeProvider(...SIZE);
    let killing: Promise<void> | null = null;
    const first = await harvest((child) => {
      killing = pagesStored(RECORDS / PAGE / 2).then(() => void child.kill("SIGKILL"));
    });
    await killing;
    expect(first.code).toBeNull();
    expect(await count("source_record")).toBeLessThan(RECORDS);

    expect((await harvest()).code).toBe(0);

    const rows = await database.db.selectFrom("record").select(["source_identifier", "deleted"]).execute();
    const stored = new Map(rows.map((row) => [row.source_identifier, row.deleted]));
    expect(stored.size).toBe(RECORDS);
    expect(truth.filter(({ id, deleted }) => stored.get(id) !== deleted)).toEqual([]);
    expect(await count("source_record")).toBe(RECORDS);
    const runs = await database.db.selectFrom("harvest_run").select(["outcome", "received", "added"]).execute();
    expect(runs).toEqual([{ outcome: "complete", received: RECORDS, added: RECORDS }]);
  },
);

test.runIf(sharedFolder === null)(SHARED_ABSENT, () => {});

async function harvest(watch: (child: ChildProcess) => void = () => {}): Promise<Finished> {
  const environment = { DATABASE_URL: database.url, HARVEST_DELAY_MS: "0" };
  return await runCli(["harvest", `${provider.origin}/oai/request`], environment, watch);
}

/** Waits until the harvest has stored so many pages; the test's own time limit is the deadline. */
async function pagesStored(pages: number): Promise<void> {
  for (;;) {
    const run = await database.db.selectFrom("harvest_run").select("pages").executeTakeFirst();
    if ((run?.pages ?? 0) >= pages) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function count(table: "source_record" | "record"): Promise<number> {
  const row = await database.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
