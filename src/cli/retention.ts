import { retain } from "../jobs/retention.ts";
import { print, printTable, withStore } from "./run-command.ts";

/** `lienthong retention`: what the scheduler does every night, now. */
export async function retentionCommand(): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const removed = await retain({ db, log }, config);
    if (removed === null) {
      print("another process is removing old entries just now");
      process.exitCode = 1;
      return;
    }
    printTable(
      ["removed", "entries"],
      [
        [`harvests older than ${config.retentionRunsDays} days`, removed.runs],
        ["unreadable records that have arrived since", removed.quarantined],
        ["notes of ended harvests", removed.seen],
        ["raw records of repositories retired long ago", removed.purged],
        [`what consumers asked for more than ${config.retentionConsumersDays} days ago`, removed.consumers],
      ],
    );
  });
}
