import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Db } from "./database.ts";
import type { Repository } from "./repositories.ts";

/** What a repository asks of those who harvest it. */
export interface RepositorySecrets {
  readonly basicAuth: { readonly user: string; readonly password: string } | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The sign-in of a repository cannot be read with the key of this process. */
export class SecretsFailure extends Error {
  override readonly name = "SecretsFailure";
}

const NO_SECRETS: RepositorySecrets = { basicAuth: null, headers: {} };
const CIPHER = "aes-256-gcm";
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key that encrypts secrets, from the one secret that all servers share. */
export function secretsKey(sharedSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", sharedSecret, "", "lienthong repository secrets", 32));
}

/** Keeps a repository's secrets in the place of those it had, encrypted and bound to that repository. */
export async function saveSecrets(
  db: Db,
  key: Buffer,
  repositoryId: number,
  secrets: RepositorySecrets,
): Promise<void> {
  const sealed = seal(key, repositoryId, JSON.stringify(secrets));
  await db.updateTable("repository").set({ secrets: sealed }).where("repository_id", "=", repositoryId).execute();
}

/** Forgets a repository's secrets. */
export async function forgetSecrets(db: Db, repositoryId: number): Promise<void> {
  await db.updateTable("repository").set({ secrets: null }).where("repository_id", "=", repositoryId).execute();
}

/**
 * Reads a repository's secrets from its row; `key` is asked for only where there are any. Throws `SecretsFailure` where
 * they were written with another key.
 */
export function openSecrets(
  key: () => Buffer,
  repository: Pick<Repository, "repository_id" | "code" | "secrets">,
): RepositorySecrets {
  const { repository_id, code, secrets } = repository;
  if (secrets === null) return NO_SECRETS;
  const opening = key();
  try {
    return JSON.parse(unseal(opening, repository_id, secrets)) as RepositorySecrets;
  } catch (cause) {
    throw new SecretsFailure(
      `the sign-in of "${code}" was stored under another TOKEN_SECRET than that of this process: start it with that one, ` +
        `or store the sign-in anew (\`lienthong repository set ${code} --user …\`; all of them: \`lienthong repository reseal\`)`,
      { cause },
    );
  }
}

function seal(key: Buffer, repositoryId: number, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(repositoryId));
  const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), encrypted]);
}

function unseal(key: Buffer, repositoryId: number, sealed: Buffer): string {
  const iv = sealed.subarray(1, 1 + IV_BYTES);
  const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(repositoryId)).setAuthTag(tag);
  const encrypted = sealed.subarray(1 + IV_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString("utf8");
}

/** Copied into another repository's row, secrets are worth nothing. */
function boundTo(repositoryId: number): Buffer {
  return Buffer.from(`repository ${repositoryId}`);
}
