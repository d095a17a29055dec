import type { Agent } from "../../../src/crosswalk/agents.ts";
import { type Note, type Noted, noted, resultOf } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import type { Mapped } from "../../../src/crosswalk/source.ts";
import { type FieldReader, type Item, unique } from "./field.ts";
import { readName } from "./name.ts";
import { isCreating, relatorsOf } from "./relators.ts";
import { responsibleAgents } from "./responsibility.ts";

/** Somebody named by a field, with the relator codes the field and the name itself give. */
interface Entry {
  readonly agent: Agent;
  readonly relators: readonly string[];
  readonly creator: boolean;
  readonly from: readonly MarcNode[];
}

const ADDED = ["700", "710", "711", "720"] as const;

/** 100, 110, 111 are creators, and so are 700, 710, 711, 720 whose relator says author or creator. */
export const creators: FieldReader<"creators"> = (marc, note) => {
  const main = resultOf(marc.kept(mainEntries), note);
  const added = marc.kept(addedEntries).result;
  const found = [...main, ...added].filter(({ creator }) => creator);
  const named = main.length + added.length > 0 ? found : responsibleAgents(marc, note);
  return unique(named.map(asCreator), ({ value }) => value.name.toLowerCase());
};

/** The added names that are no creators, and whoever a main entry names beside its first person as translator, editor … */
export const contributors: FieldReader<"contributors"> = (marc, note) => {
  const main = marc.kept(mainEntries).result;
  const added = resultOf(marc.kept(addedEntries), note);
  const found = [...main, ...added].filter(({ creator }) => !creator);
  return unique(found.map(asContributor), ({ value }) => `${value.role} ${value.name.toLowerCase()}`);
};

/** All that a main entry names; a body of 110 or 111 is always a creator. */
function mainEntries(marc: MarcSource): Noted<readonly Entry[]> {
  return noted((note) => marc.fields("100", "110", "111").flatMap((field) => entriesOf(field, note)));
}

function addedEntries(marc: MarcSource): Noted<readonly Entry[]> {
  return noted((note) => marc.fields(...ADDED).flatMap((field) => entriesOf(field, note)));
}

function asCreator({ agent, relators, from }: Omit<Entry, "creator">): Mapped<Item<"creators">> {
  const role = isCreating(relators) ? undefined : relators[0];
  return { value: role === undefined ? agent : { ...agent, role }, from };
}

function asContributor({ agent, relators, from }: Entry): Mapped<Item<"contributors">> {
  return { value: { ...agent, role: relators[0] ?? "ctb" }, from };
}

function entriesOf(field: MarcSourceField, note: Note): readonly Entry[] {
  // a name with a title is another work: relations has it
  const isMain = field.tag.startsWith("1");
  if (field.has("t") && !isMain) return [];
  const given = relatorsOf(field, note);
  return readName(field, note).map(({ agent, role, node }, index) => {
    const relators = role === null ? given : [...given, role];
    const creator = isMain ? index === 0 || role === null || isCreating([role]) : isCreating(relators);
    return { agent, relators, creator, from: [node] };
  });
}
