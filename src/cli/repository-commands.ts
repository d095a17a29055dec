import type { Command } from "commander";

const TIMES = {
  schedule:
    "adaptive (daily, weekly while nothing changes), hourly, daily, weekly, monthly, manual, or a cron expression",
  timeZone: "whose clock schedule and quiet hours follow",
  quietHours: "when it is not asked, e.g. 08:00-17:00 or Mon-Fri 08:00-17:00",
};

/** The commands below `lienthong repository`; each loads what it needs when it runs. */
export function addRepositoryCommands(repository: Command): void {
  addAndSet(repository);
  look(repository);
  live(repository);
  exchange(repository);
}

function addAndSet(repository: Command): void {
  repository
    .command("add")
    .argument("<url>", "base URL")
    .option("--code <code>", "short name, unique and for ever part of our identifiers")
    .option("--name <name>", "name as people know it")
    .option("--schedule <schedule>", TIMES.schedule, "adaptive")
    .option("--time-zone <zone>", TIMES.timeZone, "Asia/Ho_Chi_Minh")
    .option("--quiet-hours <hours>", TIMES.quietHours)
    .option("--format <prefix>", "metadataPrefix to ask for; otherwise the richest that can be mapped")
    .option("--set <setSpec>", "only this set")
    .option("--access <uri>", "COAR access right of records that do not say")
    .option("--province <code>", "province of the library since 1 July 2025, e.g. 79")
    .option("--library-type <type>", "kind of library, e.g. university")
    .description("register a repository")
    .action(async (url: string, options) => (await import("./repository.ts")).addCommand(url, options));
  repository
    .command("set")
    .argument("<code>")
    .option("--name <name>", "name as people know it")
    .option("--url <url>", "base URL; the next harvest is a full one")
    .option("--schedule <schedule>", TIMES.schedule)
    .option("--time-zone <zone>", TIMES.timeZone)
    .option("--quiet-hours <hours>", TIMES.quietHours)
    .option("--no-quiet-hours", "it may be asked at any time")
    .option("--format <prefix>", "metadataPrefix to ask for")
    .option("--no-format", "the richest that can be mapped")
    .option("--set <setSpec>", "only this set; the next harvest is a full one")
    .option("--no-set", "all of it; the next harvest is a full one")
    .option("--access <uri>", "COAR access right of records that do not say")
    .option("--no-access", "records that do not say stay unclear")
    .option("--province <code>", "province of the library since 1 July 2025, e.g. 79")
    .option("--no-province", "its records are in no set of a province")
    .option("--library-type <type>", "kind of library, e.g. university")
    .option("--no-library-type", "its records are in no set of a kind of library")
    .option("--user <name>", "sign in as this user (HTTP Basic); needs --password-stdin")
    .option("--password-stdin", "read the password from standard input")
    .option("--header-file <file>", 'send the headers of this file, lines "Name: value"')
    .option("--header-stdin", "send the headers that come on standard input")
    .option("--no-sign-in", "forget user, password and headers")
    .option("--ca-file <file>", "trust these certificates too (PEM), for it alone")
    .option("--no-ca", "trust the public certificates only")
    .option("--overrides-file <file>", "how its records are mapped otherwise than those of others (docs/overrides.md)")
    .option("--no-overrides", "map its records like all others")
    .description("change what is said of a repository; a sign-in is replaced as a whole")
    .action(async (code: string, options) => (await import("./repository-set.ts")).setCommand(code, options));
  repository
    .command("reseal")
    .description("store all sign-ins under a new TOKEN_SECRET; the previous one comes on standard input")
    .action(async () => (await import("./repository-set.ts")).resealCommand());
}

function look(repository: Command): void {
  repository
    .command("list")
    .option("--json", "print JSON")
    .option("--retired", "retired ones too")
    .description("all repositories with their latest run")
    .action(async (options) => (await import("./repository-list.ts")).listCommand(options));
  repository
    .command("show")
    .argument("<code>")
    .description("one repository: what it is, its latest harvests, what there is to remark on its records")
    .action(async (code: string) => (await import("./repository-show.ts")).showCommand(code));
  repository
    .command("probe")
    .argument("<code>")
    .description("find out its software and whether its datestamps can be trusted")
    .action(async (code: string) => (await import("./probe.ts")).probeCommand(code));
}

function live(repository: Command): void {
  const commands = () => import("./repository.ts");
  repository
    .command("pause")
    .argument("<code>")
    .description("stop harvesting it; its records stay")
    .action(async (code: string) => (await commands()).pauseCommand(code));
  repository
    .command("resume")
    .argument("<code>")
    .description("harvest it again, or a draft for the first time")
    .action(async (code: string) => (await commands()).resumeCommand(code));
  repository
    .command("remove")
    .argument("<code>")
    .option("--yes", "really: its records become deleted in the feed")
    .description("retire it: its records become deleted in the feed")
    .action(async (code: string, options: { yes?: true }) =>
      (await commands()).removeCommand(code, options.yes === true),
    );
  repository
    .command("restore")
    .argument("<code>")
    .description("take up a retired one again: its records come back into the feed")
    .action(async (code: string) => (await commands()).restoreCommand(code));
}

function exchange(repository: Command): void {
  const commands = () => import("./repository.ts");
  repository
    .command("seed")
    .description("add the known repositories of Vietnam as drafts")
    .action(async () => (await import("./seed.ts")).seedCommand());
  repository
    .command("import")
    .argument("<file>", "YAML as written by export; - for standard input")
    .description("add and update repositories from a file")
    .action(async (file: string) => (await commands()).importCommand(file));
  repository
    .command("export")
    .argument("[file]", "otherwise standard output")
    .description("write all repositories as YAML, without their sign-ins")
    .action(async (file?: string) => (await commands()).exportCommand(file));
}
