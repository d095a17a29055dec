import type { RepositoryConnection } from "../client/connection.ts";
import type { Repository } from "../store/repositories.ts";
import { openSecrets } from "../store/secrets.ts";
import type { Services } from "./services.ts";

/**
 * How a repository is talked to, beyond its address. Its sign-in is decrypted here, for one conversation. Throws
 * `SecretsFailure` where it was stored under another key.
 */
export function connectionOf(
  { secretsKey }: Pick<Services, "secretsKey">,
  repository: Repository,
): RepositoryConnection {
  return {
    ...openSecrets(secretsKey, repository),
    caBundle: repository.ca_bundle,
    allowPrivate: repository.allow_private,
  };
}
