import type { Logger } from "pino";
import { funnelOf } from "../store/funnel.ts";
import type { Run } from "../store/runs.ts";
import { movesCursor, type Outcome } from "./outcome.ts";
import type { PlannedRun } from "./plan-harvest.ts";
import { diagnosisOf } from "./reason.ts";

// An operator reads a night in some twenty lines: one where a run begins, one where it ends, and why where that is bad news.

/** What is known of the repository that a line is about. */
interface About {
  readonly repository: string;
}

/** Tells that a run begins. That it goes on after a slice, a stop or a kill is no news. */
export function logBegin(log: Logger, about: About, { run, metadataPrefix, resumed }: PlannedRun): void {
  const facts = { ...about, runId: run.run_id, metadataPrefix, full: run.full_list, ...(resumed ? { resumed } : {}) };
  if (run.pages === 0) log.info(facts, `${run.kind} started`);
  else log.debug({ ...facts, received: run.received }, `${run.kind} goes on`);
}

/**
 * Tells what stopped a run before its end. What the repository did stands in the line of its end too, so only what went
 * wrong on our side is told here with all particulars.
 */
export function logFailure(
  log: Logger,
  about: About & { readonly runId?: number },
  err: unknown,
  message: string,
): void {
  if (diagnosisOf(err) === "internal") log.error({ ...about, err }, message);
  else log.debug({ ...about, err }, message);
}

/** Tells how a run ended, with its funnel; a warning where it is not complete. Slices that are paused are no news. */
export function logEnd(
  log: Logger,
  about: About,
  { run, outcome }: { readonly run: Run; readonly outcome: Outcome | null },
): void {
  const { run_id: runId, kind, withdrawn, failure, diagnosis, note } = run;
  const { promised, unknown, ...counts } = funnelOf(run);
  const facts = {
    ...about,
    runId,
    outcome,
    ...given({ promised }),
    ...counts,
    ...given({ withdrawn, unknown, diagnosis, failure, note }),
  };
  if (outcome === null) log.debug(facts, `${kind} paused`);
  else if (movesCursor(outcome) || outcome === "cancelled") log.info(facts, `${kind} finished`);
  else log.warn(facts, `${kind} finished`);
}

/** A line says what there is to say. */
function given(facts: Readonly<Record<string, string | number | null>>) {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== 0));
}
