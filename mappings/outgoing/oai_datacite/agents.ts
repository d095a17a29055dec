import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, parentElement, textElement } from "../element.ts";
import { headingOf, isDivided } from "../record-text.ts";

type Creator = CommonRecord["creators"][number];
type Contributor = CommonRecord["contributors"][number];

const NAME_TYPES = { personal: "Personal", organizational: "Organizational", unknown: undefined } as const;
const SCHEMES: Readonly<Record<string, string>> = {
  ORCID: "https://orcid.org",
  ISNI: "https://isni.org",
  VIAF: "https://viaf.org",
};
/** DataCite contributorType by MARC relator; every other role is `Other`. */
const CONTRIBUTOR_TYPES: Readonly<Record<string, string>> = {
  col: "DataCollector",
  cph: "RightsHolder",
  cur: "DataCurator",
  dgs: "Supervisor",
  dst: "Distributor",
  dtm: "DataManager",
  edc: "Editor",
  edt: "Editor",
  fnd: "Sponsor",
  his: "HostingInstitution",
  hst: "HostingInstitution",
  pdr: "ProjectLeader",
  pro: "Producer",
  res: "Researcher",
  rth: "ProjectLeader",
  rtm: "ProjectMember",
  spn: "Sponsor",
  ths: "Supervisor",
};

/** `datacite:creators`, or the empty string where nobody is known. */
export function creators(record: CommonRecord): string {
  return parentElement(
    "datacite:creators",
    each(record.creators, (creator) => parentElement("datacite:creator", agent("creator", creator))),
  );
}

/**
 * `datacite:contributors`, the institution that grants the degree among them. `others` are types that the format knows beside
 * those of kernel 4.1.
 */
export function contributors(record: CommonRecord, others: Readonly<Record<string, string>> = {}): string {
  const grantor = record.thesis?.grantor;
  const granting: Contributor[] =
    grantor === undefined ? [] : [{ name: grantor.name, nameType: "organizational", role: "dgg" }];
  return parentElement(
    "datacite:contributors",
    each([...record.contributors, ...granting], (contributor) =>
      parentElement("datacite:contributor", agent("contributor", contributor), {
        contributorType: CONTRIBUTOR_TYPES[contributor.role] ?? others[contributor.role] ?? "Other",
      }),
    ),
  );
}

function agent(kind: "creator" | "contributor", named: Creator | Contributor): string {
  const divided = isDivided(named);
  return (
    textElement(`datacite:${kind}Name`, headingOf(named), { nameType: NAME_TYPES[named.nameType] }) +
    textElement("datacite:givenName", divided ? named.given : null) +
    textElement("datacite:familyName", divided ? named.family : null) +
    each(named.identifiers ?? [], ({ scheme, value }) =>
      textElement("datacite:nameIdentifier", value, { nameIdentifierScheme: scheme, schemeURI: SCHEMES[scheme] }),
    ) +
    each(named.affiliations ?? [], ({ name, ror }) =>
      textElement("datacite:affiliation", name, {
        affiliationIdentifier: ror,
        affiliationIdentifierScheme: ror === undefined ? null : "ROR",
      }),
    )
  );
}
