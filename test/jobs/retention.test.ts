import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { retain } from "../../src/jobs/retention.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import { removeOld } from "../../src/store/retention.ts";
import { saveSecrets } from "../../src/store/secrets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { TEST_SECRETS_KEY } from "../support/services.ts";

const RUNS_DAYS = 400;
const KEPT = { retentionRunsDays: RUNS_DAYS, retentionConsumersDays: 90 };
let database: TestDatabase;
let repositoryId: number;

beforeEach(async () => {
  database = await createTestDatabase();
  const row = { code: "kho", name: "Kho", base_url: "https://kho.example.edu.vn/oai" };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

afterEach(async () => await database.close());

const remove = async () => await removeOld(database.db, RUNS_DAYS);

interface RunRow {
  readonly daysAgo: number;
  readonly outcome?: string | null;
  readonly review?: string;
}

/** A run with one window. Returns its number. */
async function run({ daysAgo, outcome = "complete", review }: RunRow): Promise<number> {
  const { rows } = await database.pool.query<{ run_id: number }>(
    `WITH run AS (
       INSERT INTO harvest_run (repository_id, trigger, outcome, review, started_at, finished_at)
       VALUES ($1, 'schedule', $2, $3, now() - $4 * interval '1 day',
         CASE WHEN $2::text IS NULL THEN NULL ELSE now() - $4 * interval '1 day' END) RETURNING repository_id, run_id
     ), w AS (INSERT INTO harvest_window (repository_id, run_id, window_number) SELECT repository_id, run_id, 1 FROM run)
     SELECT run_id FROM run`,
    [repositoryId, outcome, review ?? null, daysAgo],
  );
  return rows[0]?.run_id ?? 0;
}

async function numbersIn(table: "harvest_run" | "harvest_window"): Promise<readonly number[]> {
  const { rows } = await database.pool.query<{ run_id: number }>(`SELECT run_id FROM ${table} ORDER BY run_id`);
  return rows.map(({ run_id }) => run_id);
}

async function quarantine(runId: number, identifier: string | null): Promise<void> {
  const text =
    "INSERT INTO quarantine (repository_id, run_id, identifier, reason, raw) VALUES ($1, $2, $3, 'x', '<x>')";
  await database.pool.query(text, [repositoryId, runId, identifier]);
}

async function quarantined(): Promise<readonly (string | null)[]> {
  const text = "SELECT identifier FROM quarantine ORDER BY quarantine_id";
  const { rows } = await database.pool.query<{ identifier: string | null }>(text);
  return rows.map(({ identifier }) => identifier);
}

async function sourceRecord(identifier: string, changedRunId: number): Promise<void> {
  await database.pool.query(
    `INSERT INTO source_record (repository_id, identifier, raw, raw_hash, datestamp, set_specs, metadata_namespace,
       deleted, crosswalk, first_run_id, changed_run_id)
     VALUES ($1, $2, '<record/>', '\\x01', '2024-01-01', '{}', 'x', false, 'x@1', $3, $3)`,
    [repositoryId, identifier, changedRunId],
  );
}

describe("the history of harvests", () => {
  test("is kept for its days, with its windows", async () => {
    const old = await run({ daysAgo: 401 });
    const young = await run({ daysAgo: 399 });
    const latest = await run({ daysAgo: 1 });
    expect((await remove()).runs).toBe(1);
    expect(await numbersIn("harvest_run")).toEqual([young, latest]);
    expect(await numbersIn("harvest_window")).toEqual([young, latest]);
    expect(old).toBeLessThan(young);
  });

  test("never loses the latest run nor the latest complete one", async () => {
    await run({ daysAgo: 900 });
    const complete = await run({ daysAgo: 800, outcome: "complete_with_rejects" });
    await run({ daysAgo: 700, outcome: "failed" });
    const latest = await run({ daysAgo: 600, outcome: "failed" });
    expect((await remove()).runs).toBe(2);
    expect(await numbersIn("harvest_run")).toEqual([complete, latest]);
  });

  test("never loses a run that is open, nor one that waits for a decision", async () => {
    const held = await run({ daysAgo: 800, outcome: "held_for_review", review: "pending" });
    const decided = await run({ daysAgo: 700, outcome: "held_for_review", review: "rejected" });
    const open = await run({ daysAgo: 500, outcome: null });
    const latest = await run({ daysAgo: 1 });
    await remove();
    expect(await numbersIn("harvest_run")).toEqual([held, open, latest]);
    expect(decided).toBeGreaterThan(held);
  });
});

describe("an unreadable record", () => {
  test("is removed 90 days later where it has arrived since, and only there", async () => {
    const old = await run({ daysAgo: 91 });
    const young = await run({ daysAgo: 89 });
    const now = await run({ daysAgo: 1 });
    for (const identifier of ["arrived", "never", "before", null]) await quarantine(old, identifier);
    await quarantine(young, "lately");
    await sourceRecord("arrived", now);
    await sourceRecord("before", old - 1);
    await sourceRecord("lately", now);
    expect((await remove()).quarantined).toBe(1);
    expect(await quarantined()).toEqual(["never", "before", null, "lately"]);
  });

  test("that was sent as unreadable again is kept once, as it came last", async () => {
    const first = await run({ daysAgo: 200 });
    const second = await run({ daysAgo: 100 });
    const third = await run({ daysAgo: 1 });
    for (const runId of [first, second, third]) await quarantine(runId, "poison");
    expect((await remove()).quarantined).toBe(2);
    const { rows } = await database.pool.query("SELECT run_id FROM quarantine");
    expect(rows).toEqual([{ run_id: third }]);
  });
});

test("what a run has seen is forgotten when the run has ended and is not gone on with", async () => {
  const ended = await run({ daysAgo: 0.5 });
  const open = await run({ daysAgo: 2, outcome: null });
  const interrupted = await run({ daysAgo: 0.5, outcome: "partial" });
  const givenUp = await run({ daysAgo: 2, outcome: "partial" });
  for (const runId of [ended, ended, open, interrupted, givenUp, 4_711])
    await database.pool.query("INSERT INTO run_seen (repository_id, run_id, record_ids) VALUES ($1, $2, '{1}')", [
      repositoryId,
      runId,
    ]);
  expect((await remove()).seen).toBe(4);
  const { rows } = await database.pool.query("SELECT run_id FROM run_seen ORDER BY part");
  expect(rows).toEqual([{ run_id: open }, { run_id: interrupted }]);
});

describe("a retired repository", () => {
  /** Retired so many days ago, with one record that was live until then, a remark on it, and a sign-in. */
  async function retired(daysAgo: number): Promise<void> {
    const runId = await run({ daysAgo: 200 });
    await sourceRecord("oai:kho:1", runId);
    await quarantine(runId, "oai:kho:2");
    await database.pool.query(
      `INSERT INTO record (repository_id, record_id, oai_identifier, stamp, deleted, deleted_reason, set_specs,
         source_identifier, source_datestamp, metadata_namespace, published, content_hash)
       SELECT repository_id, record_id, 'oai:x:1', now(), true, 'source-retired', '{}', identifier, datestamp, 'x',
         '{"titles": [{"value": "Truyện Kiều"}]}', '\\x01' FROM source_record`,
    );
    await database.pool.query(
      `INSERT INTO record_issue (repository_id, record_id, position, code, severity, value)
       SELECT repository_id, record_id, 0, 'date-unreadable', 'warning', 'năm ngoái' FROM source_record`,
    );
    await saveSecrets(database.db, TEST_SECRETS_KEY, repositoryId, { basicAuth: null, headers: { "x-api-key": "42" } });
    const retiredAt = new Date(Date.now() - daysAgo * 24 * 60 * 60 * 1000);
    await updateRepository(database.db, repositoryId, { state: "retired", retired_at: retiredAt });
  }

  const raw = async () => (await database.pool.query("SELECT identifier, raw FROM source_record")).rows;
  const tombstones = async () =>
    (await database.pool.query("SELECT oai_identifier, deleted, published, content_hash FROM record")).rows;
  const remarks = async () => (await database.pool.query("SELECT FROM record_issue")).rowCount;
  const signIn = async () => (await getRepository(database.db, repositoryId)).secrets;

  test("keeps what it sent for 90 days", async () => {
    await retired(89);
    expect((await remove()).purged).toBe(0);
    expect(await raw()).toEqual([{ identifier: "oai:kho:1", raw: "<record/>" }]);
    expect(await tombstones()).toMatchObject([{ published: { titles: [{ value: "Truyện Kiều" }] } }]);
    expect(await quarantined()).toEqual(["oai:kho:2"]);
    expect(await remarks()).toBe(1);
    expect(await signIn()).not.toBeNull();
  });

  test("keeps identifiers and tombstones after that, and nothing of what it sent", async () => {
    await retired(91);
    expect(await remove()).toMatchObject({ purged: 1, quarantined: 1 });
    expect(await raw()).toEqual([{ identifier: "oai:kho:1", raw: "" }]);
    expect(await quarantined()).toEqual([]);
    expect(await tombstones()).toEqual([
      { oai_identifier: "oai:x:1", deleted: true, published: null, content_hash: null },
    ]);
    expect(await remarks()).toBe(0);
    expect(await signIn()).toBeNull();
    expect((await remove()).purged).toBe(0);
  });

  test("that was paused as long ago keeps everything", async () => {
    await retired(91);
    await updateRepository(database.db, repositoryId, { state: "paused" });
    expect(await remove()).toMatchObject({ purged: 0, quarantined: 0 });
  });
});

test("many are removed in bounded statements until none is left", async () => {
  for (let number = 0; number < 7; number += 1) await run({ daysAgo: 500 });
  await run({ daysAgo: 1 });
  expect((await removeOld(database.db, RUNS_DAYS, 3)).runs).toBe(7);
});

test("says what it did in one line", async () => {
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(line) });
  await run({ daysAgo: 500 });
  await run({ daysAgo: 1 });
  await database.pool.query(
    `INSERT INTO consumer_day (day, surface, network, user_agent, contact, route, metadata_prefix, set_spec, product)
     SELECT now()::date - ago, 'feed', '', '', '', '', '', '', '' FROM unnest(ARRAY[0, 88, 92]) AS ago`,
  );
  expect(await retain({ db: database.db, log }, KEPT)).toEqual({
    ...{ runs: 1, quarantined: 0, seen: 0, purged: 0 },
    consumers: 1,
  });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 30, msg: "old entries removed", runs: 1 }]);
});
