import { repositoryOfCode } from "../registry/repositories.ts";
import { cancelHarvest, type FailedJob, type JobsView, type RunningJob, readJobs } from "../store/jobs-view.ts";
import { printDumps } from "./dump-report.ts";
import { print, printTable, withStore } from "./run-command.ts";
import { minute } from "./run-report.ts";

const SHOWN = 20;

/** `lienthong jobs`: what is in hand, what waits, what went wrong. */
export async function jobsCommand(options: { readonly json?: true }): Promise<void> {
  const view = await withStore(async ({ db }) => await readJobs(db, SHOWN));
  if (options.json === true) print(JSON.stringify(view, null, 2));
  else {
    if (printDumps(view.dumps)) print("");
    printView(view);
  }
}

/** `lienthong jobs cancel`: a harvest in hand ends after its page, what waits is removed. */
export async function cancelCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => {
    const { repository_id } = await repositoryOfCode(db, code);
    const { run, waiting } = await cancelHarvest(db, repository_id);
    if (run) print(`the harvest of "${code}" ends after the page in hand`);
    if (waiting > 0) print(`"${code}" does not wait any more`);
    if (!run && waiting === 0) {
      print(`there is nothing to cancel: "${code}" is neither being harvested nor waiting`);
      process.exitCode = 1;
    }
  });
}

function printView({ running, waiting, waitingTotal, failed }: JobsView): void {
  if (running.length + waiting.length + failed.length === 0) print("nothing is being harvested, waits or went wrong");
  if (running.length > 0) {
    print("being harvested:");
    printTable(["repository", "worker", "run began", "pages", "records", "a minute", ""], running.map(runningRow));
  }
  if (waiting.length > 0) {
    const more = waitingTotal > waiting.length ? `, the next ${waiting.length} of ${waitingTotal}` : "";
    print(`${running.length > 0 ? "\n" : ""}waiting${more}:`);
    printTable(
      ["repository", "asked by", "since", "not before"],
      waiting.map((job) => [
        job.code,
        job.trigger,
        minute(job.since),
        job.notBefore > new Date() ? minute(job.notBefore) : "",
      ]),
    );
  }
  if (failed.length > 0) printFailed(failed, running.length + waiting.length > 0);
}

function runningRow({ code, worker, heldSince, run, remap }: RunningJob) {
  if (remap !== null) return [code, worker, minute(heldSince), "", remap.records, "", `remap: ${remap.state}`];
  if (run === null) return [code, worker, "planning", 0, 0, 0, ""];
  const { startedAt, pages, received, recordsPerMinute, cancelRequested } = run;
  return [
    code,
    worker,
    minute(startedAt),
    pages,
    received,
    recordsPerMinute,
    cancelRequested ? "is being cancelled" : "",
  ];
}

function printFailed(failed: readonly FailedJob[], below: boolean): void {
  print(`${below ? "\n" : ""}latest harvest not complete:`);
  printTable(
    ["repository", "ended", "outcome"],
    failed.map(({ code, finishedAt, outcome }) => [code, minute(finishedAt), outcome.replaceAll("_", " ")]),
  );
  for (const { code, failure } of failed) if (failure !== null) print(`${code}: ${failure}`);
  print("`lienthong runs show <code>` tells what is missing and what to do");
}
