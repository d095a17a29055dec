import type { DumpJob } from "../store/jobs-view.ts";
import { print, printTable } from "./run-command.ts";
import { minute } from "./run-report.ts";

/** Prints the nightly dumps that are in hand, were not made, or left something to do; others are not told. Returns whether there were any. */
export function printDumps(dumps: readonly DumpJob[]): boolean {
  const told = dumps.filter(
    ({ latest: { state, note } }) => note !== null || (state !== "whole" && state !== "removed"),
  );
  if (told.length === 0) return false;
  print("nightly dump:");
  printTable(
    ["day", "to", "state", "worker", "began", "ended", "tried", "last whole"],
    told.map(({ latest: { day, target, state, worker, startedAt, finishedAt, attempts }, whole }) => {
      const times = [minute(startedAt), finishedAt === null ? "" : minute(finishedAt)];
      return [day, target, state, worker, ...times, attempts, whole?.day ?? "never"];
    }),
  );
  for (const { latest } of told) {
    const { day, failure, note } = latest;
    if (failure !== null) print(`${day}: ${failure}`);
    if (note !== null) print(`${day}: the dump is whole, but something is left to do: ${note}`);
  }
  return true;
}
