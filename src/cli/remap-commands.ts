import type { Command } from "commander";

/** `lienthong remap` and `lienthong unmatched`; each loads what it needs when it runs. */
export function addRemapCommands(lienthong: Command): void {
  const commands = () => import("./remap.ts");
  const remap = lienthong
    .command("remap")
    .argument("[code...]", "repositories; otherwise all that are not retired")
    .option("--dry-run", "only count what would change; nothing is written")
    .option("--candidate", "compute it beside the feed, to be looked at and activated")
    .description("map what is stored by the present crosswalks and overrides; only what changes moves in the feed")
    .action(async (codes: string[], options) => (await commands()).remapCommand(codes, options));
  remap
    .command("list")
    .option("--json", "print JSON")
    .description("the latest remap of each repository")
    .action(async (options) => (await commands()).listCommand(options));
  remap
    .command("show")
    .argument("<code>")
    .description("the latest remap of a repository: what each field gains, loses and becomes, and an example")
    .action(async (code: string) => (await commands()).showCommand(code));
  remap
    .command("activate")
    .argument("<code>")
    .description("put a candidate, or one that is held, into the feed")
    .action(async (code: string) => (await commands()).activateCommand(code));
  remap
    .command("rollback")
    .argument("<code>")
    .description("bring back what the records were before the last remap; possible until the next one")
    .action(async (code: string) => (await commands()).rollbackCommand(code));
  remap
    .command("cancel")
    .argument("<code>")
    .description("end a remap after the page in hand; nothing of it enters the feed")
    .action(async (code: string) => (await commands()).cancelCommand(code));
  lienthong
    .command("unmatched")
    .argument("[code]", "a repository; otherwise all")
    .option("--json", "print JSON")
    .description("values that none of our tables knows, most frequent first")
    .action(async (code: string | undefined, options) =>
      (await import("./unmatched.ts")).unmatchedCommand(code, options),
    );
}
