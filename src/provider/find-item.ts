import { OaiError } from "../oai/errors.ts";
import { type FoundItem, findFeedItem, WHENEVER_STAMPED } from "../store/oai-list.ts";
import { isIdentifier } from "./arguments.ts";
import type { ProviderOptions } from "./options.ts";

/** The item of that identifier. Throws `OaiError` `idDoesNotExist` where it is unknown or illegal here (OAI-PMH 2.0 §3.6). */
export async function findItem({ db }: ProviderOptions, identifier: string): Promise<FoundItem> {
  const item = isIdentifier(identifier) ? await findFeedItem(db, identifier, WHENEVER_STAMPED) : null;
  if (item === null) throw new OaiError("idDoesNotExist", "there is no item of this identifier");
  return item;
}
