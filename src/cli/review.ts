import { userInfo } from "node:os";
import { withLeaseOnRecords } from "../jobs/harvest-lease.ts";
import { RegistryError } from "../registry/errors.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import {
  approveHeldRun,
  type Decided,
  type Reviewer,
  rejectHeldRun,
  type Subject,
  undoWithdrawal,
} from "../registry/reviews.ts";
import { listProposed } from "../store/deletions.ts";
import { countRebindings, listRebindings } from "../store/rebindings.ts";
import { listLatestRemaps } from "../store/remaps.ts";
import { listHeldRuns } from "../store/reviews.ts";
import { type CommandContext, print, printTable, withStore } from "./run-command.ts";

/** What a person may say of a decision. */
export interface DecisionOptions {
  readonly only?: string;
}

type Db = CommandContext["db"];

const SHOWN = 50;
const EVIDENCE: Readonly<Record<string, string>> = {
  local: "local part of the identifier",
  handle: "handle",
  doi: "DOI",
  "landing-page": "landing page",
  "title-creator-year": "title, creator and year",
};

/** `lienthong review list`: the runs that wait for a decision. */
export async function listReviewsCommand(): Promise<void> {
  await withStore(async ({ db }) => {
    const held = await listHeldRuns(db);
    const remaps = (await listLatestRemaps(db)).filter(({ state }) => state === "held");
    for (const { code, note } of remaps)
      print(`the remap of "${code}" is held: ${note ?? ""}; \`lienthong remap show ${code}\` shows it`);
    if (held.length === 0) return remaps.length === 0 ? print("nothing waits for a decision") : undefined;
    const rows = held.map((run) => [
      run.code,
      String(run.run_id),
      run.kind,
      run.finished_at?.toISOString() ?? "",
      run.failure ?? "",
    ]);
    printTable(["repository", "run", "kind", "since", "why"], rows);
  });
}

/** `lienthong review show`: what would go on under another identifier, and what would leave the feed. */
export async function showReviewCommand(code: string): Promise<void> {
  await withStore(async ({ db }) => {
    const { repository_id } = await repositoryOfCode(db, code);
    const rebindings = await printRebindings(db, repository_id);
    const proposed = await listProposed(db, repository_id, SHOWN + 1);
    if (proposed.length === 0) return rebindings ? undefined : await printHeldRun(db, code);
    print(`${rebindings ? "\n" : ""}records that would leave the feed:`);
    const rows = proposed.slice(0, SHOWN).map(({ identifier, title, reason }) => [identifier, reason, title ?? ""]);
    printTable(["identifier", "reason", "title"], rows);
    if (proposed.length > SHOWN) print(`… and more; these are the first ${SHOWN}`);
  });
}

/** A list that is much too short waits for a person before anything is proposed. */
async function printHeldRun(db: Db, code: string): Promise<void> {
  const run = (await listHeldRuns(db)).find((held) => held.code === code);
  if (run === undefined) return print(`nothing of "${code}" waits for a decision`);
  print(`run ${run.run_id} of "${code}" is held: ${run.failure ?? "it is incomplete"}`);
  print(
    "no record leaves the feed by approving it: the list is taken as it is, and the next harvest goes on from there",
  );
}

/** True where there were some. */
async function printRebindings(db: Db, repositoryId: number): Promise<boolean> {
  const counts = await countRebindings(db, repositoryId);
  if (counts.length === 0) return false;
  const kinds = counts.map(({ evidence, records }) => `${number(records)} by ${EVIDENCE[evidence] ?? evidence}`);
  print(`records that seem to go on under another identifier: ${kinds.join(", ")}`);
  const rows = (await listRebindings(db, repositoryId, SHOWN)).map((pair) => [
    pair.oldIdentifier,
    pair.newIdentifier,
    EVIDENCE[pair.evidence] ?? pair.evidence,
    `${pair.takenDown ? "(taken down) " : ""}${pair.title ?? ""}`,
  ]);
  printTable(["identifier", "new identifier", "known by", "title"], rows);
  if (counts.reduce((sum, { records }) => sum + records, 0) > SHOWN) print(`… and more; these are the first ${SHOWN}`);
  return true;
}

/** `lienthong review approve` */
export async function approveCommand(code: string, { only }: DecisionOptions): Promise<void> {
  await withReviewer(code, async (db, reviewer) => {
    const decided = await approveHeldRun(db, code, reviewer, subjectOf(only));
    print(told(decided, `of "${code}" took their new source`, `of "${code}" left the feed`));
  });
}

/** `lienthong review reject` */
export async function rejectCommand(code: string, { only }: DecisionOptions): Promise<void> {
  await withReviewer(code, async (db, reviewer) => {
    const decided = await rejectHeldRun(db, code, reviewer, subjectOf(only));
    print(told(decided, `of "${code}" stay apart from the new ones`, `of "${code}" stay in the feed`));
  });
}

/** `lienthong review undo` */
export async function undoCommand(code: string): Promise<void> {
  await withReviewer(code, async (db, reviewer) => {
    const records = await undoWithdrawal(db, code, reviewer);
    print(`${number(records)} records of "${code}" are back in the feed`);
  });
}

function told({ deletions, rebindings }: Decided, ofRebindings: string, ofDeletions: string): string {
  const all = [...(rebindings > 0 ? [`${number(rebindings)} records ${ofRebindings}`] : [])];
  if (deletions > 0 || rebindings === 0) all.push(`${number(deletions)} records ${ofDeletions}`);
  return all.join("\n");
}

function subjectOf(only: string | undefined): Subject | undefined {
  if (only === undefined || only === "deletions" || only === "rebindings") return only;
  throw new RegistryError(`"${only}" cannot be decided alone; say --only deletions or --only rebindings`);
}

function number(count: number): string {
  return count.toLocaleString("en");
}

/** A decision and a harvest never change the same records at the same time. */
async function withReviewer(code: string, work: (db: Db, reviewer: Reviewer) => Promise<void>): Promise<void> {
  await withStore(async ({ db, log, config }) => {
    const { repository_id } = await repositoryOfCode(db, code);
    const leased = { db, log, leaseMs: config.leaseSeconds * 1000 };
    const reviewer = { by: userInfo().username, leadSeconds: config.leadSeconds };
    await withLeaseOnRecords(leased, repository_id, () => work(db, reviewer));
  });
}
