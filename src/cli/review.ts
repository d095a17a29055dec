import { userInfo } from "node:os";
import { repositoryOfCode } from "../registry/repositories.ts";
import { approveHeldRun, type Reviewer, rejectHeldRun, undoWithdrawal } from "../registry/reviews.ts";
import { listProposed } from "../store/deletions.ts";
import { listHeldRuns } from "../store/reviews.ts";
import { type CommandContext, print, printTable, withStore } from "./run-command.ts";

const SHOWN = 50;

/** `lienthong review list`: the runs that wait for a decision. */
export async function listReviewsCommand(): Promise<void> {
  await withStore(async ({ db }) => {
    const held = await listHeldRuns(db);
    if (held.length === 0) return print("nothing waits for a decision");
    const rows = held.map((run) => [
      run.code,
      String(run.run_id),
      run.finished_at?.toISOString() ?? "",
      run.failure ?? "",
    ]);
    printTable(["repository", "run", "since", "why"], rows);
  });
}

/** `lienthong review show`: what would leave the feed. */
export async function showReviewCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => {
    const { repository_id } = await repositoryOfCode(db, code);
    const proposed = await listProposed(db, repository_id, SHOWN + 1);
    if (proposed.length === 0) return print(`nothing of "${code}" is proposed for deletion`);
    const rows = proposed.slice(0, SHOWN).map(({ identifier, title, reason }) => [identifier, reason, title ?? ""]);
    printTable(["identifier", "reason", "title"], rows);
    if (proposed.length > SHOWN) print(`… and more; these are the first ${SHOWN}`);
  });
}

/** `lienthong review approve` */
export async function approveCommand(code: string): Promise<void> {
  await decide(code, approveHeldRun, (records) => `${records} records of "${code}" left the feed`);
}

/** `lienthong review reject` */
export async function rejectCommand(code: string): Promise<void> {
  await decide(code, rejectHeldRun, (records) => `${records} records of "${code}" stay in the feed`);
}

/** `lienthong review undo` */
export async function undoCommand(code: string): Promise<void> {
  await decide(code, undoWithdrawal, (records) => `${records} records of "${code}" are back in the feed`);
}

async function decide(
  code: string,
  act: (db: CommandContext["db"], code: string, reviewer: Reviewer) => Promise<number>,
  tell: (records: string) => string,
): Promise<void> {
  await withStore(async ({ db, config }) => {
    const reviewer = { by: userInfo().username, leadSeconds: config.leadSeconds };
    print(tell((await act(db, code, reviewer)).toLocaleString("en")));
  });
}
