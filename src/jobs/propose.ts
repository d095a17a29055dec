import { releaseHeld } from "../store/held-records.ts";
import type { Run } from "../store/runs.ts";
import { settleSeen } from "../store/seen.ts";
import type { Closing } from "./close-run.ts";
import type { Verdict } from "./outcome.ts";
import { proposeRebindings } from "./rebinding.ts";
import type { Services } from "./services.ts";
import { type SweepResult, weighFindings } from "./sweep-result.ts";
import { proposeVanished } from "./vanished.ts";

/** What a run that has been read and judged suggests; nothing of it has happened yet. */
export interface Proposals {
  /** Records that seem to go on under other identifiers; `null` where it was not asked, or could not be told. */
  readonly rebindings: number | null;
  /** Of a complete sweep. */
  readonly sweep: SweepResult | null;
  /** For a person; `null` where there is nothing to say. */
  readonly note: string | null;
}

/**
 * Makes the proposals of a run: first which records go on under another identifier, then which of the others are gone. A
 * sweep only looks; where it finds many records that are not here, what is gone waits until they have come.
 */
export async function propose(services: Services, closing: Closing, run: Run, complete: boolean): Promise<Proposals> {
  const isList = complete && run.full_list;
  if (isList) await settleSeen(services.db, { repositoryId: run.repository_id, runId: run.run_id });
  const rebinding = run.kind === "harvest" ? await proposeRebindings(services, closing, isList) : null;
  const sweep = isList && run.kind === "sweep" ? await weighFindings(services, run, closing.planned) : null;
  const vanished = isList && sweep?.bringsMany !== true ? await proposeVanished(services, closing) : null;
  const notes = [rebinding?.note, vanished, sweep?.note].filter((note) => typeof note === "string");
  return { rebindings: rebinding?.proposed ?? null, sweep, note: notes.length === 0 ? null : notes.join("; ") };
}

/** Lets what is new enter the feed, but for what is proposed to be known; all of it waits where that could not be told. */
export async function release({ db, leadSeconds }: Services, run: Run, { rebindings }: Proposals): Promise<void> {
  if (rebindings !== null) await releaseHeld(db, run.repository_id, leadSeconds);
}

/** A complete run whose records go on under other identifiers waits for a person, whatever else is to be said of it. */
export function heldForRebinding(verdict: Verdict, complete: boolean, { rebindings }: Proposals): Verdict {
  if (!complete || rebindings === null || rebindings === 0) return verdict;
  const reason = `${rebindings} records seem to go on under other identifiers: they stay as they were until a person decides`;
  return {
    outcome: "held_for_review",
    reason: verdict.reason === null ? reason : `${reason}; ${verdict.reason}`,
    diagnosis: "identifiers_changed",
  };
}
