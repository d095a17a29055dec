import { sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import { readDumps } from "./dumps.ts";
import { readHorizon } from "./fence.ts";
import { queueIsThere } from "./jobs-view.ts";
import { assertMigrated, PendingMigrations } from "./migrate.ts";
import type { Database } from "./schema.ts";

/** A number for the metrics; names and labels as docs/operate.md lists them. */
export interface HealthNumber {
  readonly name: string;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Whoever asks whether we are well does not wait longer. */
const ANSWER_TIMEOUT_MS = 3_000;
/** No scrape may burden the database for longer. */
const SCRAPE_TIMEOUT = "5s";

/** What keeps the database from being used, in a sentence for an operator, or `null`. Never throws. */
export async function databaseProblem(db: Db): Promise<string | null> {
  const answer = assertMigrated(db).then(
    () => null,
    (error: unknown) => (error instanceof PendingMigrations ? error.message : "the database does not answer"),
  );
  return await inTime(answer, "the database does not answer");
}

/** What `answer` says, or `silence` where it says nothing in time. */
async function inTime<Answer, Silence>(answer: Promise<Answer>, silence: Silence): Promise<Answer | Silence> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Silence>((resolve) => {
    timer = setTimeout(() => resolve(silence), ANSWER_TIMEOUT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The numbers that only the store knows, for all processes together, and those of the database that the feed is read from.
 * The work grows with the number of repositories and of waiting jobs, never with that of records or of runs.
 */
export async function readHealthNumbers(db: Db, feed: Db): Promise<readonly HealthNumber[]> {
  const numbers = await db.transaction().execute(async (trx) => {
    await sql`SET LOCAL statement_timeout = ${sql.lit(SCRAPE_TIMEOUT)}`.execute(trx);
    return [
      ...(await repositoryNumbers(trx)),
      ...(await queueNumbers(trx)),
      ...(await runNumbers(trx)),
      ...(await dumpNumbers(trx)),
    ];
  });
  return [...numbers, ...(await feedNumbers(feed))];
}

/** A replica that is away takes none of the other numbers with it. */
async function feedNumbers(feed: Db): Promise<readonly HealthNumber[]> {
  const asked = readHorizon(feed).catch(() => null);
  const horizon = await inTime(asked, null);
  if (horizon === null) return [{ name: "lienthong_feed_database_up", value: 0 }];
  const behindMs = Date.now() - horizon.getTime();
  return [
    { name: "lienthong_feed_database_up", value: 1 },
    { name: "lienthong_feed_horizon_lag_seconds", value: Math.max(behindMs, 0) / 1000 },
  ];
}

async function repositoryNumbers(trx: Transaction<Database>): Promise<readonly HealthNumber[]> {
  const { rows } = await sql<{ state: string; repositories: number; lag: number }>`
    SELECT state, count(*) AS repositories,
      coalesce(extract(epoch FROM clock_timestamp() - min(next_due_at) FILTER (WHERE next_due_at < clock_timestamp()))::float8, 0) AS lag
    FROM repository GROUP BY state`.execute(trx);
  return rows.flatMap(({ state, repositories, lag }) => [
    { name: "lienthong_repositories", labels: { state }, value: repositories },
    { name: "lienthong_harvest_lag_seconds", labels: { state }, value: lag },
  ]);
}

async function queueNumbers(trx: Transaction<Database>): Promise<readonly HealthNumber[]> {
  if (!(await queueIsThere(trx))) return [];
  const { rows } = await sql<{ state: string; jobs: number; wait: number }>`
    SELECT CASE WHEN state = 'active' THEN 'working' WHEN start_after > clock_timestamp() THEN 'deferred' ELSE 'waiting' END AS state,
      count(*) AS jobs, extract(epoch FROM clock_timestamp() - min(start_after))::float8 AS wait
    FROM pgboss.job WHERE name = 'harvest' AND state <= 'active' GROUP BY 1`.execute(trx);
  const waiting = rows.find(({ state }) => state === "waiting");
  return [
    ...rows.map(({ state, jobs }) => ({ name: "lienthong_queue_jobs", labels: { state }, value: jobs })),
    { name: "lienthong_queue_wait_seconds", value: waiting?.wait ?? 0 },
  ];
}

async function runNumbers(trx: Transaction<Database>): Promise<readonly HealthNumber[]> {
  const { rows: outcomes } = await sql<{ outcome: string; repositories: number }>`
    SELECT latest.outcome, count(*) AS repositories
    FROM repository CROSS JOIN LATERAL (
      SELECT outcome FROM harvest_run WHERE harvest_run.repository_id = repository.repository_id AND outcome IS NOT NULL
        AND (kind <> 'sweep' OR review = 'pending')
      ORDER BY run_id DESC LIMIT 1
    ) latest WHERE repository.state <> 'retired' GROUP BY 1`.execute(trx);
  const { rows: open } = await sql<{ runs: number; leases: number; age: number }>`
    SELECT (SELECT count(*) FROM harvest_run WHERE outcome IS NULL) AS runs, count(*) AS leases,
      coalesce(extract(epoch FROM clock_timestamp() - min(taken_at))::float8, 0) AS age FROM harvest_lease`.execute(
    trx,
  );
  return [
    ...outcomes.map(({ outcome, repositories }) => ({
      name: "lienthong_repositories_by_outcome",
      labels: { outcome },
      value: repositories,
    })),
    ...open.flatMap(({ runs, leases, age }) => [
      { name: "lienthong_open_runs", value: runs },
      { name: "lienthong_leases", value: leases },
      { name: "lienthong_lease_age_seconds", value: age },
    ]),
  ];
}

async function dumpNumbers(trx: Transaction<Database>): Promise<readonly HealthNumber[]> {
  return (await readDumps(trx)).flatMap(({ latest: { target, state }, whole }) => {
    const numbers: [name: string, value: number][] = [["failed", state === "failed" ? 1 : 0]];
    if (whole !== null) {
      const { finishedAt, records, bytes, seconds } = whole;
      const moment = finishedAt.getTime() / 1000;
      numbers.push(["whole_timestamp_seconds", moment], ["records", records], ["bytes", bytes], ["seconds", seconds]);
    }
    return numbers.map(([name, value]) => ({ name: `lienthong_dump_${name}`, labels: { target }, value }));
  });
}
