import { type Selectable, sql } from "kysely";
import type { Db } from "./database.ts";
import type { HarvestRunTable, HarvestWindowTable, RunTrigger } from "./schema.ts";

export type Run = Selectable<HarvestRunTable>;
export type Window = Selectable<HarvestWindowTable>;

/** What a run sets out to do. */
export interface RunPlan {
  readonly repositoryId: number;
  readonly trigger: RunTrigger;
  readonly metadataPrefix: string;
  readonly metadataNamespace: string;
  readonly sourceStarted: string | null;
  readonly windows: readonly WindowPlan[];
}

/** A window as it will be asked for, in the repository's own granularity; `null`: open on that side. */
export interface WindowPlan {
  readonly from: string | null;
  readonly until: string | null;
  /** Where an earlier run stood that could not read on; `null`: from the beginning. */
  readonly resumptionToken: string | null;
  /** What that run had received of the window already. */
  readonly received: number;
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
        metadata_prefix: plan.metadataPrefix,
        metadata_namespace: plan.metadataNamespace,
        source_started: plan.sourceStarted,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const windows = plan.windows.map((window, index) => ({
      repository_id: plan.repositoryId,
      run_id: run.run_id,
      window_number: index + 1,
      from_datestamp: window.from,
      until_datestamp: window.until,
      resumption_token: window.resumptionToken,
      received: window.received,
    }));
    await trx.insertInto("harvest_window").values(windows).execute();
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

/** The windows of a run in their order. */
export async function listWindows(db: Db, repositoryId: number, runId: number): Promise<readonly Window[]> {
  return await db
    .selectFrom("harvest_window")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .where("run_id", "=", runId)
    .orderBy("window_number")
    .execute();
}

/** Sends a window back to its first page; what it has stored stays, so asking again is harmless. */
export async function restartWindow(db: Db, window: Window): Promise<void> {
  await db
    .updateTable("harvest_window")
    .set({ resumption_token: null, pages: 0, received: 0, restarts: sql`restarts + 1` })
    .where("repository_id", "=", window.repository_id)
    .where("run_id", "=", window.run_id)
    .where("window_number", "=", window.window_number)
    .execute();
}

/** Keeps a run that failed before there was anything to plan: the repository did not answer, or nothing we can map. */
export async function saveFailedRun(db: Db, repositoryId: number, trigger: RunTrigger, failure: string): Promise<Run> {
  return await db
    .insertInto("harvest_run")
    .values({ repository_id: repositoryId, trigger, outcome: "failed", failure, finished_at: sql`clock_timestamp()` })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Gives up what is left of a run's windows: the next run begins anew instead of going on where this one stood. */
export async function abandonWindows(db: Db, run: Pick<Run, "repository_id" | "run_id">): Promise<void> {
  await db
    .updateTable("harvest_window")
    .set({ state: "abandoned" })
    .where("repository_id", "=", run.repository_id)
    .where("run_id", "=", run.run_id)
    .where("state", "=", "open")
    .execute();
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
    .set({ outcome: "partial", failure: reason, finished_at: sql`clock_timestamp()` })
    .where("repository_id", "=", repositoryId)
    .where("outcome", "is", null)
    .execute();
}

/** The repository's latest run, or `null`. */
export async function findLatestRun(db: Db, repositoryId: number): Promise<Run | null> {
  return (await listRuns(db, repositoryId, 1))[0] ?? null;
}

/** Ends a run. With a cursor the repository's is moved in the same transaction: it moves last and only here. */
export async function finishRun(
  db: Db,
  run: Pick<Run, "repository_id" | "run_id">,
  end: {
    readonly outcome: string;
    readonly failure: string | null;
    readonly cursor: { readonly harvestedUntil: string | null; readonly prefix: string } | null;
  },
): Promise<Run> {
  return await db.transaction().execute(async (trx) => {
    if (end.cursor !== null) {
      await trx
        .updateTable("repository")
        .set({ harvested_until: end.cursor.harvestedUntil, harvested_prefix: end.cursor.prefix })
        .where("repository_id", "=", run.repository_id)
        .execute();
    }
    return await trx
      .updateTable("harvest_run")
      .set({ outcome: end.outcome, failure: end.failure, finished_at: sql`clock_timestamp()` })
      .where("repository_id", "=", run.repository_id)
      .where("run_id", "=", run.run_id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** The latest run of each repository, open ones included. */
export async function listLatestRuns(db: Db): Promise<readonly Run[]> {
  return await db
    .selectFrom("harvest_run")
    .selectAll()
    .distinctOn("repository_id")
    .orderBy("repository_id")
    .orderBy("run_id", "desc")
    .execute();
}

/** The last `limit` runs of a repository, latest first. */
export async function listRuns(db: Db, repositoryId: number, limit: number): Promise<readonly Run[]> {
  return await db
    .selectFrom("harvest_run")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .orderBy("run_id", "desc")
    .limit(limit)
    .execute();
}
