import { parseDocument, stringify } from "yaml";
import type { Overrides } from "../record/overrides.ts";
import type { Db } from "../store/database.ts";
import { findRepository, listRepositories } from "../store/repositories.ts";
import { definitionOf, type RepositoryDefinition, type Timetable } from "./definition.ts";
import { RegistryError } from "./errors.ts";
import { redefineRepository, registerRepository } from "./repositories.ts";

/** What an import did with each repository. */
export interface ImportResult {
  readonly added: readonly string[];
  readonly updated: readonly string[];
}

/** Those that may be empty, which means what leaving them out means. */
const OPTIONAL_KEYS = [
  "quietHours",
  "metadataPrefix",
  "setSpec",
  "defaultAccessRights",
  "province",
  "libraryType",
  "caBundle",
] as const;
const KEYS = ["code", "name", "baseUrl", "schedule", "timeZone", ...OPTIONAL_KEYS, "overrides"] as const;

/**
 * All repositories that take part, as YAML that `importRepositories` reads: neither drafts nor retired ones. Sign-ins are
 * secrets and stay here; a comment names the repositories that have one.
 */
export async function exportRepositories(db: Db): Promise<string> {
  const repositories = (await listRepositories(db)).filter(({ state }) => state !== "draft");
  const signedIn = repositories.filter(({ secrets }) => secrets !== null).map(({ code }) => code);
  const comment =
    signedIn.length === 0 ? "" : `# Not in this file, since they are secrets: the sign-ins of ${signedIn.join(", ")}\n`;
  return comment + stringify({ repositories: repositories.map(definitionOf) });
}

/**
 * Adds the repositories of a YAML text and updates those whose code is known. All or nothing. Throws `RegistryError`
 * that names line and column, or the entry.
 */
export async function importRepositories(db: Db, text: string, timetable: Timetable): Promise<ImportResult> {
  const definitions = readDefinitions(text);
  return await db.transaction().execute(async (trx) => {
    const added: string[] = [];
    const updated: string[] = [];
    for (const definition of definitions) {
      const known = definition.code === undefined ? null : await findRepository(trx, definition.code);
      if (known === null) added.push((await registerRepository(trx, definition, timetable)).code);
      else {
        await redefineRepository(trx, known, definition, timetable);
        updated.push(known.code);
      }
    }
    return { added, updated };
  });
}

/** Overrides from a text in YAML or JSON; they are checked where they are stored. Throws `RegistryError`. */
export function readOverrides(text: string): Overrides {
  const overrides = yamlOf(text);
  if (overrides === null || overrides === undefined)
    throw new RegistryError("the file holds no overrides; --no-overrides takes back those that are stored");
  return overrides as Overrides;
}

function yamlOf(text: string): unknown {
  const document = parseDocument(text);
  const error = document.errors[0];
  if (error !== undefined) throw new RegistryError(`the YAML cannot be read: ${error.message}`);
  return document.toJS();
}

function readDefinitions(text: string): readonly RepositoryDefinition[] {
  const entries: unknown = (yamlOf(text) as { readonly repositories?: unknown } | null)?.repositories;
  if (!Array.isArray(entries)) throw new RegistryError('the YAML has no list "repositories:" at its top');
  const definitions = entries.map((entry: unknown, index) => readDefinition(entry, `repositories[${index}]`));
  refuseRepeatedCodes(definitions);
  return definitions;
}

function refuseRepeatedCodes(definitions: readonly RepositoryDefinition[]): void {
  const seen = new Set<string>();
  for (const { code } of definitions) {
    if (code === undefined) continue;
    if (seen.has(code)) throw new RegistryError(`the code "${code}" stands in the list twice`);
    seen.add(code);
  }
}

function readDefinition(entry: unknown, where: string): RepositoryDefinition {
  if (entry === null || typeof entry !== "object" || Array.isArray(entry))
    throw new RegistryError(`${where} is not a mapping`);
  for (const [key, value] of Object.entries(entry)) {
    if (!(KEYS as readonly string[]).includes(key))
      throw new RegistryError(`${where}: "${key}" is unknown; known are ${KEYS.join(", ")}`);
    // its own rules are checked where the whole definition is
    if (key === "overrides") continue;
    const mayBeEmpty = (OPTIONAL_KEYS as readonly string[]).includes(key);
    if (typeof value !== "string" && !(value === null && mayBeEmpty))
      throw new RegistryError(`${where}: "${key}" must be text`);
  }
  if (!("baseUrl" in entry)) throw new RegistryError(`${where}: "baseUrl" is missing`);
  return entry as RepositoryDefinition;
}
