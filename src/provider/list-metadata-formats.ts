import { escapeText } from "../xml/escape.ts";
import type { OaiRequest } from "./arguments.ts";
import { findItem } from "./find-item.ts";
import { itemIn, schemaAddress } from "./formats.ts";
import type { Answered, ProviderOptions } from "./options.ts";

/**
 * ListMetadataFormats (OAI-PMH 2.0 §4.4). Every format is made from the common record, so an item has all of those that it
 * has the fields for; a deleted one too, because GetRecord gives its tombstone in each of them, and `noMetadataFormats` would
 * say that it does not. Throws `OaiError` `idDoesNotExist`.
 */
export async function listMetadataFormats(
  options: ProviderOptions,
  { given }: OaiRequest,
  horizon: Date,
): Promise<Answered> {
  const identifier = given.get("identifier");
  const item = identifier === undefined ? null : await findItem(options, identifier);
  const available = options.formats.filter((format) => item === null || itemIn(item, format) !== null);
  const formats = available.map((format) =>
    [
      `<metadataFormat><metadataPrefix>${format.metadataPrefix}</metadataPrefix>`,
      `<schema>${escapeText(schemaAddress(options, format))}</schema>`,
      `<metadataNamespace>${escapeText(format.namespace)}</metadataNamespace></metadataFormat>`,
    ].join(""),
  );
  return { body: [`<ListMetadataFormats>\n${formats.join("\n")}\n</ListMetadataFormats>`], responseDate: horizon };
}
