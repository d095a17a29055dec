import { OaiError } from "../oai/errors.ts";
import { type OaiRequest, required } from "./arguments.ts";
import { findItem } from "./find-item.ts";
import { formatNamed, itemIn } from "./formats.ts";
import type { Answered, ProviderOptions } from "./options.ts";
import { recordElement } from "./record.ts";
import { rightsElement } from "./rights.ts";

/**
 * GetRecord (OAI-PMH 2.0 §4.1); a deleted record is a header with that status. Throws `OaiError` `badArgument`,
 * `idDoesNotExist`, `cannotDisseminateFormat`.
 */
export async function getRecord(options: ProviderOptions, request: OaiRequest, horizon: Date): Promise<Answered> {
  const identifier = required(request, "identifier");
  const format = formatNamed(options, required(request, "metadataPrefix"));
  const item = itemIn(await findItem(options, identifier), format);
  if (item === null)
    throw new OaiError("cannotDisseminateFormat", `this item has not what ${format.metadataPrefix} needs`);
  const record = recordElement(item, format, rightsElement(options));
  return {
    body: [`<GetRecord>\n${record}\n</GetRecord>`],
    responseDate: horizon,
    delivered: { metadataPrefix: format.metadataPrefix, setSpec: null, records: 1, lastPage: false },
  };
}
