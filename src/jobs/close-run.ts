import type { RepositoryClient } from "../client/repository-client.ts";
import { applyDeletions, weighDeletions } from "../store/deletions.ts";
import { type Lease, renewLease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import type { Repository } from "../store/repositories.ts";
import { finishRun, getRun, listRejected, type Run } from "../store/runs.ts";
import type { Missing } from "../store/schema.ts";
import { countSeen, forgetSeen } from "../store/seen.ts";
import { keepOnlyFindings, listFound } from "../store/sweep-findings.ts";
import { abandonWindows, listWindows, type Window } from "../store/windows.ts";
import { dueAfterFullList, dueAfterSweep } from "./due-lists.ts";
import { guardRun } from "./guard.ts";
import { computeOutcome, movesCursor, type Outcome, SIZE_TOLERANCE, type Verdict } from "./outcome.ts";
import type { PlannedRun } from "./plan-harvest.ts";
import { heldForRebinding, type Proposals, propose, release } from "./propose.ts";
import type { RunDiagnosis } from "./reason.ts";
import type { Services } from "./services.ts";

/** What closing a run needs to know beside the store. */
export interface Closing {
  readonly repository: Repository;
  readonly client: RepositoryClient;
  readonly planned: PlannedRun;
  readonly lease: Lease;
  /** Why the reading ended before its time; `null` where it did not. */
  readonly failure: string | null;
  /** The same in a word. */
  readonly diagnosis: RunDiagnosis | null;
  readonly cancelled: boolean;
}

/** A closed run. */
export interface ClosedRun {
  readonly run: Run;
  readonly outcome: Outcome;
}

const MOST_NAMED = 100;

/**
 * Judges a run by what is stored of it, decides about the records that are to leave the feed, and ends it: the cursor
 * moves last of all. Throws `LeaseLost` where somebody else took over.
 */
export async function closeRun(services: Services, closing: Closing): Promise<ClosedRun> {
  const { db, leaseMs, leadSeconds } = services;
  const { lease, planned } = closing;
  const key = { repositoryId: lease.repositoryId, runId: planned.run.run_id };
  if (!(await renewLease(db, lease, leaseMs)))
    throw new LeaseLost(`the lease on ${lease.host} ran out before the run could be closed`);
  if (closing.cancelled) await abandonWindows(db, planned.run, "cancelled", "cancelled");
  const run = await getRun(db, key.repositoryId, key.runId);
  const windows = await listWindows(db, key.repositoryId, key.runId);
  const judged = judge(run, windows, closing);
  const verdict = (movesCursor(judged.outcome) ? await shortOfPromise(services, run, windows) : null) ?? judged;
  const complete = movesCursor(verdict.outcome);
  const proposals = await propose(services, closing, run, complete);
  const decided = await guarded(services, run, windows, verdict);
  const { outcome, reason, diagnosis } = heldForRebinding(decided, complete, proposals);
  const withdrawn = decided.mayWithdraw ? await applyDeletions(db, key, leadSeconds) : 0;
  await release(services, run, proposals);
  const goesOn = outcome === "partial" && windows.some(({ state }) => state === "open");
  const ended = await finishRun(db, run, {
    outcome,
    failure: reason,
    diagnosis,
    missing: await missingOf(services, run, windows),
    withdrawn,
    note: proposals.note,
    cursor: movesCursor(outcome) && run.kind === "harvest" ? cursorOf(run) : null,
    due: goesOn ? {} : dueAfter(closing.repository, run, decided.outcome, proposals),
  });
  // not before: a run that is interrupted while it is being closed is judged anew
  if (!goesOn) await forgetSeen(db, key);
  if (proposals.sweep !== null) await keepOnlyFindings(db, key);
  return { run: ended, outcome };
}

/** Where the next harvest begins once this run counts as complete. */
export function cursorOf(run: Run) {
  return { harvestedUntil: run.source_started, prefix: run.metadata_prefix ?? "" };
}

/**
 * Parts of a list may all seem complete although the list they stand for was longer: what counts then is how many
 * different records came. `null` where no list was divided or nothing is missing.
 */
async function shortOfPromise({ db }: Services, run: Run, windows: readonly Window[]): Promise<Verdict | null> {
  const promised = run.complete_list_size;
  if (promised === null || windows.every(({ state }) => state !== "split")) return null;
  const seen = await countSeen(db, { repositoryId: run.repository_id, runId: run.run_id });
  const came = seen + run.rejected;
  if (came >= promised * (1 - SIZE_TOLERANCE)) return null;
  const why = windows.find(({ state }) => state === "split")?.note ?? "it was divided";
  const reason = `the repository promised ${promised} records and delivered ${came}; of its list: ${why}`;
  return { outcome: "partial", reason, diagnosis: "list_short" };
}

/** Judges a run by its ledger and its windows; one that was divided is judged by its parts. */
export function judge(
  run: Run,
  windows: readonly Window[],
  { failure, diagnosis, cancelled }: Pick<Closing, "failure" | "diagnosis" | "cancelled">,
): Verdict {
  const parts = windows.filter(({ state }) => state !== "split");
  return computeOutcome({
    ...run,
    added: run.added + run.unknown,
    windows: parts.map((window) => ({
      from: window.from_datestamp,
      until: window.until_datestamp,
      closed: window.state === "closed",
      received: window.received,
      completeListSize: window.complete_list_size,
    })),
    failure,
    diagnosis,
    full: run.full_list,
    cancelled,
  });
}

/**
 * Law 3: what would take too much out of the feed at once waits for a person. A run that is not complete is not held: what
 * it proposed waits for the next one that is.
 */
export async function guarded(
  { db, log }: Services,
  run: Run,
  windows: readonly Window[],
  verdict: Verdict,
): Promise<Verdict & { readonly mayWithdraw: boolean }> {
  const complete = movesCursor(verdict.outcome);
  const weights = await weighDeletions(db, run.repository_id);
  const received = windows.reduce((sum, window) => sum + (window.state === "split" ? 0 : window.received), 0);
  const listed = run.full_list && complete ? received - run.deleted - run.repeated : null;
  const guard = guardRun({ ...weights, liveBefore: run.live_before ?? 0, listed });
  if (guard.verdict === "pass") return { ...verdict, mayWithdraw: true };
  log.warn({ runId: run.run_id, reason: guard.reason }, "fewer records than expected");
  if (guard.verdict === "warn") return { ...verdict, mayWithdraw: true };
  const held: Verdict = {
    outcome: "held_for_review",
    reason: `${guard.reason}: nothing is taken out until a person approves it`,
    diagnosis: guard.diagnosis,
  };
  return { ...(complete ? held : verdict), mayWithdraw: false };
}

/** What did not come, by name; `null` where nothing is known to be missing. */
export async function missingOf({ db }: Services, run: Run, windows: readonly Window[]): Promise<Missing | null> {
  const unread = windows.filter(({ state }) => state === "open" || state === "abandoned");
  const key = { repositoryId: run.repository_id, runId: run.run_id };
  const identifiers =
    run.kind === "sweep" ? await listFound(db, key, MOST_NAMED) : await listRejected(db, run, MOST_NAMED);
  if (unread.length === 0 && identifiers.length === 0) return null;
  const named = unread.map((window) => ({
    from: window.from_datestamp,
    until: window.until_datestamp,
    why: window.note ?? "not read to its end",
    diagnosis: window.diagnosis,
  }));
  return { windows: named.slice(0, MOST_NAMED), identifiers };
}

/**
 * A list that waits only for what a person says of other identifiers has been read all the same. Where it could not be told
 * whether new records are known ones, a list of everything tells.
 */
function dueAfter({ code }: Repository, run: Run, outcome: Outcome, { sweep, rebindings }: Proposals) {
  if (run.kind === "sweep") return dueAfterSweep(code, sweep !== null, sweep?.wantsFull === true);
  if (!movesCursor(outcome)) return {};
  if (rebindings === null) return { full_due_at: new Date() };
  return run.full_list ? dueAfterFullList(code) : {};
}
