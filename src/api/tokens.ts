import { createHash, timingSafeEqual } from "node:crypto";

/** What an operator has given to somebody who may ask as often as needed; the token itself is known to its holder alone. */
export interface ApiToken {
  /** Whose it is. */
  readonly name: string;
  /** SHA-256 of the token, 32 bytes. */
  readonly digest: Buffer;
}

/**
 * The token of a request (RFC 6750 §2.1), or `null`. Authorizations of other kinds are not meant for us: a proxy before us may
 * ask for them.
 */
export function bearerTokenOf(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1] ?? null;
}

/** The name of who holds a token, or `null`. */
export function holderOf(tokens: readonly ApiToken[], token: string): string | null {
  const digest = createHash("sha256").update(token).digest();
  // digests are of one length, and their bytes tell nothing of the token's
  return tokens.find((each) => timingSafeEqual(each.digest, digest))?.name ?? null;
}
