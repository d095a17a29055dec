import { hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { QUERY_SETS_VERSION, type QuerySet } from "../src/query/query-set.ts";
import { inOrder } from "../src/record/digest.ts";
import type { Overrides } from "../src/record/overrides.ts";
import { FEED_SETS_VERSION } from "./feed-sets.ts";
import { incomingCrosswalks } from "./index.ts";

/** What of a repository decides how its records are mapped. */
export interface RepositoryRules {
  readonly default_access_rights: string | null;
  readonly overrides: Overrides | null;
  readonly province_code: string | null;
  readonly library_type: string | null;
}

type Versioned = { readonly id: string; readonly version: number };

const HASH_LENGTH = 16;
const TABLES = new URL("./tables/", import.meta.url);

let tablesHash: string | null = null;

/**
 * The rules by which a crosswalk maps the records of a repository, in a word that is stored with each of them:
 * `oai-dc@2+5f1c0a9e3b7d2468`. The hash is over the crosswalk's version, all tables, the repository's overrides, its
 * default access right, and what puts its records into sets, those that operators define too: while it stays the same,
 * mapping gives the same.
 */
export function mappingRules(
  { id, version }: Versioned,
  repository: RepositoryRules,
  querySets: readonly QuerySet[],
): string {
  const { default_access_rights, overrides, province_code, library_type } = repository;
  const sets = [FEED_SETS_VERSION, province_code, library_type, ...definitionsOf(querySets)];
  // jsonb does not keep the order in which members were written
  const decisive = JSON.stringify([id, version, hashOfTables(), default_access_rights, inOrder(overrides), sets]);
  return `${id}@${version}+${hash("sha256", decisive).slice(0, HASH_LENGTH)}`;
}

/** The rules of every crosswalk for a repository: a record that carries one of them needs no mapping. */
export function presentRules(repository: RepositoryRules, querySets: readonly QuerySet[]): readonly string[] {
  return incomingCrosswalks.map((crosswalk) => mappingRules(crosswalk, repository, querySets));
}

/** The name of the crosswalk in the rules of a record. */
export function crosswalkOfRules(rules: string): string {
  return rules.slice(0, rules.indexOf("@"));
}

/** Nothing where there are none: what was mapped before there ever were any stays what it is. */
function definitionsOf(querySets: readonly QuerySet[]): readonly unknown[] {
  if (querySets.length === 0) return [];
  return [QUERY_SETS_VERSION, querySets.map(({ setSpec, conditions }) => [setSpec, ...conditions])];
}

function hashOfTables(): string {
  if (tablesHash !== null) return tablesHash;
  const names = readdirSync(TABLES).filter((name) => name.endsWith(".tsv"));
  tablesHash = hash(
    "sha256",
    names
      .sort()
      .map((name) => `${name}\n${readFileSync(new URL(name, TABLES), "utf8")}`)
      .join("\n"),
  );
  return tablesHash;
}
