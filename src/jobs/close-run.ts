import { createHash } from "node:crypto";
import type { RepositoryClient } from "../client/repository-client.ts";
import { applyDeletions, weighDeletions } from "../store/deletions.ts";
import { type Lease, renewLease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import type { Repository } from "../store/repositories.ts";
import { finishRun, getRun, listRejected, type Run } from "../store/runs.ts";
import type { Missing } from "../store/schema.ts";
import { countSeen, forgetSeen } from "../store/seen.ts";
import { abandonWindows, listWindows, type Window } from "../store/windows.ts";
import { guardRun } from "./guard.ts";
import { computeOutcome, movesCursor, type Outcome, SIZE_TOLERANCE, type Verdict } from "./outcome.ts";
import type { PlannedRun } from "./plan-harvest.ts";
import type { Services } from "./services.ts";
import { proposeVanished } from "./vanished.ts";

/** What closing a run needs to know beside the store. */
export interface Closing {
  readonly repository: Repository;
  readonly client: RepositoryClient;
  readonly planned: PlannedRun;
  readonly lease: Lease;
  /** Why the reading ended before its time; `null` where it did not. */
  readonly failure: string | null;
  readonly cancelled: boolean;
}

/** A closed run. */
export interface ClosedRun {
  readonly run: Run;
  readonly outcome: Outcome;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Everything is looked at again about once a month, whatever the datestamps say. */
const FULL_EVERY_DAYS = 30;
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
  if (closing.cancelled) await abandonWindows(db, planned.run, "cancelled");
  const run = await getRun(db, key.repositoryId, key.runId);
  const windows = await listWindows(db, key.repositoryId, key.runId);
  const judged = judge(run, windows, closing);
  const verdict = (movesCursor(judged.outcome) ? await shortOfPromise(services, run, windows) : null) ?? judged;
  if (movesCursor(verdict.outcome) && run.full_list) await proposeVanished(services, closing);
  const { outcome, reason, mayWithdraw } = await guarded(services, run, windows, verdict);
  const withdrawn = mayWithdraw ? await applyDeletions(db, key, leadSeconds) : 0;
  const goesOn = outcome === "partial" && windows.some(({ state }) => state === "open");
  if (!goesOn) await forgetSeen(db, key);
  const ended = await finishRun(db, run, {
    outcome,
    failure: reason,
    missing: await missingOf(services, run, windows),
    withdrawn,
    cursor: movesCursor(outcome) ? cursorOf(run) : null,
    ...(movesCursor(outcome) && run.full_list ? { fullDueAt: nextFull(closing.repository.code) } : {}),
  });
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
  return { outcome: "partial", reason };
}

function judge(run: Run, windows: readonly Window[], { failure, cancelled }: Closing): Verdict {
  const parts = windows.filter(({ state }) => state !== "split");
  return computeOutcome({
    ...run,
    windows: parts.map((window) => ({
      from: window.from_datestamp,
      until: window.until_datestamp,
      closed: window.state === "closed",
      received: window.received,
      completeListSize: window.complete_list_size,
    })),
    failure,
    full: run.full_list,
    cancelled,
  });
}

/**
 * Law 3: what would take too much out of the feed at once waits for a person. A run that is not complete is not held: what
 * it proposed waits for the next one that is.
 */
async function guarded(
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
  };
  return { ...(complete ? held : verdict), mayWithdraw: false };
}

/** What did not come, by name; `null` where nothing is known to be missing. */
async function missingOf({ db }: Services, run: Run, windows: readonly Window[]): Promise<Missing | null> {
  const unread = windows.filter(({ state }) => state === "open" || state === "abandoned");
  const identifiers = run.rejected === 0 ? [] : await listRejected(db, run, MOST_NAMED);
  if (unread.length === 0 && identifiers.length === 0) return null;
  const named = unread.map((window) => ({
    from: window.from_datestamp,
    until: window.until_datestamp,
    why: window.note ?? "not read to its end",
  }));
  return { windows: named.slice(0, MOST_NAMED), identifiers };
}

/** In about a month, on another day for each repository and the same for the same one. */
function nextFull(code: string): Date {
  const [spread = 0] = createHash("sha256").update(code).digest();
  return new Date(Date.now() + (FULL_EVERY_DAYS - 5 + (spread % 10)) * DAY_MS);
}
