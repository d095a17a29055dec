import { type Command, Option } from "commander";

/** `lienthong export`: its options; what it does is loaded when it runs. */
export function addExportCommand(command: Command): void {
  command
    .requiredOption("--out <folder>", "a new or empty folder, or s3://bucket/prefix")
    .option("--format <names...>", "jsonl, marcxml, iso2709, oai_dc; all of them by default")
    .option("--compression <name>", "gzip or zstd; by default zstd where this Node.js has it")
    .option("--set <setSpec>", "only the records of this set")
    // how serve and worker start it (src/dump-process.ts)
    .addOption(new Option("--tied").hideHelp())
    .description("write all records of the feed into files, with a manifest from whose horizon harvesting goes on")
    .action(async (options) => (await import("./export.ts")).exportCommand(options));
}
