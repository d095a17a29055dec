import { presentRules } from "../../mappings/rules.ts";
import { presentQuerySets } from "../jobs/query-sets.ts";
import { querySetOfName } from "../registry/query-sets.ts";
import type { Db } from "../store/database.ts";
import { countMembers, type DefinedSet, listDefinedSets, type SetCount } from "../store/query-sets.ts";
import { countStale } from "../store/remap-records.ts";
import { listRepositories } from "../store/repositories.ts";
import { number } from "./remap-report.ts";
import { print, printTable, withStore } from "./run-command.ts";
import { minute } from "./run-report.ts";

/** `lienthong set list` */
export async function listCommand({ json }: { readonly json?: true }): Promise<void> {
  await withStore(async ({ db }) => {
    const sets: (DefinedSet & SetCount)[] = [];
    for (const set of await listDefinedSets(db)) sets.push({ ...set, ...(await countMembers(db, set.set_spec)) });
    if (json === true) return print(JSON.stringify(sets.map(jsonOf), null, 2));
    if (sets.length === 0) return print("no sets were defined yet; `lienthong set add --help` shows how");
    printTable(
      ["setSpec", "records", "deleted", "changed", "title"],
      sets.map((set) => [set.set_spec, set.live, set.deleted, minute(set.changed_at), set.title_vi]),
    );
  });
}

/** `lienthong set show`: also how many records are still as older definitions made them. */
export async function showCommand(name: string, { json }: { readonly json?: true }): Promise<void> {
  await withStore(async ({ db }) => {
    const set = await querySetOfName(db, name);
    const shown = { ...set, ...(await countMembers(db, set.set_spec)) };
    const outdated = await countOutdated(db);
    if (json === true) return print(JSON.stringify({ ...jsonOf(shown), outdated }, null, 2));
    printTable(
      ["field", "value"],
      [
        ["setSpec", shown.set_spec],
        ["title", `${shown.title_vi} / ${shown.title_en}`],
        ...(shown.description === null ? [] : [["description", shown.description]]),
        ...shown.conditions.map((condition, index) => [index === 0 ? "conditions" : "", condition]),
        ["records", `${number(shown.live)}, and ${number(shown.deleted)} tombstones`],
        ["changed", minute(shown.changed_at)],
      ],
    );
    if (outdated > 0)
      print(`${number(outdated)} stored records were mapped by other rules; \`lienthong remap\` maps them`);
  });
}

function jsonOf(set: DefinedSet & SetCount) {
  const { set_spec: setSpec, title_vi: titleVi, title_en: titleEn, description, conditions, live, deleted } = set;
  return { setSpec, titleVi, titleEn, description, conditions, live, deleted, changedAt: set.changed_at };
}

async function countOutdated(db: Db): Promise<number> {
  const querySets = await presentQuerySets(db);
  let outdated = 0;
  for (const repository of await listRepositories(db))
    outdated += await countStale(db, repository.repository_id, presentRules(repository, querySets));
  return outdated;
}
