import { isFeedSetSpec } from "../../mappings/feed-sets.ts";
import { previewQuerySet, type QuerySetPreview } from "../jobs/preview-query-set.ts";
import { RegistryError } from "../registry/errors.ts";
import {
  addQuerySet,
  type CheckedSet,
  changeQuerySet,
  checkQuerySet,
  querySetOfName,
  removeQuerySet,
} from "../registry/query-sets.ts";
import type { Db } from "../store/database.ts";
import { countMembers, findDefinedSet } from "../store/query-sets.ts";
import { createProgress } from "./progress.ts";
import { number } from "./remap-report.ts";
import { print, withStore } from "./run-command.ts";
import { stopSignal } from "./signals.ts";

interface SetOptions {
  readonly titleVi?: string;
  readonly titleEn?: string;
  /** `false`: it is to have none. */
  readonly description?: string | false;
  readonly dryRun?: true;
  readonly remap?: true;
}

const PAGE_SIZE = 500;

/** `lienthong set add` */
export async function addCommand(name: string, conditions: readonly string[], options: SetOptions): Promise<void> {
  const { titleVi = "", titleEn = "", description } = options;
  refuseBoth(options);
  await withStore(async ({ db }) => {
    const text = { titleVi, titleEn, description: describedBy(description, null), conditions };
    const checked = await checkQuerySet(db, name, text, isFeedSetSpec);
    if (options.dryRun !== true) return await addQuerySet(db, name, checked);
    if ((await findDefinedSet(db, checked.row.set_spec)) !== null)
      print(`there is a set "${name}" already; \`lienthong set change ${name}\` changes it`);
    await preview(db, checked);
  });
  if (options.dryRun === true) return;
  print(`query:${name} is defined; it is in ListSets as soon as a record is in it`);
  await goOn(options, "records come into it");
}

/** `lienthong set change`: what is given takes the place of what was, all conditions together. */
export async function changeCommand(name: string, conditions: readonly string[], options: SetOptions): Promise<void> {
  refuseBoth(options);
  if (
    conditions.length === 0 &&
    [options.titleVi, options.titleEn, options.description].every((it) => it === undefined)
  )
    throw new RegistryError("nothing to change; `lienthong set change --help` shows what can be");
  const others = await withStore(async ({ db }) => {
    const before = await querySetOfName(db, name);
    const { titleVi = before.title_vi, titleEn = before.title_en } = options;
    const description = describedBy(options.description, before.description);
    const text = { titleVi, titleEn, description, conditions: conditions.length > 0 ? conditions : before.conditions };
    const checked = await checkQuerySet(db, name, text, isFeedSetSpec);
    if (options.dryRun === true) await preview(db, checked);
    else await changeQuerySet(db, name, checked);
    return checked.row.conditions.join("\n") !== before.conditions.join("\n");
  });
  if (options.dryRun === true) return;
  print(`query:${name} is changed`);
  if (others || options.remap === true) await goOn(options, "records come into it and leave it");
  else print("its conditions are what they were: no record has to be mapped again");
}

/** `lienthong set remove`: only with --yes, since whoever harvests it is left alone. */
export async function removeCommand(
  name: string,
  options: { readonly yes?: true; readonly remap?: true },
): Promise<void> {
  const removed = await withStore(async ({ db, config }) => {
    const { set_spec } = await querySetOfName(db, name);
    const { live } = await countMembers(db, set_spec);
    if (options.yes === true) await removeQuerySet(db, name, config.leadSeconds);
    else
      print(
        `this would remove ${set_spec}, in which there are ${number(live)} records; they stay in the feed, and nobody can harvest them as this set any more; say --yes to do it`,
      );
    return options.yes === true;
  });
  if (!removed) {
    process.exitCode = 1;
    return;
  }
  print(`query:${name} is removed; it is in ListSets until the last record has left it`);
  await goOn(options, "records and tombstones leave it");
}

/** Records come and go when they are mapped again. */
async function goOn({ remap }: Pick<SetOptions, "remap">, what: string): Promise<void> {
  if (remap !== true)
    return print(`it holds for what is harvested from now on; \`lienthong remap\` maps what is stored: then ${what}`);
  const { remapAll } = await import("./remap-each.ts");
  await remapAll(stopSignal());
}

async function preview(db: Db, { row, querySet }: CheckedSet): Promise<void> {
  const progress = createProgress(process.stderr, row.set_spec);
  const onRecords = (records: number) =>
    progress.page({ received: records, complete_list_size: null, pages: Math.ceil(records / PAGE_SIZE) });
  const found = await previewQuerySet(db, querySet, { signal: stopSignal(), onRecords });
  progress.end();
  printPreview(row.set_spec, found);
}

function printPreview(setSpec: string, { records, members, entering, leaving, examples }: QuerySetPreview): void {
  print(`${setSpec}: ${number(members)} of ${number(records)} records would be in it; nothing is written`);
  if (leaving > 0 || entering < members)
    print(`  ${number(entering)} would come into it, ${number(leaving)} would leave it`);
  for (const { identifier, title } of examples) print(`  ${identifier}  ${title ?? "without a title"}`);
}

function describedBy(given: string | false | undefined, before: string | null): string | null {
  if (given === undefined) return before;
  return given === false ? null : given;
}

function refuseBoth({ dryRun, remap }: SetOptions): void {
  if (dryRun && remap) throw new RegistryError("--dry-run and --remap exclude each other");
}
