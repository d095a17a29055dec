import { sql } from "kysely";
import type { Db } from "./database.ts";
import type { Lease } from "./leases.ts";
import type { RunTrigger } from "./schema.ts";

// As jobs-view.ts, this reads the queue's table as version 10 of pg-boss lays it out; the queue has been started before.

/** A harvest that nobody works on any more. */
export interface Orphan {
  readonly repositoryId: number;
  readonly trigger: RunTrigger;
}

/** A job that is marked as being worked on. */
export interface OrphanedJob extends Orphan {
  readonly jobId: string;
}

/** Between taking up a job and taking the lease lie milliseconds; a job without a lease for longer has lost its worker. */
const GRACE_SECONDS = 10;

/** All leases there are. */
export async function listLeases(db: Db): Promise<readonly Lease[]> {
  const query = db.selectFrom("harvest_lease").select(["repository_id as repositoryId", "host", "owner"]);
  return await query.execute();
}

/** Removes the leases that have run out by the database's clock, and returns them. */
export async function removeExpiredLeases(db: Db): Promise<readonly Lease[]> {
  const query = db.deleteFrom("harvest_lease").where(sql<boolean>`expires_at < clock_timestamp()`);
  return await query.returning(["repository_id as repositoryId", "host", "owner"]).execute();
}

/**
 * Jobs that are marked as being worked on while nobody holds the lease: their process was killed, or could not say that
 * it had given up because the database was away. `left`: repositories whose lease has just been removed; their workers
 * are known to be gone.
 */
export async function listOrphanedJobs(db: Db, left: readonly number[]): Promise<readonly OrphanedJob[]> {
  const { rows } = await sql<OrphanedJob>`
    SELECT id AS "jobId", (data->>'repositoryId')::int AS "repositoryId", data->>'trigger' AS trigger
    FROM pgboss.job WHERE name = 'harvest' AND state = 'active'
      AND ((data->>'repositoryId')::int = ANY (${left}::int[])
        OR started_on < clock_timestamp() - ${GRACE_SECONDS} * interval '1 second')
      AND NOT EXISTS (SELECT FROM harvest_lease WHERE repository_id = (data->>'repositoryId')::int)`.execute(db);
  return rows;
}

/** Removes orphaned jobs once they are queued anew. */
export async function removeJobs(db: Db, jobs: readonly OrphanedJob[]): Promise<void> {
  const ids = jobs.map(({ jobId }) => jobId);
  await sql`DELETE FROM pgboss.job WHERE name = 'harvest' AND id = ANY (${ids}::uuid[])`.execute(db);
}

/** Open runs of live repositories that nobody works on and no job will go on with. */
export async function listStrandedRuns(db: Db): Promise<readonly Orphan[]> {
  const { rows } = await sql<Orphan>`
    SELECT run.repository_id AS "repositoryId", run.trigger
    FROM harvest_run run JOIN repository USING (repository_id)
    WHERE run.outcome IS NULL AND run.kind <> 'import' AND repository.state = 'live'
      AND NOT EXISTS (SELECT FROM harvest_lease lease WHERE lease.repository_id = run.repository_id)
      AND NOT EXISTS (
        SELECT FROM pgboss.job WHERE name = 'harvest' AND job.state <= 'active'
          AND (data->>'repositoryId')::int = run.repository_id
      )`.execute(db);
  return rows;
}
