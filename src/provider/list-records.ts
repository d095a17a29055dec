import type { OaiRequest } from "./arguments.ts";
import { formatNamed } from "./formats.ts";
import { readListPage } from "./list-page.ts";
import type { Answered, ProviderOptions } from "./options.ts";
import { recordElement } from "./record.ts";
import { resumptionElement } from "./resumption.ts";
import { rightsElement } from "./rights.ts";

/** ListRecords (OAI-PMH 2.0 §4.5). Throws `OaiError` as `readListPage` does. */
export async function listRecords(options: ProviderOptions, request: OaiRequest, horizon: Date): Promise<Answered> {
  const page = await readListPage(options, request, "ListRecords", horizon);
  const { metadataPrefix, setSpec, items, end } = page;
  const format = formatNamed(options, metadataPrefix);
  const rights = rightsElement(options);
  const records = items.map((item) => `\n${recordElement(item, format, rights)}`);
  return {
    body: ["<ListRecords>", ...records, `${resumptionElement(options, end)}\n</ListRecords>`],
    responseDate: page.responseDate,
    delivered: { metadataPrefix, setSpec, records: items.length, lastPage: end.next === null },
  };
}
