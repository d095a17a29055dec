import { ConditionError } from "../query/condition.ts";
import { type QuerySet, querySetSpec, readQuerySet } from "../query/query-set.ts";
import type { Db } from "../store/database.ts";
import {
  addDefinedSet,
  changeDefinedSet,
  type DefinedSet,
  findDefinedSet,
  leaveRemovedSets,
  removeDefinedSet,
} from "../store/query-sets.ts";
import { findRepository, listRepositories } from "../store/repositories.ts";
import { RegistryError } from "./errors.ts";

/** What an operator says of a set. */
export interface QuerySetText {
  readonly titleVi: string;
  readonly titleEn: string;
  readonly description: string | null;
  readonly conditions: readonly string[];
}

/** Whether there can be such a set among those that follow from a record: the vocabularies are tables of the mappings. */
export type IsFeedSet = (setSpec: string) => boolean;

/** A definition that was checked, and can be kept or looked at. */
export interface CheckedSet {
  readonly row: Omit<DefinedSet, "changed_at">;
  readonly querySet: QuerySet;
}

/** Checks what is said of a set, before it is kept or looked at. Throws `RegistryError`. */
export async function checkQuerySet(
  db: Db,
  name: string,
  text: QuerySetText,
  isFeedSet: IsFeedSet,
): Promise<CheckedSet> {
  const set_spec = setSpecOf(name);
  const querySet = inWords(() => readQuerySet({ setSpec: set_spec, conditions: text.conditions }));
  for (const { field, values, text: written } of querySet.tests)
    if (field === "set") for (const setSpec of values) await refuseUnknown(db, setSpec, written, isFeedSet);
  const { description, titleVi, titleEn } = text;
  const row = {
    set_spec,
    title_vi: oneLine("the Vietnamese title (--title-vi)", titleVi),
    title_en: oneLine("the English title (--title-en)", titleEn),
    description: description === null ? null : oneLine("the description (--description)", description),
    conditions: querySet.conditions,
  };
  return { row, querySet };
}

/** The definition of that name. Throws `RegistryError`. */
export async function querySetOfName(db: Db, name: string): Promise<DefinedSet> {
  const found = await findDefinedSet(db, setSpecOf(name));
  if (found === null)
    throw new RegistryError(`there is no set "${name}"; \`lienthong set list\` shows those that there are`);
  return found;
}

/** Keeps a new set. Throws `RegistryError` where there is one of that name. */
export async function addQuerySet(db: Db, name: string, { row }: CheckedSet): Promise<void> {
  if (await addDefinedSet(db, row)) return;
  throw new RegistryError(`there is a set "${name}" already; \`lienthong set change ${name}\` changes it`);
}

/** Keeps what is said of a set now. Throws `RegistryError` where it was removed meanwhile. */
export async function changeQuerySet(db: Db, name: string, { row }: CheckedSet): Promise<void> {
  if (!(await changeDefinedSet(db, row))) await querySetOfName(db, name);
}

/**
 * Removes a set: its definition at once, its living records when they are mapped again, and then the tombstones. Those of retired
 * repositories leave it now, since nothing maps them any more. Throws `RegistryError`.
 */
export async function removeQuerySet(db: Db, name: string, leadSeconds: number): Promise<void> {
  const { set_spec } = await querySetOfName(db, name);
  await removeDefinedSet(db, set_spec);
  for (const { repository_id, state } of await listRepositories(db, { retired: true }))
    if (state === "retired") await leaveRemovedSets(db, repository_id, leadSeconds);
}

function setSpecOf(name: string): string {
  const setSpec = querySetSpec(name);
  if (setSpec !== null) return setSpec;
  throw new RegistryError(`"${name}" cannot be the name of a set: it holds 1 to 60 of a-z, 0-9 and "-"`);
}

async function refuseUnknown(db: Db, setSpec: string, condition: string, isFeedSet: IsFeedSet): Promise<void> {
  if (!isFeedSet(setSpec))
    throw new RegistryError(
      `"${condition}": there can be no set "${setSpec}"; docs/provider.md tells those that there can be, ListSets those that there are`,
    );
  const [kind, code = ""] = setSpec.split(":");
  if (kind === "inst" && (await findRepository(db, code)) === null)
    throw new RegistryError(
      `"${condition}": there is no repository "${code}"; \`lienthong repository list\` shows those that there are`,
    );
}

function inWords<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ConditionError) throw new RegistryError(cause.message, { cause });
    throw cause;
  }
}

function oneLine(what: string, text: string): string {
  const line = text.replace(/\s+/g, " ").trim().normalize("NFC");
  if (line === "") throw new RegistryError(`${what} is empty`);
  if (line.length > 1_000)
    throw new RegistryError(`${what} is ${line.length} characters long; at most 1,000 can be kept`);
  return line;
}
