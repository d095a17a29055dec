import { sql } from "kysely";
import type { Db } from "./database.ts";
import { forgetSecrets } from "./secrets.ts";

/** Rows that one statement removes, so that none holds locks for long. */
const BATCH = 5_000;
/** As long as a sweep can be undone and a retired repository be restored as it was, what was sent is kept. */
const KEPT_DAYS = 90;

/** What was removed. */
export interface Removed {
  /** Runs older than the limit, with their windows. */
  readonly runs: number;
  /** Unreadable records that have arrived since, or were sent as unreadable again and are kept from then. */
  readonly quarantined: number;
  /** Notes of what ended runs have seen. */
  readonly seen: number;
  /** Records of retired repositories of which nothing is kept but that they were there. */
  readonly purged: number;
}

/**
 * Removes what nobody needs any more, in bounded statements; `batch` is for tests. The latest run of a repository and its
 * latest complete one stay however old they are: the next harvest is planned and judged by them.
 */
export async function removeOld(db: Db, runsDays: number, batch = BATCH): Promise<Removed> {
  const runs = await inBatches((limit) => removeRuns(db, runsDays, limit), batch);
  const arrived = await inBatches((limit) => removeArrived(db, limit), batch);
  const seen = await inBatches((limit) => removeSeen(db, limit), batch);
  let purged = 0;
  let quarantined = arrived;
  for (const repositoryId of await longRetired(db)) {
    await forgetSecrets(db, repositoryId);
    purged += await inBatches((limit) => purgeRecords(db, repositoryId, limit), batch);
    quarantined += await inBatches((limit) => removeQuarantine(db, repositoryId, limit), batch);
  }
  return { runs, quarantined, seen, purged };
}

/** Lets `remove` remove so many rows at a time until it finds fewer. Gives how many it was. */
export async function inBatches(remove: (limit: number) => Promise<number>, batch = BATCH): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await remove(batch);
    total += removed;
    if (removed < batch) return total;
  }
}

/** A run that still waits for a decision, and one whose deletions can still be undone, is no history. */
async function removeRuns(db: Db, days: number, batch: number): Promise<number> {
  const { rows } = await sql`
    WITH old AS (
      SELECT repository_id, run_id FROM harvest_run run
      WHERE outcome IS NOT NULL AND finished_at < clock_timestamp() - ${days} * interval '1 day'
        AND review IS DISTINCT FROM 'pending'
        AND EXISTS (SELECT FROM harvest_run later WHERE later.repository_id = run.repository_id AND later.run_id > run.run_id)
        AND (outcome NOT IN ('complete', 'complete_with_rejects') OR EXISTS (
          SELECT FROM harvest_run later WHERE later.repository_id = run.repository_id AND later.run_id > run.run_id
            AND later.outcome IN ('complete', 'complete_with_rejects')
        ))
      LIMIT ${batch}
    ), windows AS (
      DELETE FROM harvest_window USING old
      WHERE harvest_window.repository_id = old.repository_id AND harvest_window.run_id = old.run_id
    )
    DELETE FROM harvest_run USING old
    WHERE harvest_run.repository_id = old.repository_id AND harvest_run.run_id = old.run_id
    RETURNING harvest_run.run_id`.execute(db);
  return rows.length;
}

/** An unreadable record without an identifier is never known to have arrived; its bytes stay. */
async function removeArrived(db: Db, batch: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM quarantine USING (
      SELECT repository_id, quarantine_id FROM quarantine bad
      WHERE identifier IS NOT NULL AND ${isOld("bad")} AND (
        EXISTS (
          SELECT FROM source_record good WHERE good.repository_id = bad.repository_id
            AND good.identifier = bad.identifier AND good.changed_run_id > bad.run_id
        ) OR EXISTS (
          SELECT FROM quarantine again WHERE again.repository_id = bad.repository_id
            AND again.identifier = bad.identifier AND again.quarantine_id > bad.quarantine_id
        )
      ) LIMIT ${batch}
    ) old WHERE quarantine.repository_id = old.repository_id AND quarantine.quarantine_id = old.quarantine_id
    RETURNING quarantine.quarantine_id`.execute(db);
  return rows.length;
}

/** What is in quarantine is as old as its run; a run that is not there any more was old enough to be removed. */
function isOld(alias: string) {
  return sql`NOT EXISTS (
    SELECT FROM harvest_run WHERE harvest_run.repository_id = ${sql.ref(`${alias}.repository_id`)}
      AND harvest_run.run_id = ${sql.ref(`${alias}.run_id`)}
      AND (outcome IS NULL OR finished_at > clock_timestamp() - ${KEPT_DAYS} * interval '1 day')
  )`;
}

/** A run that was interrupted is gone on with for a day (`plan-harvest.ts`), and what it has seen counts then. */
async function removeSeen(db: Db, batch: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM run_seen USING (
      SELECT repository_id, run_id, part FROM run_seen seen WHERE NOT EXISTS (
        SELECT FROM harvest_run WHERE harvest_run.repository_id = seen.repository_id
          AND harvest_run.run_id = seen.run_id
          AND (outcome IS NULL OR outcome = 'partial' AND started_at > clock_timestamp() - interval '1 day')
      ) LIMIT ${batch}
    ) old WHERE run_seen.repository_id = old.repository_id AND run_seen.run_id = old.run_id AND run_seen.part = old.part
    RETURNING run_seen.part`.execute(db);
  return rows.length;
}

/** Repositories that were retired so long ago that they are not restored as they were any more. */
async function longRetired(db: Db): Promise<readonly number[]> {
  const { rows } = await sql<{ repository_id: number }>`
    SELECT repository_id FROM repository
    WHERE state = 'retired' AND retired_at < clock_timestamp() - ${KEPT_DAYS} * interval '1 day'`.execute(db);
  return rows.map((row) => row.repository_id);
}

/**
 * Identifiers and record numbers stay: our identifiers never name another record, and a repository that comes back finds
 * its own. An empty hash equals none, so that everything it sends is stored again.
 */
async function purgeRecords(db: Db, repositoryId: number, batch: number): Promise<number> {
  const { rows } = await sql`
    WITH purged AS (
      UPDATE source_record SET raw = '', raw_hash = '' WHERE repository_id = ${repositoryId} AND identifier IN (
        SELECT identifier FROM source_record WHERE repository_id = ${repositoryId} AND raw <> '' LIMIT ${batch}
      ) RETURNING record_id
    ), tombstones AS (
      UPDATE record SET published = NULL, content_hash = NULL FROM purged
      WHERE record.repository_id = ${repositoryId} AND record.record_id = purged.record_id AND deleted
    ), waiting AS (
      DELETE FROM held_record USING purged
      WHERE held_record.repository_id = ${repositoryId} AND held_record.record_id = purged.record_id
    ), remarks AS (
      DELETE FROM record_issue USING purged
      WHERE record_issue.repository_id = ${repositoryId} AND record_issue.record_id = purged.record_id
    ), remapped AS (
      DELETE FROM remap_record USING purged
      WHERE remap_record.repository_id = ${repositoryId} AND remap_record.record_id = purged.record_id
    )
    SELECT record_id FROM purged`.execute(db);
  return rows.length;
}

async function removeQuarantine(db: Db, repositoryId: number, batch: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM quarantine WHERE repository_id = ${repositoryId} AND quarantine_id IN (
      SELECT quarantine_id FROM quarantine WHERE repository_id = ${repositoryId} LIMIT ${batch}
    ) RETURNING quarantine_id`.execute(db);
  return rows.length;
}
