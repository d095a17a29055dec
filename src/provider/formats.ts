import type { OutgoingCrosswalk } from "../crosswalk/outgoing.ts";
import { OaiError } from "../oai/errors.ts";
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

/** Where a format's schema is: one that begins with a slash lies beside the feed. */
export function schemaAddress({ baseUrl }: ProviderOptions, { schema }: OutgoingCrosswalk): string {
  return schema.startsWith("/") ? `${baseUrl.replace(/\/[^/]*$/, "")}${schema}` : schema;
}
