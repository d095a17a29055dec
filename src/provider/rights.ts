import { RIGHTS, XSI } from "../oai/namespaces.ts";
import { escapeAttribute } from "../xml/escape.ts";
import type { ProviderOptions } from "./options.ts";

/**
 * What may be done with a record's metadata, in the record itself (OAI-PMH guidelines, rights, §3), where harvesters
 * look for it; empty where the operator says nothing. The same in every record.
 */
export function rightsElement({ metadataRights = null }: Pick<ProviderOptions, "metadataRights">): string {
  if (metadataRights === null) return "";
  return `<about><rights xmlns="${RIGHTS}" xmlns:xsi="${XSI}" xsi:schemaLocation="${RIGHTS} http://www.openarchives.org/OAI/2.0/rights.xsd">${rightsReference(metadataRights)}</rights></about>`;
}

/** A reference to a licence, as records and the manifest hold it. */
export function rightsReference(metadataRights: string): string {
  return `<rightsReference ref="${escapeAttribute(metadataRights)}"/>`;
}
