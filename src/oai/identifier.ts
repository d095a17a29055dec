import { createHash } from "node:crypto";

/** What a local part may hold unescaped (oai-identifier.xsd); the percent sign is left out because it escapes the rest. */
const ALLOWED = /[A-Za-z0-9\-_.!*'();/?:@&=+$,]/;
const MAX_READABLE_LENGTH = 240;

/**
 * The identifier under which we serve what a repository calls `identifier`: `oai:<domain>:<code>/<local part>`.
 * Different identifiers give different results: what the scheme forbids is percent-encoded, a leading `oai:` is dropped
 * and anything without it is marked by `~`. Only where that would be very long does a SHA-256 stand instead.
 */
export function aggregatorIdentifier(domain: string, repositoryCode: string, identifier: string): string {
  const unmarked = identifier.startsWith("oai:") ? identifier.slice(4) : null;
  const local = unmarked === null ? `~${escapeLocalPart(identifier)}` : escapeLocalPart(unmarked);
  const readable =
    local.length <= MAX_READABLE_LENGTH ? local : `~~${createHash("sha256").update(identifier).digest("hex")}`;
  return `oai:${domain}:${repositoryCode}/${readable}`;
}

/** Percent-encodes by UTF-8 byte; lone surrogates become U+FFFD as everywhere in UTF-8. */
function escapeLocalPart(text: string): string {
  let escaped = "";
  for (const character of text) {
    escaped += ALLOWED.test(character) ? character : percentEncode(character);
  }
  return escaped;
}

function percentEncode(character: string): string {
  return [...Buffer.from(character, "utf8")]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

/** The part of our identifier that names the repository, or `null` where the text is none of ours. */
export function repositoryCodeOf(domain: string, oaiIdentifier: string): string | null {
  const prefix = `oai:${domain}:`;
  if (!oaiIdentifier.startsWith(prefix)) return null;
  const slash = oaiIdentifier.indexOf("/", prefix.length);
  return slash < 0 ? null : oaiIdentifier.slice(prefix.length, slash);
}
