/** Networks that nobody outside of them can reach (RFC 1918, RFC 3927, RFC 6761, RFC 6762, RFC 4193). */
const PRIVATE_IPV4 = /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./;
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|test|invalid|example)$/;
const PRIVATE_IPV6 = /^\[(?:::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/;

/**
 * Whether a URL leads into somebody's own network: `http://192.168.1.5/…`, `http://libserver/…`. Such an address is
 * published nowhere. A text that is no URL leads nowhere and is not private.
 */
export function isPrivateAddress(url: string): boolean {
  const host = hostOf(url);
  if (host === null) return false;
  if (host.startsWith("[")) return PRIVATE_IPV6.test(host);
  return !host.includes(".") || PRIVATE_IPV4.test(host) || PRIVATE_NAME.test(host);
}

/** The host of an http(s) or ftp URL in lower case, or `null`. */
function hostOf(url: string): string | null {
  const authority = /^(?:https?|ftp):\/\/([^/?#\s]*)/i.exec(url)?.[1];
  if (authority === undefined) return null;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return host.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
}
