import type { IssueCode } from "../record/issue-texts.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import { listUnmatched } from "../store/unmatched.ts";
import { print, printTable, withStore } from "./run-command.ts";

const SHOWN = 200;

/** The table of `mappings/tables` in which a value was looked for, by the remark that it is not there. */
const TABLES: Readonly<Partial<Record<IssueCode, string>>> = {
  "unmatched-type": "resource-types",
  "unmatched-language": "languages",
  "unmatched-access-rights": "access-rights",
  "unmatched-role": "contributor-roles",
};

/** `lienthong unmatched`: the values that no table knows, by how often they come. */
export async function unmatchedCommand(code: string | undefined, { json }: { readonly json?: true }): Promise<void> {
  const values = await withStore(async ({ db }) => {
    const repositoryId = code === undefined ? null : (await repositoryOfCode(db, code)).repository_id;
    return await listUnmatched(db, Object.keys(TABLES), repositoryId, SHOWN);
  });
  const rows = values.map(({ code: issue, ...value }) => ({ table: TABLES[issue as IssueCode] ?? issue, ...value }));
  if (json === true) return print(JSON.stringify(rows, null, 2));
  if (rows.length === 0) return print("every value is in our tables");
  printTable(
    ["table", "value", "records", "for example"],
    rows.map(({ table, value, records, repository, identifier }) => [
      table,
      value,
      records,
      code === undefined ? `${repository} ${identifier}` : identifier,
    ]),
  );
  if (rows.length === SHOWN) print(`these are the ${SHOWN} most frequent ones`);
}
