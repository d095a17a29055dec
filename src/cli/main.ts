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
All settings: docs/settings.md. Exit codes: 0 done, 1 failed or incomplete, 2 done but some records were rejected.`;

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
  addRepositoryCommands(lienthong.command("repository").description("the repositories we harvest"));
  return lienthong;
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
    .action(async (options) => (await commands()).listCommand(options));
  repository
    .command("show")
    .argument("<code>")
    .description("one repository: what it is, its runs, its issues")
    .action(async (code: string) => (await commands()).showCommand(code));
  repository
    .command("pause")
    .argument("<code>")
    .description("stop harvesting it; its records stay")
    .action(async (code: string) => (await commands()).pauseCommand(code));
  repository
    .command("resume")
    .argument("<code>")
    .description("harvest it again")
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

try {
  await program().parseAsync();
} catch (error) {
  // every failure of ours is a sentence; a stack helps nobody but us
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `lienthong: ${message}\n${process.env.LOG_LEVEL === "debug" && error instanceof Error ? `${error.stack}\n` : ""}`,
  );
  process.exitCode = 1;
}
