import { type Selectable, sql, type Transaction } from "kysely";
import type { Db } from "./database.ts";
import { updateRepository } from "./repositories.ts";
import type { Database, HarvestRunTable, Missing, RunKind, RunTrigger } from "./schema.ts";
import { inheritSeen } from "./seen.ts";
import { addWindows, type WindowPlan } from "./windows.ts";

export type Run = Selectable<HarvestRunTable>;

/** What a run sets out to do. */
export interface RunPlan {
  readonly repositoryId: number;
  readonly trigger: RunTrigger;
  /** A harvest where nothing is said. */
  readonly kind?: RunKind;
  readonly metadataPrefix: string;
  readonly metadataNamespace: string;
  readonly sourceStarted: string | null;
  /** Everything is asked for: what the list does not bring has vanished. */
  readonly fullList: boolean;
  readonly windows: readonly WindowPlan[];
  /** The interrupted run whose windows these are; what it has seen counts as seen. */
  readonly goesOnFrom?: number | null;
}

/** The numbers that one page adds to its run; see `RunCounts`. */
export interface PageCounts {
  readonly received: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly deleted: number;
  readonly repeated: number;
  readonly bytes: number;
}

/** Opens a run with its windows. The database refuses a second open run of one repository. */
export async function startRun(db: Db, plan: RunPlan): Promise<Run> {
  return await db.transaction().execute(async (trx) => {
    const run = await trx
      .insertInto("harvest_run")
      .values({
        repository_id: plan.repositoryId,
        trigger: plan.trigger,
        kind: plan.kind ?? "harvest",
        metadata_prefix: plan.metadataPrefix,
        metadata_namespace: plan.metadataNamespace,
        source_started: plan.sourceStarted,
        full_list: plan.fullList,
        live_before: sql`(SELECT count(*) FROM record WHERE repository_id = ${plan.repositoryId} AND NOT deleted)`,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await addWindows(trx, run, plan.windows, 1);
    if (plan.goesOnFrom !== undefined && plan.goesOnFrom !== null) await inheritSeen(trx, run, plan.goesOnFrom);
    return run;
  });
}

/** The run that was begun and not ended, if any: its worker is at work, or was killed. */
export async function findOpenRun(db: Db, repositoryId: number): Promise<Run | null> {
  const query = db.selectFrom("harvest_run").selectAll().where("repository_id", "=", repositoryId);
  return (await query.where("outcome", "is", null).executeTakeFirst()) ?? null;
}

/** A run by its number. */
export async function getRun(db: Db, repositoryId: number, runId: number): Promise<Run> {
  const query = db.selectFrom("harvest_run").selectAll().where("repository_id", "=", repositoryId);
  return await query.where("run_id", "=", runId).executeTakeFirstOrThrow();
}

/** A run of a repository by its number, or `null`. */
export async function findRun(db: Db, repositoryId: number, runId: number): Promise<Run | null> {
  const query = db.selectFrom("harvest_run").selectAll().where("repository_id", "=", repositoryId);
  return (await query.where("run_id", "=", runId).executeTakeFirst()) ?? null;
}

/** Keeps a run that failed before there was anything to plan: the repository did not answer, or nothing we can map. */
export async function saveFailedRun(
  db: Db,
  repositoryId: number,
  trigger: RunTrigger,
  failure: string,
  { diagnosis = null, kind = "harvest" }: { readonly diagnosis?: string | null; readonly kind?: RunKind } = {},
): Promise<Run> {
  const end = { outcome: "failed", failure, diagnosis, finished_at: sql<Date>`clock_timestamp()` };
  return await db
    .insertInto("harvest_run")
    .values({ repository_id: repositoryId, trigger, kind, ...end })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A run by its number alone, or `null`. Each repository is asked: the index begins with it. */
export async function findRunOfAny(db: Db, runId: number): Promise<Run | null> {
  const { rows } = await sql<Run>`
    SELECT run.* FROM repository CROSS JOIN LATERAL (
      SELECT * FROM harvest_run WHERE harvest_run.repository_id = repository.repository_id AND run_id = ${runId}
    ) run`.execute(db);
  return rows[0] ?? null;
}

/** Ends whatever is unfinished of a repository's runs, so that nothing goes on where it stood; `reason` says why. */
export async function endUnfinishedRuns(db: Db, repositoryId: number, reason: string): Promise<void> {
  await db
    .updateTable("harvest_window")
    .set({ state: "abandoned" })
    .where("repository_id", "=", repositoryId)
    .where("state", "=", "open")
    .execute();
  await db
    .updateTable("harvest_run")
    .set({ outcome: "partial", failure: reason, diagnosis: "interrupted", finished_at: sql`clock_timestamp()` })
    .where("repository_id", "=", repositoryId)
    .where("outcome", "is", null)
    .execute();
}

/** The repository's latest run of a kind, or `null`; a harvest where nothing is said. */
export async function findLatestRun(db: Db, repositoryId: number, kind: RunKind = "harvest"): Promise<Run | null> {
  const query = db.selectFrom("harvest_run").selectAll().where("repository_id", "=", repositoryId);
  const runs = query.where("kind", "=", kind).orderBy("run_id", "desc").limit(1);
  return (await runs.executeTakeFirst()) ?? null;
}

/** The repository's latest harvest in a format, or `null`. */
export async function findHarvestIn(db: Db, repositoryId: number, metadataPrefix: string): Promise<Run | null> {
  const query = db.selectFrom("harvest_run").selectAll().where("repository_id", "=", repositoryId);
  const harvests = query.where("kind", "=", "harvest").where("metadata_prefix", "=", metadataPrefix);
  return (await harvests.orderBy("run_id", "desc").limit(1).executeTakeFirst()) ?? null;
}

/** How a run ends. */
export interface RunEnd {
  readonly outcome: string;
  readonly failure: string | null;
  /** The same in a word. */
  readonly diagnosis?: string | null;
  readonly missing?: Missing | null;
  /** Records that it took out of the feed. */
  readonly withdrawn?: number;
  /** Where the repository's cursor goes; `null`: it stays. */
  readonly cursor: { readonly harvestedUntil: string | null; readonly prefix: string } | null;
  /** What a person should know of it although nothing went wrong. */
  readonly note?: string | null;
  /** When everything is to be asked for again, and when its identifiers, where that changes. */
  readonly due?: { readonly full_due_at?: Date; readonly sweep_due_at?: Date };
}

/** Ends a run. With a cursor the repository's is moved in the same transaction: it moves last and only here. */
export async function finishRun(db: Db, run: Pick<Run, "repository_id" | "run_id">, end: RunEnd): Promise<Run> {
  return await db.transaction().execute(async (trx) => {
    if (end.cursor !== null) await moveCursor(trx, run.repository_id, end.cursor);
    await updateRepository(trx, run.repository_id, end.due ?? {});
    return await trx
      .updateTable("harvest_run")
      .set({
        outcome: end.outcome,
        failure: end.failure,
        diagnosis: end.diagnosis ?? null,
        note: end.note ?? null,
        missing: end.missing === undefined || end.missing === null ? null : JSON.stringify(end.missing),
        withdrawn: end.withdrawn ?? 0,
        review: end.outcome === "held_for_review" ? "pending" : null,
        finished_at: sql`clock_timestamp()`,
      })
      .where("repository_id", "=", run.repository_id)
      .where("run_id", "=", run.run_id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** Moves a repository's cursor: the next harvest asks from there. */
export async function moveCursor(
  trx: Db,
  repositoryId: number,
  cursor: { readonly harvestedUntil: string | null; readonly prefix: string },
): Promise<void> {
  await trx
    .updateTable("repository")
    .set({ harvested_until: cursor.harvestedUntil, harvested_prefix: cursor.prefix })
    .where("repository_id", "=", repositoryId)
    .execute();
}

/** Identifiers of the records that a run could not read, at most `limit`. */
export async function listRejected(db: Db, run: Pick<Run, "repository_id" | "run_id">, limit: number) {
  const rows = await db
    .selectFrom("quarantine")
    .select("identifier")
    .where("repository_id", "=", run.repository_id)
    .where("run_id", "=", run.run_id)
    .where("identifier", "is not", null)
    .orderBy("quarantine_id")
    .limit(limit)
    .execute();
  return rows.flatMap(({ identifier }) => (identifier === null ? [] : [identifier]));
}

/** The latest run of each repository, open ones included. Asked one by one: a distinct list would read every run there is. */
export async function listLatestRuns(db: Db): Promise<readonly Run[]> {
  const { rows } = await sql<Run>`
    SELECT run.* FROM repository CROSS JOIN LATERAL (
      SELECT * FROM harvest_run WHERE harvest_run.repository_id = repository.repository_id
        AND (kind <> 'sweep' OR review = 'pending')
      ORDER BY run_id DESC LIMIT 1
    ) run ORDER BY repository_id`.execute(db);
  return rows;
}

/** The last `limit` runs of a repository, latest first; with `before` those before the run of that number. */
export async function listRuns(
  db: Db,
  repositoryId: number,
  limit: number,
  before: number | null = null,
): Promise<readonly Run[]> {
  const query = db.selectFrom("harvest_run").selectAll().where("repository_id", "=", repositoryId);
  const runs = before === null ? query : query.where("run_id", "<", before);
  return await runs.orderBy("run_id", "desc").limit(limit).execute();
}

/** Counts an answer whose envelope had to be mended, under each thing that was. */
export async function countRepairs(
  trx: Transaction<Database>,
  run: { readonly repositoryId: number; readonly runId: number },
  repairs: readonly string[],
): Promise<void> {
  await sql`
    UPDATE harvest_run SET repairs = (
      SELECT jsonb_object_agg(repair, answers) FROM (
        SELECT repair, sum(answers)::int AS answers FROM (
          SELECT key AS repair, value::int AS answers FROM jsonb_each_text(coalesce(repairs, '{}'))
          UNION ALL SELECT DISTINCT repair, 1 FROM unnest(${repairs}::text[]) AS repair
        ) AS counted GROUP BY repair
      ) AS sums
    ) WHERE repository_id = ${run.repositoryId} AND run_id = ${run.runId}`.execute(trx);
}

/** How many harvests in a row, up to the latest, were complete and brought nothing new. */
export async function countQuietHarvests(db: Db, repositoryId: number): Promise<number> {
  const { rows } = await sql<{ quiet: number }>`
    SELECT count(*) AS quiet FROM harvest_run
    WHERE repository_id = ${repositoryId} AND kind = 'harvest' AND outcome IS NOT NULL AND run_id > coalesce((
      SELECT max(run_id) FROM harvest_run
      WHERE repository_id = ${repositoryId} AND kind = 'harvest'
        AND (outcome <> 'complete' OR added + changed + withdrawn > 0)
    ), 0)`.execute(db);
  return rows[0]?.quiet ?? 0;
}
