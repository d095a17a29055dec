import { sql } from "kysely";
import type { Db } from "./database.ts";
import { type DumpStatus, readDumps } from "./dumps.ts";
import type { RemapState, RunTrigger } from "./schema.ts";

// The queue's library has no question for what waits; its table is read as version 10 of pg-boss lays it out.

/** A harvest that nobody has taken up yet. */
export interface WaitingJob {
  readonly code: string;
  readonly trigger: RunTrigger;
  readonly since: Date;
  /** Not before this moment: quiet hours, a busy host, a failure that is tried again. */
  readonly notBefore: Date;
}

/** A harvest in hand. */
export interface RunningJob {
  readonly code: string;
  /** Machine and number of the process that holds the lease. */
  readonly worker: string;
  /** When the process took it up; a long harvest changes hands between its slices. */
  readonly heldSince: Date;
  /** When the run began, pages and records so far; `null` while it is still being planned. */
  readonly run: {
    readonly startedAt: Date;
    readonly pages: number;
    readonly received: number;
    /** Since the run began, pauses included. */
    readonly recordsPerMinute: number;
    readonly cancelRequested: boolean;
  } | null;
  /** A remap in hand instead of a harvest, with the records that it has mapped so far, and of how many. */
  readonly remap: { readonly state: RemapState; readonly records: number; readonly total: number } | null;
}

/** A repository whose latest ended run did not do what it should. */
export interface FailedJob {
  readonly code: string;
  readonly outcome: string;
  readonly failure: string | null;
  /** Why, in a word. */
  readonly diagnosis: string | null;
  readonly finishedAt: Date;
}

/** Everything that waits, goes on or went wrong, for a person. */
export interface JobsView {
  /** The first ones in the order in which they will be taken up. */
  readonly waiting: readonly WaitingJob[];
  /** How many wait, those that are not shown included. */
  readonly waitingTotal: number;
  readonly running: readonly RunningJob[];
  /** Latest first. */
  readonly failed: readonly FailedJob[];
  /** The nightly dumps, one for each place of theirs. */
  readonly dumps: readonly DumpJob[];
}

/** A nightly dump: how the latest one fares, and which was whole last. */
export interface DumpJob extends Omit<DumpStatus, "latest"> {
  readonly latest: Omit<DumpStatus["latest"], "owner"> & {
    /** Machine and number of the process that makes it, or has tried to. */
    readonly worker: string;
  };
}

/** Reads the jobs of all machines; at most `limit` waiting and failed ones. */
export async function readJobs(db: Db, limit: number): Promise<JobsView> {
  const [{ jobs, total }, running, failed, dumps] = await Promise.all([
    waitingJobs(db, limit),
    runningJobs(db),
    failedJobs(db, limit),
    readDumps(db),
  ]);
  return { waiting: jobs, waitingTotal: total, running, failed, dumps: dumps.map(dumpJob) };
}

function dumpJob({ latest: { owner, ...latest }, whole }: DumpStatus): DumpJob {
  return { latest: { ...latest, worker: workerOf(owner) }, whole };
}

/** Whether a queue was ever started on this database. */
export async function queueIsThere(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`.execute(db);
  return rows[0]?.there === true;
}

async function waitingJobs(db: Db, limit: number) {
  if (!(await queueIsThere(db))) return { jobs: [], total: 0 };
  const { rows } = await sql<WaitingJob & { total: number }>`
    SELECT repository.code, data->>'trigger' AS trigger, created_on AS since, start_after AS "notBefore",
      count(*) OVER () AS total
    FROM pgboss.job JOIN repository ON repository.repository_id = (data->>'repositoryId')::int
    WHERE job.name = 'harvest' AND job.state < 'active'
    ORDER BY start_after > clock_timestamp(), priority DESC, created_on, id LIMIT ${limit}`.execute(db);
  return { jobs: rows.map(({ total: _, ...job }) => job), total: rows[0]?.total ?? 0 };
}

async function runningJobs(db: Db): Promise<readonly RunningJob[]> {
  const { rows } = await sql<{
    code: string;
    owner: string;
    taken_at: Date;
    started_at: Date | null;
    pages: number;
    received: number;
    minutes: number;
    cancel_requested: boolean;
    remap: RunningJob["remap"];
  }>`
    SELECT code, owner, taken_at, run.started_at, pages, received, run.cancel_requested,
      extract(epoch FROM clock_timestamp() - run.started_at)::float8 / 60 AS minutes,
      CASE WHEN run.run_id IS NULL AND remap.remap_id IS NOT NULL
        THEN jsonb_build_object('state', remap.state, 'records', records, 'total', total) END AS remap
    FROM harvest_lease lease JOIN repository USING (repository_id)
      LEFT JOIN harvest_run run ON run.repository_id = lease.repository_id AND run.outcome IS NULL
      LEFT JOIN remap ON remap.repository_id = lease.repository_id AND remap.state IN ('mapping', 'activating', 'rolling-back')
    ORDER BY taken_at`.execute(db);
  return rows.map((row) => ({
    code: row.code,
    worker: workerOf(row.owner),
    heldSince: row.taken_at,
    run: row.started_at === null ? null : progressOf({ ...row, started_at: row.started_at }),
    remap: row.remap,
  }));
}

function progressOf(row: {
  readonly started_at: Date;
  readonly pages: number;
  readonly received: number;
  readonly minutes: number;
  readonly cancel_requested: boolean;
}): RunningJob["run"] {
  return {
    startedAt: row.started_at,
    pages: row.pages,
    received: row.received,
    recordsPerMinute: row.minutes > 0 ? Math.round(row.received / row.minutes) : 0,
    cancelRequested: row.cancel_requested,
  };
}

/** An owner is machine, process namespace, process number and chance; a person needs the first and the third. */
function workerOf(owner: string): string {
  const [machine = owner, , process = ""] = owner.split(" ");
  return `${machine} ${process}`.trim();
}

async function failedJobs(db: Db, limit: number): Promise<readonly FailedJob[]> {
  const { rows } = await sql<FailedJob>`
    SELECT code, latest.outcome, latest.failure, latest.diagnosis, latest.finished_at AS "finishedAt"
    FROM repository CROSS JOIN LATERAL (
      SELECT outcome, failure, diagnosis, finished_at FROM harvest_run
      WHERE harvest_run.repository_id = repository.repository_id AND outcome IS NOT NULL ORDER BY run_id DESC LIMIT 1
    ) latest
    WHERE repository.state <> 'retired' AND latest.outcome NOT IN ('complete', 'complete_with_rejects', 'cancelled')
    ORDER BY latest.finished_at DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** What cancelling found. */
export interface Cancelled {
  /** An open run was told to end after the page in hand. */
  readonly run: boolean;
  /** Jobs that waited and do not any more. */
  readonly waiting: number;
}

/** Tells the open run of a repository to end, and removes what waits for it. */
export async function cancelHarvest(db: Db, repositoryId: number): Promise<Cancelled> {
  const waiting = await removeWaiting(db, repositoryId);
  const run = await db
    .updateTable("harvest_run")
    .set({ cancel_requested: true })
    .where("repository_id", "=", repositoryId)
    .where("outcome", "is", null)
    .returning("run_id")
    .executeTakeFirst();
  return { run: run !== undefined, waiting };
}

async function removeWaiting(db: Db, repositoryId: number): Promise<number> {
  if (!(await queueIsThere(db))) return 0;
  const { numAffectedRows } = await sql`
    DELETE FROM pgboss.job WHERE name = 'harvest' AND state < 'active'
      AND (data->>'repositoryId')::int = ${repositoryId}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
