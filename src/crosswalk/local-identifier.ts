/** An OAI identifier taken apart for finding an item again after a repository has moved. */
export interface LocalIdentifier {
  /** What the repository itself calls the item: `123456789/456`, `DHTL/623`. */
  readonly local: string;
  /** The identifier names another host than the repository's, `localhost` mostly: it is unique within the repository only. */
  readonly foreignHost: boolean;
}

/**
 * Takes `oai:<host>:<local>` apart (oai-identifier guidelines §2.1); an identifier of any other form is local as a whole.
 * `repositoryHost` is the host of the base URL.
 */
export function readLocalIdentifier(repositoryHost: string, identifier: string): LocalIdentifier {
  const match = /^oai:([^:]+):(.+)$/.exec(identifier);
  if (match === null) return { local: identifier, foreignHost: false };
  const [, host = "", local = ""] = match;
  return { local, foreignHost: host.toLowerCase() !== repositoryHost.toLowerCase() };
}
