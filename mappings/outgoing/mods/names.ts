import type { CommonRecord } from "../../../src/record/common-record.ts";
import { relatorTerm } from "../../relators.ts";
import { each, parentElement, textElement } from "../element.ts";
import { isDivided } from "../record-text.ts";

type Creator = CommonRecord["creators"][number];
type Contributor = CommonRecord["contributors"][number];

const NAME_TYPES = { personal: "personal", organizational: "corporate", unknown: undefined } as const;
const RELATORS = "http://id.loc.gov/vocabulary/relators";

/** Everybody with a role, the first creator as the primary name, and the institution that grants the degree. */
export function names({ creators, contributors, thesis }: CommonRecord): string {
  const grantor = thesis?.grantor;
  const [first, ...others] = creators;
  return (
    (first === undefined ? "" : name(first, "primary")) +
    each([...others, ...contributors], (agent) => name(agent)) +
    (grantor === undefined ? "" : name({ name: grantor.name, nameType: "organizational", role: "dgg" }))
  );
}

function name(agent: Creator | Contributor, usage?: "primary"): string {
  const content =
    nameParts(agent) +
    role(agent.role ?? "aut") +
    each(agent.affiliations ?? [], (affiliation) => textElement("affiliation", affiliation.name)) +
    each(agent.identifiers ?? [], ({ scheme, value }) =>
      textElement("nameIdentifier", value, { type: scheme === "other" ? undefined : scheme.toLowerCase() }),
    );
  return parentElement("name", content, { type: NAME_TYPES[agent.nameType], usage });
}

/** Family and given name apart where the source divided them; an undivided name is one part. */
function nameParts(agent: Creator | Contributor): string {
  if (!isDivided(agent)) return textElement("namePart", agent.name);
  return (
    textElement("namePart", agent.family, { type: "family" }) + textElement("namePart", agent.given, { type: "given" })
  );
}

function role(code: string): string {
  const term = relatorTerm(code);
  if (term === null) return parentElement("role", textElement("roleTerm", code, { type: "text" }));
  const authority = { authority: "marcrelator", authorityURI: RELATORS, valueURI: `${RELATORS}/${code}` };
  return parentElement(
    "role",
    textElement("roleTerm", code, { type: "code", ...authority }) +
      textElement("roleTerm", term, { type: "text", ...authority }),
  );
}
