import type { OutgoingCrosswalk } from "../crosswalk/outgoing.ts";
import { OaiError } from "../oai/errors.ts";
import type { FeedItem } from "../store/oai-list.ts";
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
 * Whether an item can be given in a format (OAI-PMH 2.0 §2.5, §4.4): it has the fields that the format requires. A deleted one
 * of which nothing is known has a tombstone in each of them.
 */
export function isAvailable({ published }: FeedItem, { requires = [] }: OutgoingCrosswalk): boolean {
  return published === null || requires.every((field) => published[field] !== undefined);
}

/** Where a format's schema is: one that begins with a slash lies beside the feed. */
export function schemaAddress({ baseUrl }: ProviderOptions, { schema }: OutgoingCrosswalk): string {
  return schema.startsWith("/") ? addressBeside(baseUrl, schema) : schema;
}
