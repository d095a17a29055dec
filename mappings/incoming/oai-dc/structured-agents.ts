import type { Agent, AgentReading } from "../../../src/crosswalk/agents.ts";
import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { findOrcid } from "../../../src/crosswalk/orcid.ts";
import { relatorOf } from "../../../src/crosswalk/relators.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { readAgent } from "../../values.ts";
import { isPlaceholder } from "../marc21/placeholders.ts";
import { remarkFlags } from "./agents.ts";
import { type DcValue, distinct } from "./dublin-core.ts";

type Identifier = NonNullable<Agent["identifiers"]>[number];

/** A name as formats with structure have it: MODS, DataCite, OpenAIRE. */
export interface StructuredName {
  /** The whole name and where it stands. */
  readonly name: DcValue;
  /** Both, where the record has them apart. */
  readonly parts: { readonly family: DcValue; readonly given: DcValue } | null;
  /** What the record says it is. */
  readonly nameType: Agent["nameType"] | null;
  readonly identifiers: readonly { readonly scheme: string; readonly value: DcValue }[];
  readonly affiliations: readonly { readonly value: DcValue; readonly ror: string | null }[];
  /** MARC relator codes; none where the record says nothing. */
  readonly relators: readonly string[];
  readonly creator: boolean;
}

/** Whoever made the work, in the order of the record. */
export function creatorsOf(
  names: readonly StructuredName[],
  note: Note,
): readonly Mapped<CommonRecord["creators"][number]>[] {
  const all = names
    .filter(({ creator }) => creator)
    .flatMap((name) => agentsOf(name, note).map(({ agent, from }) => mapped(agent, ...from)));
  return distinct(all, ({ value }) => value.name);
}

/** Everybody else: with the first relator, else the role that the name itself says, else `ctb`. */
export function contributorsOf(
  names: readonly StructuredName[],
  note: Note,
): readonly Mapped<CommonRecord["contributors"][number]>[] {
  const all = names
    .filter(({ creator }) => !creator)
    .flatMap((name) =>
      agentsOf(name, note).map(({ agent, role, from }) =>
        mapped({ ...agent, role: name.relators[0] ?? relatorOf(role) }, ...from),
      ),
    );
  return distinct(all, ({ value }) => `${value.role} ${value.name}`);
}

interface ReadAgent {
  readonly agent: Agent;
  readonly role: string | null;
  readonly from: readonly DcValue["node"][];
}

/** Titles are stripped as from any name; identifiers and affiliations belong to a single person or body. */
function agentsOf(structured: StructuredName, note: Note): readonly ReadAgent[] {
  const { name, parts } = structured;
  if (isPlaceholder(name.text)) {
    note("placeholder", { severity: "info", node: name.node, value: name.text });
    return [];
  }
  const reading: AgentReading = readAgent(name.text);
  remarkFlags(reading.flags, name, note);
  const [only] = reading.agents;
  if (only === undefined || reading.agents.length > 1) {
    return reading.agents.map((agent) => ({ agent, role: reading.role, from: [name.node] }));
  }
  const identifiers = [...(only.identifiers ?? []), ...identifiersOf(structured, note)];
  const affiliations = [...(only.affiliations ?? []), ...affiliationsOf(structured)];
  const { identifiers: _, affiliations: __, ...plain } = only;
  const agent: Agent = {
    ...plain,
    ...typed(structured, plain),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(affiliations.length === 0 ? {} : { affiliations }),
  };
  const beside = [
    ...(parts === null ? [] : [parts.family, parts.given]),
    ...structured.identifiers.map(({ value }) => value),
    ...structured.affiliations.map(({ value }) => value),
  ];
  return [{ agent, role: reading.role, from: [...new Set([name, ...beside].map(({ node }) => node))] }];
}

/** A body has no given name, whatever stands in its elements; a person's parts count as the record has them. */
function typed({ parts, nameType }: StructuredName, read: Agent): Partial<Agent> {
  const type = nameType ?? (parts === null ? read.nameType : "personal");
  if (type === "organizational" || parts === null) return { nameType: type };
  return { nameType: type, family: parts.family.text, given: parts.given.text };
}

function affiliationsOf({ affiliations }: StructuredName): NonNullable<Agent["affiliations"]> {
  return affiliations.map(({ value, ror }) => (ror === null ? { name: value.text } : { name: value.text, ror }));
}

function identifiersOf({ identifiers }: StructuredName, note: Note): readonly Identifier[] {
  return identifiers.flatMap(({ scheme, value }) => {
    const identifier = readAgentIdentifier(scheme, value.text);
    if (identifier === null) note("invalid-orcid", { node: value.node, value: value.text });
    return identifier ?? [];
  });
}

/** The identifier of a person or body by its scheme. ORCID iDs are checked, `null` = wrong; of the others the address is taken off. */
export function readAgentIdentifier(scheme: string, text: string): Identifier | null {
  if (/orcid/i.test(`${scheme} ${text}`)) {
    const found = findOrcid(/^[\dX]{16}$/i.test(text) ? text.replace(/(.{4})(?=.)/g, "$1-") : text);
    return found?.valid === true ? { scheme: "ORCID", value: found.value } : null;
  }
  if (/isni/i.test(scheme)) return { scheme: "ISNI", value: text.replace(/^.*\//, "").replace(/[- ]/g, "") };
  if (/viaf/i.test(scheme)) return { scheme: "VIAF", value: text.replace(/\/$/, "").replace(/^.*\//, "") };
  return { scheme: "other", value: text };
}
