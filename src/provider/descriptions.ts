import { isPrivateAddress } from "../crosswalk/private-address.ts";
import { aggregatorIdentifier } from "../oai/identifier.ts";
import { OAI_IDENTIFIER, XSI } from "../oai/namespaces.ts";
import { escapeText } from "../xml/escape.ts";
import { publicAddress } from "./any-uri.ts";

const FRIENDS = "http://www.openarchives.org/OAI/2.0/friends/";
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

/** The software that answers (Virginia Tech's toolkit schema). */
export function toolkit(version: string): string {
  const elements = ["<title>lienthong</title>", `<version>${escapeText(version)}</version>`];
  return description("toolkit", TOOLKIT, `${TOOLKIT}.xsd`, elements);
}

/** An address inside somebody's house tells strangers nothing, and something about the house. */
function isPublic(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && !isPrivateAddress(baseUrl);
}

function description(name: string, namespace: string, schema: string, elements: readonly string[]): string {
  return `<description><${name} xmlns="${namespace}" xmlns:xsi="${XSI}" xsi:schemaLocation="${namespace} ${schema}">${elements.join("")}</${name}></description>`;
}
