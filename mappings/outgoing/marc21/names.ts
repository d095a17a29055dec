import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { relatorTerm } from "../../relators.ts";
import { headingOf, isDivided } from "../record-text.ts";
import { field, type Part } from "./fields.ts";

type Creator = CommonRecord["creators"][number];
type Contributor = CommonRecord["contributors"][number];
type AgentIdentifier = NonNullable<Creator["identifiers"]>[number];

const IDENTIFIER_URLS: Readonly<Record<string, string>> = {
  ORCID: "https://orcid.org/",
  ISNI: "https://isni.org/isni/",
  VIAF: "https://viaf.org/viaf/",
};

/** Whether the first creator gets a main entry: a name of which it is not known what it names gets none. */
export function hasMainEntry({ creators }: CommonRecord): boolean {
  const first = creators[0];
  return first !== undefined && first.nameType !== "unknown";
}

/** 100 or 110 for the first creator, 700, 710 or 720 for everybody else and for the institution that grants the degree. */
export function nameFields(record: CommonRecord): readonly MarcDataField[] {
  const { creators, contributors, thesis } = record;
  const grantor = thesis?.grantor;
  const agents: readonly (Creator | Contributor)[] = [
    ...creators,
    ...contributors,
    ...(grantor === undefined ? [] : [{ name: grantor.name, nameType: "organizational", role: "dgg" } as const]),
  ];
  const main = hasMainEntry(record);
  return agents.flatMap((agent, index) => entry(agent, main && index === 0));
}

/** LoC MARC 21 X00: first indicator 1 where the family name stands first, 0 for a name in direct order. */
function entry(agent: Creator | Contributor, isMain: boolean): readonly MarcDataField[] {
  const parts = nameParts(agent);
  switch (agent.nameType) {
    case "personal":
      return field(isMain ? "100" : "700", isDivided(agent) ? "1 " : "0 ", parts);
    case "organizational":
      return field(isMain ? "110" : "710", "2 ", parts);
    default:
      return field("720", "  ", parts);
  }
}

function nameParts(agent: Creator | Contributor): readonly Part[] {
  const role = agent.role ?? "aut";
  const term = relatorTerm(role);
  const name = agent.nameType === "personal" ? headingOf(agent) : agent.name;
  return [
    ["a", term === null ? name : `${name},`],
    ["e", term],
    ...(agent.affiliations ?? []).map((affiliation): Part => ["u", affiliation.name]),
    ...(agent.identifiers ?? []).map(identifierPart),
    ["4", role],
  ];
}

/** $1 names the person in the real world, $0 an authority record (LoC MARC 21, Appendix A). */
function identifierPart({ scheme, value }: AgentIdentifier): Part {
  const base = IDENTIFIER_URLS[scheme];
  if (base === undefined) return ["0", value];
  return ["1", value.startsWith("http") ? value : base + value.replaceAll(" ", "")];
}
