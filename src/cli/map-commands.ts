import type { Command } from "commander";

const RECORD = ["--record <number>", "only the record at this position, counted from 1"] as const;
const CROSSWALK = ["--crosswalk <name>", "use this crosswalk instead of the one that the namespace names"] as const;
const FOLDER = ["--folder <path>", "the project's mappings", "mappings"] as const;
const SOURCE = "an OAI-PMH answer, a metadata document, a MARC file (.mrc), or the URL of such an answer";

/** `lienthong map …`: how records are understood, and the tools of those who write crosswalks. */
export function addMapCommands(map: Command): void {
  map
    .argument("<file|url>", SOURCE)
    .option(...CROSSWALK)
    .option(...RECORD)
    .option("--json", "print one JSON document a record")
    .description("show how records are understood: as sent, as mapped, remarks, and where each value came from")
    .action(async (what: string, options) => (await import("./map.ts")).mapCommand(what, options));
  map
    .command("trace")
    .argument("<field>", "a field of the common record: titles, creators …")
    .argument("<file|url>", SOURCE)
    .description("where each value of one field came from: places, texts as sent, rule and tables")
    // options of the same names stand before: commander gives them to the parent
    .option(...CROSSWALK)
    .option(...RECORD)
    .action(async (field: string, what: string, _options, command: Command) =>
      (await import("./map-trace.ts")).mapTraceCommand(field, what, command.optsWithGlobals()),
    );
  map
    .command("test")
    .argument("[crosswalk...]", "otherwise all")
    .option(...FOLDER)
    .option("--update", "write the expectations anew; a person has to read what changed")
    .option("--watch", "test again when a file changes")
    .description("map the examples beside crosswalks and compare; exit code 1 where one differs")
    .action(async (names: string[], options) => (await import("./map-test.ts")).mapTestCommand(names, options));
  map
    .command("new")
    .argument("<name>", "its folder below mappings/incoming, in small letters: vra-core")
    .requiredOption("--namespace <uri>", "the namespace of the format's root element")
    .option(...FOLDER)
    .description("begin a crosswalk: a mapping that compiles, five examples to be filled, and its place in the list")
    .action(async (name: string, options) => (await import("./map-new.ts")).mapNewCommand(name, options));
  map
    .command("docs")
    .option(...FOLDER)
    .option("--into <path>", "where the pages go", "docs/crosswalks")
    .option("--check", "write nothing; exit code 1 where a page is not as generated")
    .description("write a page for each crosswalk: field by field, the places it is read from")
    .action(async (options) => (await import("./map-docs.ts")).mapDocsCommand(options));
  addSampleCommands(map);
}

/** The tools that look at many records: those of a file, or what is stored of a repository. */
function addSampleCommands(map: Command): void {
  const repository = ["--repository <code>", "the records that are stored of it, instead of a file"] as const;
  const limit = ["--limit <number>", "so many records at most", "5000"] as const;
  map
    .command("coverage")
    .argument("[file|url]", SOURCE)
    .option(...repository)
    .option(...limit)
    .option(...CROSSWALK)
    .description("how much of records is understood: fields that have values, places that none reads, unknown words")
    .action(async (what: string | undefined, _options, command: Command) =>
      (await import("./map-coverage.ts")).mapCoverageCommand(what, command.optsWithGlobals()),
    );
  map
    .command("diff")
    .argument("[file|url]", SOURCE)
    .requiredOption("--against <revision>", "a branch, tag or commit of this clone")
    .option(...repository)
    .option(...limit)
    .description(
      "what is made of records now, beside what another revision made of them; exit code 1 where they differ",
    )
    .action(async (what: string | undefined, options) => (await import("./map-diff.ts")).mapDiffCommand(what, options));
}
