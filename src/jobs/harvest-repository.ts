import { getRepository } from "../store/repositories.ts";
import type { RunKind } from "../store/schema.ts";
import { isSweepDue } from "./due-lists.ts";
import { withLease } from "./harvest-lease.ts";
import { oneRun, type RunResult } from "./one-run.ts";
import { movesCursor } from "./outcome.ts";
import type { PlanOptions } from "./plan-harvest.ts";
import type { ReadingLimits } from "./read-windows.ts";
import type { Services } from "./services.ts";

/** How a harvest is to be done. */
export interface HarvestOptions extends PlanOptions, Pick<ReadingLimits, "signal" | "onPage" | "longestList"> {
  /** Stop after this time with the run still open; the next call goes on where it stood. */
  readonly budgetMs?: number;
  /** Only see which records are there: a sweep. */
  readonly sweep?: boolean;
}

/** The last run of a call. */
export interface HarvestResult extends RunResult {
  /** Those that ended before it in the same call: one that was still open, or the harvest that a sweep follows. */
  readonly before: readonly RunResult[];
}

/**
 * Harvests one repository: lease, plan, page after page into the store, verdict, and the cursor last of all. What was left
 * open is ended first, and a sweep that is due follows. Throws `RepositoryBusy` where somebody else is at it, and
 * `LeaseLost` where somebody else took over.
 */
export async function harvestRepository(
  services: Services,
  repositoryId: number,
  options: HarvestOptions,
): Promise<HarvestResult> {
  const { base_url: baseUrl } = await getRepository(services.db, repositoryId);
  const deadline = options.budgetMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + options.budgetMs;
  return await withLease(services, { repositoryId, baseUrl }, async (lease) => {
    const before: RunResult[] = [];
    let sweep = options.sweep === true;
    for (;;) {
      const result = await oneRun(services, lease, { ...options, deadline, sweep });
      const next = await nextKind(services, options, result, before);
      if (next === null) return { ...result, before };
      before.push(result);
      sweep = next === "sweep";
    }
  });
}

/** What is to be done after a run in the same call, or `null`. */
async function nextKind(
  { db }: Services,
  { sweep, signal }: HarvestOptions,
  { run, outcome }: RunResult,
  before: readonly RunResult[],
): Promise<RunKind | null> {
  if (outcome === null || outcome === "cancelled" || signal?.aborted === true) return null;
  const wanted = sweep === true ? "sweep" : "harvest";
  // what was open may have been something else than what is asked for
  if (run.kind !== wanted && before.length === 0) return wanted;
  const mayFollow = run.kind === "harvest" && movesCursor(outcome);
  return mayFollow && (await isSweepDue(db, await getRepository(db, run.repository_id))) ? "sweep" : null;
}
