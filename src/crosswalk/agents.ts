import type { CommonRecord } from "../record/common-record.ts";
import { type FamilyNameRow, type PersonNames, personNames } from "../vietnamese/person-name.ts";
import { type AcademicTitleRow, type TitleStripper, titleStripper } from "./academic-titles.ts";
import { type RoleRow, roleSplitter } from "./agent-roles.ts";
import { findOrcid } from "./orcid.ts";
import { isOrganization } from "./organizations.ts";
import { type Memory, remembered } from "./remembered.ts";

/** A person or body of the common record, its role aside. */
export type Agent = Omit<CommonRecord["contributors"][number], "role">;

/** What was found beside the name; each becomes an issue where a crosswalk cares. */
export type AgentFlag = "several-names" | "no-name" | "title-stripped" | "invalid-orcid" | "others";

export interface AgentReading {
  /** Usually one; several where a value names several; none where it says that nobody is named ("Khuyết danh"). */
  readonly agents: readonly Agent[];
  /** A word of `contributor-roles.tsv` (`advisor`, `editor` …) where the value says it; see `relatorOf`. */
  readonly role: string | null;
  readonly flags: readonly AgentFlag[];
}

/** Reads a clean value of a creator or contributor. */
export type AgentReader = (text: string) => AgentReading;

/** The tables that reading a name needs; they are data of the mappings. */
export interface AgentTables {
  readonly titles: readonly AcademicTitleRow[];
  readonly familyNames: readonly FamilyNameRow[];
  readonly roles: readonly RoleRow[];
}

/** Advisors come back in every other thesis of a department, authors in their articles. */
const NAMES: Memory = { entries: 5_000, longest: 100 };
const NOBODY: ReadonlySet<string> = new Set(["anonymous", "anonymous-collective", "collective", "unknown", "others"]);

/**
 * Makes the reader of names. Titles are stripped from either end, a role is read from before a colon or from brackets, an
 * ORCID is checked, "family, given" is taken apart. A name that nothing divides stays whole, and none is ever inverted.
 */
export function agentReader(tables: AgentTables): AgentReader {
  const names = personNames(tables.familyNames);
  const strip = titleStripper(tables.titles, names.startsWithFamily);
  const split = roleSplitter(tables.roles);
  return remembered((text) => {
    const { rest, role, others } = split(text.trim());
    if (rest === "" || NOBODY.has(role ?? "")) return { agents: [], role: null, flags: ["no-name"] };
    const flags = new Set<AgentFlag>(others ? ["others"] : []);
    const orcid = findOrcid(rest);
    if (orcid?.valid === false) flags.add("invalid-orcid");
    const agents = agentsOf(orcid?.rest ?? rest, names, strip, flags);
    if (agents.length > 1) flags.add("several-names");
    const [only] = agents;
    const identified =
      orcid?.valid === true && agents.length === 1 && only !== undefined
        ? [{ ...only, identifiers: [{ scheme: "ORCID" as const, value: orcid.value }] }]
        : agents;
    return { agents: identified, role, flags: [...flags] };
  }, NAMES);
}

function agentsOf(text: string, names: PersonNames, strip: TitleStripper, flags: Set<AgentFlag>): readonly Agent[] {
  if (!text.includes(";")) return isOrganization(text) ? [body(text)] : peopleIn(text, names, strip, flags);
  const parts = text.split(/\s*;\s*/).filter((part) => part !== "");
  const bodies = parts.map(isOrganization);
  const people = parts.flatMap((part, index) => (bodies[index] === true ? [] : peopleIn(part, names, strip, flags)));
  const organizations = parts.filter((_, index) => bodies[index] === true);
  const [first] = people;
  // "Nguyễn Văn An; Trường Đại học Vinh": where the author works, as OJS writes it
  return first !== undefined && people.length === 1 && bodies[0] === false && organizations.length > 0
    ? [{ ...first, affiliations: organizations.map((name) => ({ name })) }]
    : [...people, ...organizations.map(body)];
}

function body(name: string): Agent {
  return { name, nameType: "organizational" };
}

function peopleIn(part: string, names: PersonNames, strip: TitleStripper, flags: Set<AgentFlag>): readonly Agent[] {
  const bare = stripped(part, strip, flags).replace(/[\s,;]+$/, "");
  if (bare === "") return [];
  const halves = bare.includes(",") ? bare.split(",").map((name) => stripped(name.trim(), strip, flags)) : [];
  return (names.several(halves) ?? [bare]).map((name) => personNamed(name, names));
}

/** Titles stand before the name, after it, and (where a form asked for family and given name) before the given name. */
function stripped(name: string, strip: TitleStripper, flags: Set<AgentFlag>): string {
  const outer = strip(name);
  const comma = outer.name.indexOf(", ");
  const inner = comma < 0 ? null : strip(outer.name.slice(comma + 2));
  if (outer.stripped || inner?.stripped === true) flags.add("title-stripped");
  return inner?.stripped === true ? `${outer.name.slice(0, comma)}, ${inner.name}` : outer.name;
}

function personNamed(name: string, names: PersonNames): Agent {
  const commas = name.split(",").length - 1;
  const parsed = commas === 1 ? names.parse(name) : null;
  if (parsed !== null) {
    const given = [parsed.middle, parsed.given].filter((part) => part !== "").join(" ");
    // capitals stay as found: only pages show them otherwise
    const cased = (part: string) => (name === name.toUpperCase() ? part.toUpperCase() : part);
    return { name, nameType: "personal", family: cased(parsed.family), given: cased(given) };
  }
  const isVietnamese = commas === 0 && name.includes(" ") && names.startsWithFamily(name);
  return { name, nameType: isVietnamese ? "personal" : "unknown" };
}
