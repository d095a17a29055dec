import { type Memory, remembered } from "../crosswalk/remembered.ts";
import { PROVENANCE, XSI } from "../oai/namespaces.ts";
import type { Origin } from "../oai/types.ts";
import type { FeedItem } from "../store/oai-list.ts";
import { escapeText } from "../xml/escape.ts";
import { anyUri, publicAddress } from "./any-uri.ts";
import { normalDatestamp } from "./datestamps.ts";

// declared on the element itself: whoever cuts records out of our answers keeps it well-formed
const OPENING = `<about><provenance xmlns="${PROVENANCE}" xmlns:xsi="${XSI}" xsi:schemaLocation="${PROVENANCE} http://www.openarchives.org/OAI/2.0/provenance.xsd"><originDescription harvestDate="`;

/** A feed knows few repositories and namespaces, and each stands in thousands of records. */
const FEW: Memory = { entries: 5_000, longest: 500 };
const writtenAddress = remembered((baseUrl) => escapeText(publicAddress(baseUrl)), FEW);
const writtenNamespace = remembered((namespace) => escapeText(anyUri(namespace)), FEW);

/**
 * Where a record comes from (OAI-PMH guidelines, provenance): `altered`, because we mapped it. `harvestDate` is the
 * record's own datestamp: that is when what the repository sent last changed what we publish. Empty where the
 * repository's datestamp cannot be read: the schema demands one, and none is invented. What that repository tells of where it had
 * the record from stands within.
 */
export function provenanceElement(item: FeedItem, harvestDate: string): string {
  const datestamp = normalDatestamp(item.sourceDatestamp);
  if (datestamp === null) return "";
  const baseUrl = writtenAddress(item.baseUrl);
  const namespace = writtenNamespace(item.metadataNamespace);
  return `${OPENING}${harvestDate}" altered="true"><baseURL>${baseUrl}</baseURL><identifier>${escapeText(anyUri(item.sourceIdentifier))}</identifier><datestamp>${datestamp}</datestamp><metadataNamespace>${namespace}</metadataNamespace>${originElement(item.origins ?? [])}</originDescription></provenance></about>`;
}

/** A station and those before it; the chain ends where a date cannot be read. */
function originElement([origin, ...before]: readonly Origin[]): string {
  if (origin === undefined) return "";
  const [datestamp, harvestDate] = [normalDatestamp(origin.datestamp), normalDatestamp(origin.harvestDate)];
  if (datestamp === null || harvestDate === null) return "";
  const elements = [
    `<baseURL>${escapeText(publicAddress(origin.baseUrl))}</baseURL>`,
    `<identifier>${escapeText(anyUri(origin.identifier))}</identifier>`,
    `<datestamp>${datestamp}</datestamp>`,
    `<metadataNamespace>${escapeText(anyUri(origin.metadataNamespace))}</metadataNamespace>`,
    originElement(before),
  ];
  return `<originDescription harvestDate="${harvestDate}" altered="${origin.altered}">${elements.join("")}</originDescription>`;
}
