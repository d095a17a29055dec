import { applyRebindings } from "../store/apply-rebindings.ts";
import type { Db } from "../store/database.ts";
import { applyDeletions, rejectDeletions, undoDeletions, weighDeletions } from "../store/deletions.ts";
import { releaseHeld } from "../store/held-records.ts";
import { countRebindings, rejectRebindings } from "../store/rebindings.ts";
import { bookReview, decideHeldRuns, findWithdrawingRun, type HeldRun, listHeldRuns } from "../store/reviews.ts";
import { moveCursor } from "../store/runs.ts";
import { RegistryError } from "./errors.ts";
import { repositoryOfCode } from "./repositories.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** As long as what a repository sent is kept in any case. */
const UNDO_DAYS = 90;

/** Who decides, and how far ahead of the clock the feed is stamped. */
export interface Reviewer {
  readonly by: string;
  readonly leadSeconds: number;
}

/** The two things that a held run may propose. */
export type Subject = "deletions" | "rebindings";

/** How many records a decision was about. */
export interface Decided {
  readonly deletions: number;
  readonly rebindings: number;
}

/**
 * Lets a held run take effect: records that go on under another identifier take their new source, what else it proposed
 * leaves the feed, and the repository's cursor moves to where it would have moved. With `only` the rest goes on waiting.
 * Throws `RegistryError` where nothing is held.
 */
export async function approveHeldRun(db: Db, code: string, reviewer: Reviewer, only?: Subject): Promise<Decided> {
  const run = await heldRunOf(db, code);
  const key = { repositoryId: run.repository_id, runId: run.run_id };
  const { leadSeconds } = reviewer;
  const rebindings = only === "deletions" ? 0 : await applyRebindings(db, run.repository_id, leadSeconds);
  const deletions = only === "rebindings" ? 0 : await applyDeletions(db, key, leadSeconds);
  await bookReview(db, run, { withdrawn: run.withdrawn + deletions });
  if (!(await waits(db, run, only))) await settle(db, run, "approved", reviewer);
  return { deletions, rebindings };
}

/**
 * Turns down what a held run proposed: the records stay in the feed, those under new identifiers enter it as records of
 * their own, and the cursor moves on, so that the same proposal does not come again. With `only` the rest goes on waiting.
 * Throws `RegistryError` where nothing is held.
 */
export async function rejectHeldRun(db: Db, code: string, reviewer: Reviewer, only?: Subject): Promise<Decided> {
  const run = await heldRunOf(db, code);
  const deletions = only === "rebindings" ? 0 : await rejectDeletions(db, run.repository_id);
  const rebindings = only === "deletions" ? 0 : await rejectRebindings(db, run.repository_id);
  await releaseHeld(db, run.repository_id, reviewer.leadSeconds, "rejected");
  if (!(await waits(db, run, only))) await settle(db, run, "rejected", reviewer);
  return { deletions, rebindings };
}

/** Whether something is left to decide after a decision about one subject alone. */
async function waits(db: Db, { repository_id }: HeldRun, only: Subject | undefined): Promise<boolean> {
  if (only === "rebindings") return (await weighDeletions(db, repository_id)).proposed > 0;
  return only === "deletions" && (await countRebindings(db, repository_id)).length > 0;
}

/**
 * Brings back what the latest withdrawing run took out of the feed. Returns how many records came back. Throws
 * `RegistryError` where there is none, or where it is too long ago.
 */
export async function undoWithdrawal(db: Db, code: string, reviewer: Reviewer): Promise<number> {
  const { repository_id } = await repositoryOfCode(db, code);
  const run = await findWithdrawingRun(db, repository_id);
  if (run === null || run.review === "undone")
    throw new RegistryError(`no harvest of "${code}" took records out of the feed`);
  const ended = run.finished_at ?? new Date();
  if (Date.now() - ended.getTime() > UNDO_DAYS * DAY_MS)
    throw new RegistryError(
      `run ${run.run_id} of "${code}" ended more than ${UNDO_DAYS} days ago and cannot be undone`,
    );
  const key = { repositoryId: repository_id, runId: run.run_id };
  const restored = await undoDeletions(db, key, reviewer.leadSeconds);
  await bookReview(db, run, { review: "undone", reviewed_by: reviewer.by });
  return restored;
}

async function heldRunOf(db: Db, code: string): Promise<HeldRun> {
  const { repository_id } = await repositoryOfCode(db, code);
  const held = (await listHeldRuns(db)).find((run) => run.repository_id === repository_id);
  if (held === undefined) throw new RegistryError(`no run of "${code}" waits for a decision`);
  return held;
}

/** The cursor moves with the decision, and only with it. */
async function settle(db: Db, run: HeldRun, review: "approved" | "rejected", { by }: Reviewer): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await decideHeldRuns(trx, run.repository_id, review, by);
    // an import has no cursor to move
    if (run.kind !== "harvest") return;
    const cursor = { harvestedUntil: run.source_started, prefix: run.metadata_prefix ?? "" };
    await moveCursor(trx, run.repository_id, cursor);
  });
}
