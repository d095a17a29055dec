import { urlOf } from "../../../src/crosswalk/identifiers.ts";
import type { PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, parentElement, textElement } from "../element.ts";
import { sourceIdentifier } from "../record-text.ts";
import { webAddress } from "../web-address.ts";

type Identifier = CommonRecord["alternateIdentifiers"][number];

/** LoC's "Standard Identifier Source Codes", and the words that MODS uses where there is none. */
const TYPES: Readonly<Record<Identifier["scheme"], string | undefined>> = {
  DOI: "doi",
  Handle: "hdl",
  ARK: "ark",
  URN: "urn",
  PURL: "uri",
  URL: "uri",
  ISBN: "isbn",
  ISSN: "issn",
  ISMN: "ismn",
  report: "report number",
  local: "local",
  OAI: "oai",
  other: undefined,
};

/** The identifier of the record, the others, and the one under which its repository serves it. */
export function identifiers({ record, source }: PublishedRecord): string {
  const { identifier, alternateIdentifiers } = record;
  const all: readonly Identifier[] = [
    ...(identifier === null ? [] : [identifier]),
    ...alternateIdentifiers,
    sourceIdentifier(source.identifier),
  ];
  const written = all.map(({ value, scheme, invalid }) =>
    isPrivateAddress(value)
      ? ""
      : textElement("identifier", value, { type: TYPES[scheme], invalid: invalid === true ? "yes" : undefined }),
  );
  return [...new Set(written)].join("");
}

/** Where the work is: its front door, its files, and the shelves of libraries. */
export function locations({ landingPage, identifier, files, holdings }: CommonRecord): string {
  const door = webAddress(landingPage ?? (identifier === null ? null : urlOf(identifier)));
  const urls =
    textElement("url", door, { usage: "primary display", access: "object in context" }) +
    each(files, ({ url, label }) => textElement("url", webAddress(url), { displayLabel: label, access: "raw object" }));
  return parentElement("location", urls) + each(holdings, holding);
}

function holding({ institution, location, callNumber }: CommonRecord["holdings"][number]): string {
  const copy = textElement("subLocation", location) + textElement("shelfLocator", callNumber);
  const copies = parentElement("holdingSimple", parentElement("copyInformation", copy));
  return parentElement("location", textElement("physicalLocation", institution) + copies);
}

/** Who may see it, and what may be done with it. */
export function conditions({ accessRights, license, rightsNotes }: CommonRecord): string {
  const use = { type: "use and reproduction" };
  return (
    textElement("accessCondition", accessRights?.label, {
      type: "restriction on access",
      "xlink:href": webAddress(accessRights?.uri),
    }) +
    textElement("accessCondition", license?.label ?? license?.uri, { ...use, "xlink:href": webAddress(license?.uri) }) +
    each(rightsNotes, (text) => textElement("accessCondition", text, use))
  );
}
