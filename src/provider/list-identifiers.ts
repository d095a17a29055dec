import { formatDatestamp } from "../oai/datestamp.ts";
import type { OaiRequest } from "./arguments.ts";
import { headerElement } from "./header.ts";
import { readListPage } from "./list-page.ts";
import type { Answered, ProviderOptions } from "./options.ts";
import { resumptionElement } from "./resumption.ts";

/** ListIdentifiers (OAI-PMH 2.0 §4.3). Throws `OaiError` as `readListPage` does. */
export async function listIdentifiers(options: ProviderOptions, request: OaiRequest, horizon: Date): Promise<Answered> {
  const page = await readListPage(options, request, "ListIdentifiers", horizon);
  const headers = page.items.map((item) => headerElement(item, formatDatestamp(item.stamp, "second"))).join("\n");
  return {
    body: [`<ListIdentifiers>\n${headers}${resumptionElement(options, page.end)}\n</ListIdentifiers>`],
    responseDate: page.responseDate,
    delivered: { metadataPrefix: page.metadataPrefix, setSpec: page.setSpec, records: 0, lastPage: false },
  };
}
