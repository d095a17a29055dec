import { urlOf } from "../../src/crosswalk/identifiers.ts";
import type { PublishedRecord } from "../../src/crosswalk/outgoing.ts";
import { isPrivateAddress } from "../../src/crosswalk/private-address.ts";
import type { CommonRecord } from "../../src/record/common-record.ts";
import { positionInHost } from "./record-text.ts";

type Identifier = CommonRecord["alternateIdentifiers"][number];

/**
 * The identifiers of a record, its front door among them. The source's own identifier stands in where nothing better is
 * known: every record has one.
 */
export function identifierTexts({ record, source }: PublishedRecord): readonly string[] {
  const { identifier, landingPage, alternateIdentifiers } = record;
  const written = [
    ...(identifier === null ? [] : [identifierText(identifier)]),
    ...(landingPage === null ? [] : [landingPage]),
    ...alternateIdentifiers.map(identifierText),
  ].filter((text) => !isPrivateAddress(text));
  return written.length === 0 ? [source.identifier] : written;
}

/** As a URL or a URN where there is one; an identifier with a wrong check digit is not dressed up as a right one. */
function identifierText(identifier: Identifier): string {
  const { scheme, value, invalid } = identifier;
  if (invalid !== true && (scheme === "ISBN" || scheme === "ISSN")) return `urn:${scheme}:${value}`;
  return urlOf(identifier) ?? value;
}

/** The work that a relation names; a scheme that we do not know has no form of its own. */
export function targetText({ target }: CommonRecord["relations"][number]): string {
  return identifierText({ value: target.value, scheme: (target.scheme ?? "other") as Identifier["scheme"] });
}

/** In what the work stands and where: "Tạp chí Khoa học, Tập 12, số 3 (2020), tr. 45-60"; the empty string where nothing is known. */
export function citationText(record: CommonRecord): string {
  return [record.host?.title ?? "", positionInHost(record)].filter((part) => part !== "").join(", ");
}

/** The institution that grants the degree, or `null` where there is none or it is the publisher already. */
export function grantorText({ thesis, publishers }: CommonRecord): string | null {
  const grantor = thesis?.grantor?.name;
  return grantor === undefined || publishers.some(({ name }) => name === grantor) ? null : grantor;
}

/** "Title ; number". */
export function seriesText({ title, number }: CommonRecord["series"][number]): string {
  return number === undefined ? title : `${title} ; ${number}`;
}

/** OpenAIRE Guidelines v3, "Project Identifier": funder, programme, number; a slash inside of a part is escaped. */
export function grantAgreement({ funderName, awardNumber }: CommonRecord["funding"][number]): readonly string[] {
  if (awardNumber === undefined) return [];
  const [funder, award] = [funderName ?? "", awardNumber].map((part) => part.replaceAll("/", "%2F"));
  return [`info:eu-repo/grantAgreement/${funder}//${award}`];
}
