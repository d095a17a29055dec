import type { Agent, AgentReading } from "../../../src/crosswalk/agents.ts";
import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { isOrganization } from "../../../src/crosswalk/organizations.ts";
import { relatorOf } from "../../../src/crosswalk/relators.ts";
import { contributorRoles } from "../../tables.ts";
import { readAgent } from "../../values.ts";
import { joinedByStops, withoutIsbd } from "./isbd.ts";
import { isPlaceholder } from "./placeholders.ts";

/** Somebody named in a field, and the relator code that stands in the name itself: "Nguyễn Minh Thiên Kim dịch". */
export interface NamedAgent {
  readonly agent: Agent;
  readonly role: string | null;
  readonly node: MarcNode;
}

/** What Vietnamese catalogues write behind a name instead of into `$e`. */
const ROLE_BEHIND =
  /[\s,]+((?:đồng |tổng )?chủ biên|ch\. ?b|biên soạn|b\. ?s|biên dịch|(?:người )?dịch|hiệu đính|sưu tầm|tuyển chọn|minh họa|giới thiệu)\.?$/iu;
const IDENTIFIERS: readonly (readonly [scheme: "ORCID" | "ISNI" | "VIAF", form: RegExp])[] = [
  ["ORCID", /^(?:\(orcid\)|https?:\/\/orcid\.org\/)\s*(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/i],
  ["ISNI", /^(?:\(isni\)|https?:\/\/(?:www\.)?isni\.org\/(?:isni\/)?)\s*((?:\d{4} ?){3}\d{3}[\dX])$/i],
  ["VIAF", /^(?:\(viaf\)|https?:\/\/(?:www\.)?viaf\.org\/viaf\/)\s*(\d+)\/?$/i],
];

/** Reads the name of a field X00, X10, X11 or 720. Usually one; several where one field names several. */
export function readName(field: MarcSourceField, note: Note): readonly NamedAgent[] {
  const node = field.first("a");
  field.drop("cdfghiklmnopqrsuvwxyz");
  if (node === null) return [];
  if (isPlaceholder(node.value)) {
    note("placeholder", { severity: "info", node });
    return [];
  }
  if (field.tag.endsWith("10") || field.tag.endsWith("11")) {
    return [{ agent: { name: bodyName(field, node), nameType: "organizational" }, role: null, node }];
  }
  return personalNames(field, node, note);
}

/** "Trường Đại học Cần Thơ. Khoa Luật", "Hội thảo Việt Nam học (2 : 2004 : Hà Nội)". */
function bodyName(field: MarcSourceField, node: MarcNode): string {
  const units = field.all(field.tag.endsWith("11") ? "e" : "b").map((unit) => withoutIsbd(unit.value));
  const meeting = field.all("ndc").map(({ value }) => withoutIsbd(value).replace(/^\(|\)$/g, ""));
  const name = joinedByStops([withoutIsbd(node.value), ...units]);
  return meeting.length === 0 ? name : `${name} (${meeting.join(" : ")})`;
}

function personalNames(field: MarcSourceField, node: MarcNode, note: Note): readonly NamedAgent[] {
  const [single] = field.all("b").map(({ value }) => withoutIsbd(value));
  const whole = single === undefined ? withoutIsbd(node.value) : `${withoutIsbd(node.value)} ${single}`;
  const found = partsOf(whole, field, note, node).flatMap((part) => {
    const reading = readPart(withoutIsbd(part));
    for (const flag of reading.flags) noteFlag(flag, node, note);
    return reading.agents.map((agent) => ({ agent: typed(agent, field), role: reading.relator, node }));
  });
  const [only] = found;
  if (found.length !== 1 || only === undefined) return found;
  return [{ ...only, agent: { ...only.agent, ...identifiersOf(field), ...affiliationOf(field, only.agent) } }];
}

/**
 * Several names in one field stand between semicolons, or between commas where no part can be a given name alone: without the
 * first indicator 1 nothing is inverted. What holds a title or a role between commas is left to the reader of names.
 */
function partsOf(whole: string, field: MarcSourceField, note: Note, node: MarcNode): readonly string[] {
  const parts = whole.split(/\s*;\s*/);
  const names = whole.split(/\s*,\s*/);
  const isList = parts.length === 1 && names.length > 1 && names.every((name) => name.includes(" "));
  if (!isList || field.indicator1 === "1" || isOrganization(whole)) return parts;
  if (names.some((name) => contributorRoles.find(name) !== null)) return parts;
  if (readAgent(whole).flags.includes("title-stripped")) return parts;
  note("several-names", { severity: "info", node });
  return names;
}

function readPart(part: string): AgentReading & { readonly relator: string | null } {
  const behind = ROLE_BEHIND.exec(part);
  const phrase = behind?.[1]?.toLowerCase() === "biên dịch" ? "dịch" : (behind?.[1] ?? "");
  const role = behind === null ? null : (contributorRoles.find(phrase)?.role ?? null);
  const reading = readAgent(role === null ? part : part.slice(0, behind?.index));
  const said = role ?? reading.role;
  return { ...reading, relator: said === null ? null : relatorOf(said) };
}

function noteFlag(flag: AgentReading["flags"][number], node: MarcNode, note: Note): void {
  if (flag === "invalid-orcid") note(flag, { node });
  else if (flag !== "title-stripped") note(flag === "others" ? "others-not-named" : flag, { severity: "info", node });
}

/** The first indicator says person (0 forename, 1 surname) where the name itself leaves it open. */
function typed(agent: Agent, { indicator1, tag }: MarcSourceField): Agent {
  if (tag === "720") return indicator1 === "2" ? { name: agent.name, nameType: "organizational" } : agent;
  const inverted = indicator1 === "1" && agent.name.includes(",");
  const open = agent.nameType === "unknown" && (indicator1 === "0" || indicator1 === "1");
  return inverted || open ? { ...agent, nameType: "personal" } : agent;
}

function identifiersOf(field: MarcSourceField): Pick<Agent, "identifiers"> {
  const identifiers = field.all("01").flatMap(({ value }) =>
    IDENTIFIERS.flatMap(([scheme, form]) => {
      const found = form.exec(value)?.[1];
      return found === undefined ? [] : [{ scheme, value: found.toUpperCase() }];
    }),
  );
  return identifiers.length === 0 ? {} : { identifiers };
}

function affiliationOf(field: MarcSourceField, agent: Agent): Pick<Agent, "affiliations"> {
  const names = field.all("u").map(({ value }) => ({ name: withoutIsbd(value) }));
  if (names.length === 0) return {};
  return { affiliations: [...(agent.affiliations ?? []), ...names] };
}
