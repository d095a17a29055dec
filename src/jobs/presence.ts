import type { RepositoryClient } from "../client/repository-client.ts";
import { OaiError } from "../oai/errors.ts";
import type { Header } from "../oai/types.ts";

/**
 * Whether a repository still has a record, asked for by name. One that answers with another identifier, or says that it is
 * deleted, or with `setSpec` that it has left the set that is harvested, has none of this name any more. Throws what the
 * client throws but for what the repository says of the record.
 */
export async function isThere(
  client: RepositoryClient,
  metadataPrefix: string,
  identifier: string,
  setSpec: string | null = null,
): Promise<boolean> {
  try {
    const item = await client.getRecord(identifier, metadataPrefix);
    return "header" in item && isSame(item.header, identifier) && isIn(item.header, setSpec);
  } catch (error) {
    if (error instanceof OaiError) return false;
    throw error;
  }
}

function isSame(header: Header, identifier: string): boolean {
  return header.identifier === identifier && !header.deleted;
}

/** A set holds what the sets below it hold (OAI-PMH 2.0 §2.6); a repository that does not say where it is proves nothing. */
function isIn({ setSpecs }: Header, setSpec: string | null): boolean {
  if (setSpec === null || setSpecs.length === 0) return true;
  return setSpecs.some((other) => other === setSpec || other.startsWith(`${setSpec}:`));
}
