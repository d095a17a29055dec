import { readFileSync } from "node:fs";
import { type LookupTable, lookupTable } from "../src/crosswalk/lookup.ts";

interface Phrase {
  readonly phrase: string;
  readonly key: string;
}

/** How a language is written in metadata; the codes that do not exist are empty strings. */
export interface LanguageRow extends Phrase {
  readonly iso639_3: string;
  readonly iso639_1: string;
  readonly marc_iso639_2b: string;
  readonly script: string;
}

/** How a kind of document is written in metadata; `degree_level` is empty unless the phrase says it. */
export interface ResourceTypeRow extends Phrase {
  readonly coar_uri: string;
  readonly coar_label: string;
  readonly degree_level: string;
  readonly group: string;
}

export interface AccessRightsRow extends Phrase {
  readonly coar_uri: string;
  readonly coar_label: string;
  readonly eu_repo_uri: string;
}

/** `role` is a word of ours (advisor, editor …); `src/crosswalk/relators.ts` has its MARC relator code. */
export interface ContributorRoleRow extends Phrase {
  readonly role: string;
}

/** A language code with a country or a script behind it: only the language is looked up. */
const SUBTAG = /^([A-Za-z]{2,3})[-_]/;

const languageTable = loadedLater<LanguageRow>("languages");

/** Languages by name (vi, en) and by code: `vi`, `vie`, `vi_VN`, `en-AU`. */
export const languages: LookupTable<LanguageRow> = {
  find(phrase) {
    const row = languageTable.find(phrase);
    const primary = row === null ? SUBTAG.exec(phrase)?.[1] : undefined;
    return primary === undefined ? row : languageTable.find(primary);
  },
};

export const resourceTypes: LookupTable<ResourceTypeRow> = loadedLater("resource-types");
export const accessRights: LookupTable<AccessRightsRow> = loadedLater("access-rights");
export const contributorRoles: LookupTable<ContributorRoleRow> = loadedLater("contributor-roles");

/** A concept of COAR Resource Types 3.2: the English label is COAR's, the rest is ours; empty strings where there is none. */
export interface CoarTypeRow {
  readonly id: string;
  readonly label: string;
  readonly label_vi: string;
  /** `literature`, `dataset`, `software` or `other`: the four kinds of OpenAIRE. */
  readonly general: string;
  /** The term behind `info:eu-repo/semantics/`. */
  readonly eu_repo: string;
}

let coarTypeMap: ReadonlyMap<string, CoarTypeRow> | null = null;

/** COAR Resource Types, by id (`c_46ec`) and by label or `info:eu-repo` term in whatever case. */
export const coarTypes = {
  byId: (id: string): CoarTypeRow | null => loadCoarTypes().get(id) ?? null,
  byTerm: (term: string): CoarTypeRow | null => loadCoarTypes().get(`term:${term.toLowerCase()}`) ?? null,
};

function loadCoarTypes(): ReadonlyMap<string, CoarTypeRow> {
  if (coarTypeMap !== null) return coarTypeMap;
  const rows = readRows("coar-resource-types") as unknown as readonly CoarTypeRow[];
  const map = new Map<string, CoarTypeRow>();
  for (const row of rows) {
    map.set(row.id, row);
    map.set(`term:${row.label.toLowerCase()}`, row);
    if (row.eu_repo !== "") map.set(`term:${row.eu_repo.toLowerCase()}`, row);
  }
  coarTypeMap = map;
  return map;
}

/** The rows of `tables/<name>.tsv` by column: a header line, tabs, no quoting, invisible characters kept. */
export function readRows(name: string): Readonly<Record<string, string>>[] {
  const text = readFileSync(new URL(`./tables/${name}.tsv`, import.meta.url), "utf8");
  const [header = "", ...lines] = text.split("\n").filter((line) => line !== "");
  const columns = header.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
  });
}

/** A table that is read from disk when the first phrase is looked up: most commands map nothing. */
function loadedLater<Row extends Phrase>(name: string): LookupTable<Row> {
  let table: LookupTable<Row> | null = null;
  return {
    find(phrase) {
      // the columns are checked against the interfaces above by test/mappings/tables.test.ts
      table ??= lookupTable(readRows(name) as unknown as readonly Row[]);
      return table.find(phrase);
    },
  };
}
