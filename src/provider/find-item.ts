import { OaiError } from "../oai/errors.ts";
import { type FoundItem, findFeedItem } from "../store/oai-list.ts";
import { isIdentifier } from "./arguments.ts";
import type { ProviderOptions } from "./options.ts";

/**
 * Lists wait for the horizon so that nobody's cursor overtakes a record. Who asks for one record has no cursor: an item
 * that changed a moment ago, and is stamped ahead of the clock, must not seem to be gone.
 */
const WHENEVER_STAMPED = new Date("9999-12-31T23:59:59Z");

/** The item of that identifier. Throws `OaiError` `idDoesNotExist` where it is unknown or illegal here (OAI-PMH 2.0 §3.6). */
export async function findItem({ db }: ProviderOptions, identifier: string): Promise<FoundItem> {
  const item = isIdentifier(identifier) ? await findFeedItem(db, identifier, WHENEVER_STAMPED) : null;
  if (item === null) throw new OaiError("idDoesNotExist", "there is no item of this identifier");
  return item;
}
