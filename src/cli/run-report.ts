import type { Run } from "../store/runs.ts";
import { print, printTable } from "./run-command.ts";

/** A run with the code of its repository. */
export interface NamedRun {
  readonly code: string;
  readonly run: Run;
}

const HEAD = ["repository", "format", "outcome", "received", "new", "changed", "unchanged", "rejected", "deleted"];

/** Prints what runs came to: the funnel from received to stored, and below it what is missing, in a sentence each. */
export function printRuns(runs: readonly NamedRun[]): void {
  printTable(
    HEAD,
    runs.map(({ code, run }) => [
      code,
      run.metadata_prefix ?? "-",
      outcomeOf(run),
      run.received,
      run.added,
      run.changed,
      run.unchanged,
      run.rejected,
      run.deleted,
    ]),
  );
  for (const { code, run } of runs) if (run.failure !== null) print(`${code}: ${run.failure}`);
}

/** The outcome of a run in words. */
export function outcomeOf(run: Pick<Run, "outcome">): string {
  return run.outcome === null ? "open" : run.outcome.replaceAll("_", " ");
}
