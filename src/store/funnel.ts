import type { Run } from "./runs.ts";

/** What became of the records of a run; `received = stored + rejected + repeated + unknown`. */
export interface Funnel {
  /** What the repository said its list holds (`completeListSize`, OAI-PMH 2.0 §3.5), or `null`. */
  readonly promised: number | null;
  readonly received: number;
  /** `added + changed + unchanged`. */
  readonly stored: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Not readable: in quarantine, with their bytes. */
  readonly rejected: number;
  /** Came again later on the same page or in the same file; the last one counts. */
  readonly repeated: number;
  /** Of the headers of a sweep, those of records that are not here. */
  readonly unknown: number;
  /** Of the stored ones, those that the repository says are deleted. */
  readonly deleted: number;
}

/** The ledger of a run as one funnel, the same for the command line and the pages. */
export function funnelOf(run: Run): Funnel {
  const {
    complete_list_size: promised,
    received,
    added,
    changed,
    unchanged,
    rejected,
    repeated,
    unknown,
    deleted,
  } = run;
  const stored = added + changed + unchanged;
  return { promised, received, stored, added, changed, unchanged, rejected, repeated, unknown, deleted };
}
