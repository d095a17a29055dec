import type { RepositoryConnection } from "../client/connection.ts";
import type { Repository } from "../store/repositories.ts";

/** How a repository is talked to, beyond its address. */
export function connectionOf(repository: Pick<Repository, "ca_bundle" | "allow_private">): RepositoryConnection {
  return {
    headers: {},
    basicAuth: null,
    caBundle: repository.ca_bundle,
    allowPrivate: repository.allow_private,
  };
}
