import type { Command } from "commander";

const CONDITIONS = `
A condition is a field, = or !=, and values with commas between them; one of
them is enough, and all conditions must hold. Quote what has blanks.

  set=thesis,type:report  in another set          set!=access:metadata
  year=2015..             year of publication     year=..1975, year=2015..2020
  ddc=61,615.8            class begins so         udc=, lcc=, bbk=, nlm=
  "title=sông Mê Kông"    words of a title        "subject=", "any=" (all texts)
  "agent=Nguyễn Văn An"   creator, contributor    "publisher="

Words are whole ones. Typed without marks (song Me Kong) they are found with
and without; typed with marks, with the same ones, and in texts without any.

Example:
  lienthong set add hcm-medical-theses --title-vi "Luận án y khoa tại TP.HCM" \\
    --title-en "Medical theses of HCMC" set=thesis set=prov:79 year=2015.. ddc=61`;

/** The commands below `lienthong set`; each loads what it needs when it runs. */
export function addSetCommands(set: Command): void {
  look(set);
  define(set);
}

function look(set: Command): void {
  const commands = () => import("./set-list.ts");
  set
    .command("list")
    .option("--json", "print JSON")
    .description("the sets that were defined, and how many records are in them")
    .action(async (options) => (await commands()).listCommand(options));
  set
    .command("show")
    .argument("<name>")
    .option("--json", "print JSON")
    .description("one set: its conditions, its records, and whether all are mapped by it")
    .action(async (name: string, options) => (await commands()).showCommand(name, options));
}

function define(set: Command): void {
  const commands = () => import("./set.ts");
  set
    .command("add")
    .argument("<name>", "its setSpec will be query:<name>")
    .argument("<condition...>", "all of them must hold; see below")
    .requiredOption("--title-vi <title>", "its name in Vietnamese")
    .requiredOption("--title-en <title>", "its name in English")
    .option("--description <text>", "what ListSets says of it beside its name")
    .option("--dry-run", "only tell how many stored records would be in it")
    .option("--remap", "map all stored records again, so that they come into it")
    .description("define a set of the feed")
    .addHelpText("after", CONDITIONS)
    .action(async (name: string, conditions: string[], options) =>
      (await commands()).addCommand(name, conditions, options),
    );
  set
    .command("change")
    .argument("<name>")
    .argument("[condition...]", "instead of all that it has; none: they stay")
    .option("--title-vi <title>", "its name in Vietnamese")
    .option("--title-en <title>", "its name in English")
    .option("--description <text>", "what ListSets says of it beside its name")
    .option("--no-description", "nothing but its name")
    .option("--dry-run", "only tell how many records would come and go")
    .option("--remap", "map all stored records again, so that they come and go")
    .description("change what was given; the rest stays")
    .addHelpText("after", CONDITIONS)
    .action(async (name: string, conditions: string[], options) =>
      (await commands()).changeCommand(name, conditions, options),
    );
  set
    .command("remove")
    .argument("<name>")
    .option("--yes", "really: nobody can harvest it any more")
    .option("--remap", "map all stored records again, so that they leave it")
    .description("remove a set; its records stay in the feed")
    .action(async (name: string, options) => (await commands()).removeCommand(name, options));
}
