#!/usr/bin/env node
import { Command } from "commander";
import { VERSION } from "../version.ts";

const EXAMPLES = `
Examples:
  lienthong demo                                    look at everything with sample data
  lienthong harvest https://example.edu.vn/oai      harvest a repository now
  lienthong repository add https://example.edu.vn/oai --code example --schedule daily
  lienthong map record.xml                          see how a record is understood, value by value
  lienthong serve                                   harvest on schedule and serve the feed

The database: DATABASE_URL names a PostgreSQL server; without it one starts by itself below DATA_FOLDER (./data).
All settings: docs/settings.md. Exit codes: 0 done, 1 failed or incomplete, 2 done but some records were rejected,
3 held until a person approves it.`;

/** The program: commands load what they need when they run, so that --help and --version answer at once. */
function program(): Command {
  const lienthong = new Command("lienthong")
    .description("OAI-PMH harvester, metadata aggregator and provider for Vietnam's libraries")
    .version(VERSION)
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(lienthong --help shows all commands)");
  lienthong
    .command("serve")
    .description("serve the feed and the status page, and harvest what is due, until stopped")
    .action(async () => (await import("./serve.ts")).serveCommand());
  lienthong
    .command("demo")
    .description("harvest three sample repositories and serve the result; needs no network")
    .action(async () => (await import("./demo.ts")).demoCommand());
  lienthong
    .command("harvest")
    .argument("<url|code>", "base URL of a repository, or the code under which it is registered")
    .option("--full", "ask for everything, not only for what is new")
    .description("harvest one repository now; goes on where an interrupted harvest stood")
    .action(async (which: string, options: { full?: true }) =>
      (await import("./harvest.ts")).harvestCommand(which, options.full === true),
    );
  lienthong
    .command("import")
    .argument("<file|url>", "MARC (.mrc, .xml) or an OAI static repository, plain, as .gz or .zip")
    .requiredOption("--into <code>", "the repository whose records they are; a new code is registered")
    .option("--name <name>", "name of a new repository as people know it")
    .option("--replace", "the file is the complete list: what it does not hold is to leave the feed")
    .description("import the records of a library that has no OAI-PMH")
    .action(async (source: string, options) => (await import("./import.ts")).importCommand(source, options));
  lienthong
    .command("map")
    .argument("<file|url>", "an OAI-PMH answer, a metadata document, a MARC file (.mrc), or the URL of such an answer")
    .option("--crosswalk <name>", "use this crosswalk instead of the one that the namespace names")
    .option("--record <number>", "only the record at this position, counted from 1")
    .option("--json", "print one JSON document a record")
    .description("show how records are understood: as sent, as mapped, remarks, and where each value came from")
    .action(async (what: string, options: MapOptions) => (await import("./map.ts")).mapCommand(what, options));
  lienthong
    .command("migrate")
    .description("bring the database up to date")
    .action(async () => (await import("./migrate.ts")).migrateCommand());
  addOperatorCommands(lienthong);
  addRepositoryCommands(lienthong.command("repository").description("the repositories we harvest"));
  addReviewCommands(lienthong.command("review").description("harvests that wait for a person's decision"));
  return lienthong;
}

function addOperatorCommands(lienthong: Command): void {
  lienthong
    .command("worker")
    .description("only harvest what others queue, until stopped; any number of them, on any machine")
    .action(async () => (await import("./worker.ts")).workerCommand());
  const jobs = lienthong
    .command("jobs")
    .option("--json", "print JSON")
    .description("harvests in hand, waiting, and those that went wrong")
    .action(async (options) => (await import("./jobs.ts")).jobsCommand(options));
  jobs
    .command("cancel")
    .argument("<code>")
    .description("end the harvest of a repository after the page in hand; it waits no more")
    .action(async (code: string) => (await import("./jobs.ts")).cancelCommand(code));
  lienthong
    .command("retention")
    .description("remove what is kept for a time only, as every night")
    .action(async () => (await import("./retention.ts")).retentionCommand());
}

type MapOptions = { readonly crosswalk?: string; readonly record?: string; readonly json?: true };

function addRepositoryCommands(repository: Command): void {
  const commands = () => import("./repository.ts");
  repository
    .command("add")
    .argument("<url>", "base URL")
    .option("--code <code>", "short name, unique and for ever part of our identifiers")
    .option("--name <name>", "name as people know it")
    .option("--schedule <schedule>", "hourly, daily, weekly, monthly, manual, or a cron expression", "daily")
    .option("--format <prefix>", "metadataPrefix to ask for; otherwise the richest that can be mapped")
    .option("--set <setSpec>", "only this set")
    .option("--access <uri>", "COAR access right of records that do not say")
    .description("register a repository")
    .action(async (url: string, options) => (await commands()).addCommand(url, options));
  repository
    .command("list")
    .option("--json", "print JSON")
    .description("all repositories with their latest run")
    .action(async (options) => (await import("./repository-list.ts")).listCommand(options));
  repository
    .command("show")
    .argument("<code>")
    .description("one repository: what it is, its latest harvests, what there is to remark on its records")
    .action(async (code: string) => (await import("./repository-list.ts")).showCommand(code));
  repository
    .command("seed")
    .description("add the known repositories of Vietnam as drafts")
    .action(async () => (await import("./seed.ts")).seedCommand());
  repository
    .command("probe")
    .argument("<code>")
    .description("find out its software and whether its datestamps can be trusted")
    .action(async (code: string) => (await import("./probe.ts")).probeCommand(code));
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
    .command("import")
    .argument("<file>", "YAML as written by export; - for standard input")
    .description("add and update repositories from a file")
    .action(async (file: string) => (await commands()).importCommand(file));
  repository
    .command("export")
    .argument("[file]", "otherwise standard output")
    .description("write all repositories as YAML")
    .action(async (file?: string) => (await commands()).exportCommand(file));
}

// a reader that has seen enough (`| head`) is no failure
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

function addReviewCommands(review: Command): void {
  const commands = () => import("./review.ts");
  review
    .command("list")
    .description("harvests that would take too many records out of the feed")
    .action(async () => (await commands()).listReviewsCommand());
  review
    .command("show")
    .argument("<code>")
    .description("the records that would leave the feed")
    .action(async (code: string) => (await commands()).showReviewCommand(code));
  review
    .command("approve")
    .argument("<code>")
    .description("take them out of the feed")
    .action(async (code: string) => (await commands()).approveCommand(code));
  review
    .command("reject")
    .argument("<code>")
    .description("keep them in the feed")
    .action(async (code: string) => (await commands()).rejectCommand(code));
  review
    .command("undo")
    .argument("<code>")
    .description("bring back what the last withdrawal took out; possible for 90 days")
    .action(async (code: string) => (await commands()).undoCommand(code));
}

try {
  await program().parseAsync();
} catch (error) {
  // every failure of ours is a sentence; a stack helps nobody but us
  process.stderr.write(`lienthong: ${sentenceOf(error)}\n`);
  if (process.env.LOG_LEVEL === "debug" && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}

/** A connection that fails at every address of a name says so in its parts only. */
function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(sentenceOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
