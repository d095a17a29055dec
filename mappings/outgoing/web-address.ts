import { isPrivateAddress } from "../../src/crosswalk/private-address.ts";

const PATH = "[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2}";
/** An http(s) address as RFC 3986 allows it, without a name and a password. */
const LEGAL = new RegExp(`^https?://[A-Za-z0-9.\\-]+(?::\\d{1,5})?(?:[/?#](?:${PATH})*)?(?:#(?:${PATH})*)?$`, "i");

/**
 * An address that may be published where a schema wants a URI: legal as it stands, or percent-encoded as a browser would.
 * `undefined` for what is no http(s) address and for addresses inside of somebody's own network.
 */
export function webAddress(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || isPrivateAddress(text)) return undefined;
  if (LEGAL.test(text)) return text;
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return undefined;
  const { href } = new URL(text);
  return LEGAL.test(href) ? href : undefined;
}
