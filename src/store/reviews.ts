import { sql } from "kysely";
import type { Db } from "./database.ts";
import type { Run } from "./runs.ts";
import type { Review } from "./schema.ts";

/** A run that a person has to decide about, with the code of its repository. */
export type HeldRun = Run & { readonly code: string };

/**
 * The latest run of each repository that waits for a decision, oldest first; it carries what earlier ones proposed. One
 * that waits only for what no longer holds is not among them.
 */
export async function listHeldRuns(db: Db): Promise<readonly HeldRun[]> {
  const { rows } = await sql<HeldRun>`
    SELECT held.*, p.code FROM (
      SELECT DISTINCT ON (repository_id) * FROM harvest_run WHERE review = 'pending' ORDER BY repository_id, run_id DESC
    ) held JOIN repository p USING (repository_id)
    WHERE held.diagnosis IS DISTINCT FROM 'identifiers_changed'
      OR EXISTS (SELECT FROM rebinding b WHERE b.repository_id = held.repository_id AND b.state = 'proposed')
      OR EXISTS (SELECT FROM deletion d WHERE d.repository_id = held.repository_id AND d.state = 'proposed')
    ORDER BY held.finished_at`.execute(db);
  return rows;
}

/** Writes down what a person decided on a repository's pending runs. */
export async function decideHeldRuns(db: Db, repositoryId: number, review: Review, by: string): Promise<void> {
  await db
    .updateTable("harvest_run")
    .set({ review, reviewed_by: by, reviewed_at: sql`clock_timestamp()` })
    .where("repository_id", "=", repositoryId)
    .where("review", "=", "pending")
    .execute();
}

/** Books on a run what came of a decision about it. */
export async function bookReview(
  db: Db,
  run: Pick<Run, "repository_id" | "run_id">,
  values: { readonly withdrawn: number } | { readonly review: Review; readonly reviewed_by: string },
): Promise<void> {
  await db
    .updateTable("harvest_run")
    .set({ ...values, reviewed_at: sql`clock_timestamp()` })
    .where("repository_id", "=", run.repository_id)
    .where("run_id", "=", run.run_id)
    .execute();
}

/** The latest run of a repository that took records out of the feed, or `null`. */
export async function findWithdrawingRun(db: Db, repositoryId: number): Promise<Run | null> {
  const query = db.selectFrom("harvest_run").selectAll().where("repository_id", "=", repositoryId);
  const withdrawing = query.where("withdrawn", ">", 0).orderBy("run_id", "desc").limit(1);
  return (await withdrawing.executeTakeFirst()) ?? null;
}
