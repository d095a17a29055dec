import { Command } from "commander";
import { VERSION } from "../version.ts";
import { addClusterCommands } from "./cluster-commands.ts";
import { addExportCommand } from "./export-command.ts";
import { addMapCommands } from "./map-commands.ts";
import { addRemapCommands } from "./remap-commands.ts";
import { addRepositoryCommands } from "./repository-commands.ts";
import { addSetCommands } from "./set-commands.ts";

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

/** Runs a command; `args` are those after the name of the program. What goes wrong is told in a sentence, with exit code 1. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...args], { from: "user" });
  } catch (error) {
    // every failure of ours is a sentence; a stack helps nobody but us
    process.stderr.write(`lienthong: ${sentenceOf(error)}\n`);
    if (process.env.LOG_LEVEL === "debug" && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}

/** Commands load what they need when they run, so that --help and --version answer at once. */
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
    .option("--sweep", "only list identifiers, to see what is gone; brings nothing")
    .description("harvest one repository now; goes on where an interrupted harvest stood")
    .action(async (which: string, options: { full?: true; sweep?: true }) =>
      (await import("./harvest.ts")).harvestCommand(which, options),
    );
  lienthong
    .command("import")
    .argument("<file|url>", "MARC (.mrc, .xml) or an OAI static repository, plain, as .gz or .zip")
    .requiredOption("--into <code>", "the repository whose records they are; a new code is registered")
    .option("--name <name>", "name of a new repository as people know it")
    .option("--replace", "the file is the complete list: what it does not hold is to leave the feed")
    .description("import the records of a library that has no OAI-PMH")
    .action(async (source: string, options) => (await import("./import.ts")).importCommand(source, options));
  addExportCommand(lienthong.command("export"));
  addMapCommands(lienthong.command("map"));
  lienthong
    .command("migrate")
    .description("bring the database up to date")
    .action(async () => (await import("./migrate.ts")).migrateCommand());
  addOperatorCommands(lienthong);
  addRepositoryCommands(lienthong.command("repository").description("the repositories we harvest"));
  addSetCommands(lienthong.command("set").description("sets of the feed that you define"));
  addRemapCommands(lienthong);
  addClusterCommands(lienthong);
  addReviewCommands(lienthong.command("review").description("harvests that wait for a person's decision"));
  addRecordCommands(lienthong.command("record").description("one record of the feed"));
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
  const runs = lienthong
    .command("runs")
    .argument("[code]", "a repository; otherwise the latest run of each")
    .option("--json", "print JSON")
    .description("what harvests and imports came to: received, stored, rejected")
    .action(async (code: string | undefined, options) => (await import("./runs.ts")).runsCommand(code, options));
  runs
    .command("show")
    .argument("<code>")
    .argument("[number]", "otherwise the latest run")
    .description("one run in full: why it ended so, what is missing, what to do")
    .action(async (code: string, number?: string) => (await import("./runs.ts")).showRunCommand(code, number));
  lienthong
    .command("quality")
    .argument("[code]", "a repository, rule by rule with examples; otherwise the score of each")
    .option("--profile <name>", "national, openaire4 or lareferencia", "national")
    .option("--renew", "judge all stored records anew first, and keep their scores")
    .option("--json", "print JSON")
    .description("how good the records are, what they miss, and what to do about it")
    .action(async (code: string | undefined, options) => (await import("./quality.ts")).qualityCommand(code, options));
  lienthong
    .command("consumers")
    .option("--days <number>", "so many days, today included", "30")
    .option("--surface <name>", "only feed, api or export")
    .option("--json", "print JSON, with all that consumers say of themselves")
    .description("who uses the feed, the API and dumps, what they take, and what was refused")
    .action(async (options) => (await import("./consumers.ts")).consumersCommand(options));
  lienthong
    .command("token")
    .argument("<resumptionToken>")
    .description("what is in a resumptionToken of our feed, and whether the feed takes it")
    .action(async (text: string) => (await import("./token.ts")).tokenCommand(text));
  lienthong
    .command("retention")
    .description("remove what is kept for a time only, as every night")
    .action(async () => (await import("./retention.ts")).retentionCommand());
}

function addReviewCommands(review: Command): void {
  const commands = () => import("./review.ts");
  review
    .command("list")
    .description("harvests that would take too many records out of the feed, or give many another source")
    .action(async () => (await commands()).listReviewsCommand());
  review
    .command("show")
    .argument("<code>")
    .description("the records that would leave the feed, or that seem to go on under another identifier")
    .action(async (code: string) => (await commands()).showReviewCommand(code));
  review
    .command("approve")
    .argument("<code>")
    .option("--only <what>", "deletions or rebindings; the rest goes on waiting")
    .description("take them out of the feed, and let records take their new source")
    .action(async (code: string, options) => (await commands()).approveCommand(code, options));
  review
    .command("reject")
    .argument("<code>")
    .option("--only <what>", "deletions or rebindings; the rest goes on waiting")
    .description("keep them in the feed; what seemed to go on is a record of its own")
    .action(async (code: string, options) => (await commands()).rejectCommand(code, options));
  review
    .command("undo")
    .argument("<code>")
    .description("bring back what the last withdrawal took out; possible for 90 days")
    .action(async (code: string) => (await commands()).undoCommand(code));
}

function addRecordCommands(record: Command): void {
  const commands = () => import("./record.ts");
  const identifier = "ours, or its repository's own";
  record
    .command("takedown")
    .argument("<identifier>", identifier)
    .requiredOption("--reason <text>", "why; it is kept")
    .description("take it out of the feed, whatever its repository sends")
    .action(async (which: string, options) => (await commands()).takedownCommand(which, options));
  record
    .command("restore")
    .argument("<identifier>", identifier)
    .requiredOption("--reason <text>", "why; it is kept")
    .description("end a takedown")
    .action(async (which: string, options) => (await commands()).restoreCommand(which, options));
}

/** A connection that fails at every address of a name says so in its parts only. */
function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(sentenceOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
