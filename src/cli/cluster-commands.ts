import type { Command } from "commander";

/** `lienthong dedupe` and `lienthong cluster`; each loads what it needs when it runs. */
export function addClusterCommands(lienthong: Command): void {
  const commands = () => import("./cluster.ts");
  const identifier = "ours, or its repository's own";
  lienthong
    .command("dedupe")
    .option("--all", "compare all records, not only those that changed")
    .description("bring together the records that describe one item, as every night")
    .action(async (options) => (await commands()).dedupeCommand(options));
  const cluster = lienthong.command("cluster").description("records of one item, from one repository or several");
  cluster
    .command("list")
    .option("--repository <code>", "only those that a repository has a record in")
    .option("--limit <number>", "how many, the latest first", "50")
    .option("--json", "print JSON")
    .description("clusters: number, preferred record, how many records of which repositories")
    .action(async (options) => (await commands()).listCommand(options));
  cluster
    .command("show")
    .argument("<which>", "number of a cluster, or identifier of a record")
    .option("--lang <language>", "reasons in vi or en", "en")
    .description("its records and why they are together; of a record also what resembles it and why that is apart")
    .action(async (which: string, options) => (await commands()).showCommand(which, options));
  cluster
    .command("split")
    .argument("<identifier>", identifier)
    .requiredOption("--reason <text>", "why; it is kept")
    .description("take a record out of its cluster for good")
    .action(async (which: string, options) => (await commands()).splitCommand(which, options));
  for (const [name, description] of [
    ["merge", "say that two records, and what is in their clusters, describe one item"],
    ["ignore", "say that what we think of two records is not to count, neither way"],
  ] as const) {
    cluster
      .command(name)
      .argument("<identifier>", identifier)
      .argument("<other>", identifier)
      .requiredOption("--reason <text>", "why; it is kept")
      .description(description)
      .action(async (which: string, other: string, options) =>
        (await commands())[`${name}Command`](which, other, options),
      );
  }
}
