import { isPrivateAddress } from "../crosswalk/private-address.ts";
import { aggregatorIdentifier } from "../oai/identifier.ts";
import { OAI_IDENTIFIER, RIGHTS, XSI } from "../oai/namespaces.ts";
import { escapeText } from "../xml/escape.ts";
import { addressBeside, publicAddress } from "./any-uri.ts";
import { rightsReference } from "./rights.ts";

const BRANDING = "http://www.openarchives.org/OAI/2.0/branding/";
const FRIENDS = "http://www.openarchives.org/OAI/2.0/friends/";
/** The entity of the protocol that is meant: neither the records nor the documents that they describe. */
const METADATA = "http://www.openarchives.org/OAI/2.0/entity#metadata";
const TOOLKIT = "http://oai.dlib.vt.edu/OAI/metadata/toolkit";

/** How our identifiers are made (OAI-PMH guidelines, oai-identifier), with one of the usual form. */
export function oaiIdentifier(domain: string): string {
  const sample = aggregatorIdentifier(domain, "example", "oai:repository.example.edu.vn:123456789/42");
  const elements = [
    "<scheme>oai</scheme>",
    `<repositoryIdentifier>${escapeText(domain)}</repositoryIdentifier>`,
    "<delimiter>:</delimiter>",
    `<sampleIdentifier>${escapeText(sample)}</sampleIdentifier>`,
  ];
  return description("oai-identifier", OAI_IDENTIFIER, `${OAI_IDENTIFIER}.xsd`, elements);
}

/** The repositories whose records we pass on (OAI-PMH guidelines, friends); empty where none is open to the public. */
export function friends(baseUrls: readonly string[]): string {
  const elements = baseUrls.filter(isPublic).map((url) => `<baseURL>${escapeText(publicAddress(url))}</baseURL>`);
  if (elements.length === 0) return "";
  return description("friends", FRIENDS, "http://www.openarchives.org/OAI/2.0/friends.xsd", elements);
}

/** How others may show where records come from (OAI-PMH guidelines, branding): our sign, which leads to our pages. */
export function branding(baseUrl: string, title: string): string {
  const icon = [
    `<url>${escapeText(addressBeside(baseUrl, "/favicon.svg"))}</url>`,
    `<link>${escapeText(addressBeside(baseUrl, "/"))}</link>`,
    `<title>${escapeText(title)}</title>`,
    "<width>32</width><height>32</height>",
  ];
  return description("branding", BRANDING, "http://www.openarchives.org/OAI/2.0/branding.xsd", [
    `<collectionIcon>${icon.join("")}</collectionIcon>`,
  ]);
}

/**
 * All rights that our records speak of (OAI-PMH guidelines, rights, §4.1): one, or none where the operator says nothing.
 * What holds for a record stands in the record.
 */
export function rightsManifest(metadataRights: string | null): string {
  if (metadataRights === null) return "";
  const rights = `<rights>${rightsReference(metadataRights)}</rights>`;
  const schema = "http://www.openarchives.org/OAI/2.0/rightsManifest.xsd";
  return description("rightsManifest", RIGHTS, schema, [rights], ` appliesTo="${METADATA}"`);
}

/** The software that answers (Virginia Tech's toolkit schema). */
export function toolkit(version: string): string {
  const elements = ["<title>lienthong</title>", `<version>${escapeText(version)}</version>`];
  return description("toolkit", TOOLKIT, `${TOOLKIT}.xsd`, elements);
}

/** An address inside somebody's house tells strangers nothing, and something about the house. */
export function isPublic(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && !isPrivateAddress(baseUrl);
}

function description(
  name: string,
  namespace: string,
  schema: string,
  elements: readonly string[],
  attributes = "",
): string {
  return `<description><${name} xmlns="${namespace}" xmlns:xsi="${XSI}" xsi:schemaLocation="${namespace} ${schema}"${attributes}>${elements.join("")}</${name}></description>`;
}
