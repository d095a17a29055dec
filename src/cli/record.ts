import { userInfo } from "node:os";
import { restoreRecord, takeDownRecord } from "../registry/takedowns.ts";
import type { Act } from "../store/takedowns.ts";
import { type CommandContext, print, withStore } from "./run-command.ts";

/** What must be said of it. */
export interface ActOptions {
  readonly reason: string;
}

/** Why a record that is no longer taken down is not in the feed. */
const STAYS_OUT = {
  "source-header": "its repository has deleted it",
  "source-retired": "its repository is retired",
  sweep: "the lists of its repository no longer have it",
  suppressed: "as its repository has it now it may not be published",
  takedown: "it is taken down",
} as const;

/** `lienthong record takedown` */
export async function takedownCommand(identifier: string, options: ActOptions): Promise<void> {
  await act(options, async ({ db }, how) => {
    const { oaiIdentifier, title } = await takeDownRecord(db, identifier, how);
    print(`${oaiIdentifier} (${title ?? "without a title"}) is taken down`);
  });
}

/** `lienthong record restore` */
export async function restoreCommand(identifier: string, options: ActOptions): Promise<void> {
  await act(options, async ({ db }, how) => {
    const { record, staysOut } = await restoreRecord(db, identifier, how);
    const { oaiIdentifier, title } = record;
    const outcome = staysOut === null ? "is in the feed again" : `stays out of the feed: ${STAYS_OUT[staysOut]}`;
    print(`${oaiIdentifier} (${title ?? "without a title"}) ${outcome}`);
    if (staysOut === null)
      print(`it has the sets that it had; \`lienthong remap ${record.code}\` maps it by the present rules`);
  });
}

async function act({ reason }: ActOptions, work: (context: CommandContext, act: Act) => Promise<void>): Promise<void> {
  await withStore(async (context) => {
    await work(context, { by: userInfo().username, reason, leadSeconds: context.config.leadSeconds });
  });
}
