import type { OutgoingCrosswalk } from "../crosswalk/outgoing.ts";
import { OaiError } from "../oai/errors.ts";
import type { FoundItem } from "../store/oai-list.ts";
import { addressBeside } from "./any-uri.ts";
import type { ProviderOptions } from "./options.ts";

/** The format of that prefix. Throws `OaiError` `cannotDisseminateFormat` where we have none. */
export function formatNamed({ formats }: ProviderOptions, metadataPrefix: string): OutgoingCrosswalk {
  const format = formats.find((candidate) => candidate.metadataPrefix === metadataPrefix);
  if (format === undefined)
    throw new OaiError(
      "cannotDisseminateFormat",
      `there is no format ${metadataPrefix}; ListMetadataFormats tells which`,
    );
  return format;
}

/**
 * The item as it is in a format (OAI-PMH 2.0 §2.5, §4.4): it is given there where it has the fields that the format requires, and is
 * deleted there where it has lost one of them. One of which nothing is known but that it is deleted has a tombstone in each
 * format. `null`: the format never had it.
 */
export function itemIn(item: FoundItem, { requires = [] }: OutgoingCrosswalk): FoundItem | null {
  const { published, lostFields } = item;
  const missing = published === null ? [] : requires.filter((field) => published[field] === undefined);
  if (missing.length === 0) return item;
  return missing.every((field) => lostFields.includes(field)) ? { ...item, deleted: true } : null;
}

/** Where a format's schema is: one that begins with a slash lies beside the feed. */
export function schemaAddress({ baseUrl }: ProviderOptions, { schema }: OutgoingCrosswalk): string {
  return schema.startsWith("/") ? addressBeside(baseUrl, schema) : schema;
}
