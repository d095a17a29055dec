import { formatDatestamp, GRANULARITY_TEXT } from "../oai/datestamp.ts";
import { earliestStamp } from "../store/oai-list.ts";
import { listRepositories } from "../store/repositories.ts";
import { escapeText } from "../xml/escape.ts";
import type { OaiRequest } from "./arguments.ts";
import { branding, friends, oaiIdentifier, rightsManifest, toolkit } from "./descriptions.ts";
import type { Answered, ProviderOptions } from "./options.ts";

/** The encodings that the web server offers beside identity, which the protocol implies (OAI-PMH 2.0 §3.1.3). */
const COMPRESSIONS = ["gzip", "br"];

/** Identify (OAI-PMH 2.0 §4.2). */
export async function identify(options: ProviderOptions, _request: OaiRequest, horizon: Date): Promise<Answered> {
  const earliest = await earliestStamp(options.db);
  const live = (await listRepositories(options.db)).filter(({ state }) => state === "live");
  // a writer that is still at work may stamp before all that can be seen, but never at or before the horizon
  const limit = earliest !== null && earliest < horizon ? earliest : horizon;
  const elements = [
    `<repositoryName>${escapeText(options.repositoryName)}</repositoryName>`,
    `<baseURL>${escapeText(options.baseUrl)}</baseURL>`,
    "<protocolVersion>2.0</protocolVersion>",
    ...options.adminEmails.map((email) => `<adminEmail>${escapeText(email)}</adminEmail>`),
    `<earliestDatestamp>${formatDatestamp(limit, "second")}</earliestDatestamp>`,
    "<deletedRecord>persistent</deletedRecord>",
    `<granularity>${GRANULARITY_TEXT.second}</granularity>`,
    ...COMPRESSIONS.map((encoding) => `<compression>${encoding}</compression>`),
    oaiIdentifier(options.domain),
    branding(options.baseUrl, options.repositoryName),
    rightsManifest(options.metadataRights ?? null),
    friends(live.map(({ base_url }) => base_url)),
    toolkit(options.productVersion),
  ];
  const body = `<Identify>\n${elements.filter((element) => element !== "").join("\n")}\n</Identify>`;
  return { body: [body], responseDate: horizon };
}
