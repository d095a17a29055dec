const CHARACTER = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})";
const SCHEME = "[A-Za-z][A-Za-z0-9+.\\-]*:";
const AUTHORITY = "//(?:[A-Za-z0-9.\\-]+|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?(?=[/?#]|$)";
/** A colon in the first segment of a relative reference would make a scheme of it (RFC 3986 §4.2). */
const FIRST_SEGMENT = "(?!//)(?:[A-Za-z0-9\\-._~!$&'()*+,;=@]|%[0-9A-Fa-f]{2})*(?=[/?#]|$)";
const LEGAL = new RegExp(`^(?:${SCHEME}(?:${AUTHORITY}|(?!//))|${FIRST_SEGMENT})${CHARACTER}*(?:#${CHARACTER}*)?$`);
const ILLEGAL = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?#%]/gu;

/**
 * Other people's identifiers and addresses as XML Schema's `anyURI` allows them (XSD 1.0 part 2 §3.2.17): what is legal
 * stays as it is; what is not is percent-encoded, as the type's own mapping to URIs does, and at worst all of it.
 */
export function anyUri(text: string): string {
  if (LEGAL.test(text)) return text;
  const escaped = text.replace(ILLEGAL, encodeURIComponent);
  return LEGAL.test(escaped) ? escaped : encodeURIComponent(text);
}

/** The address of a repository as strangers may see it: legal, and without the name and password that it may hold. */
export function publicAddress(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return anyUri(baseUrl);
  const url = new URL(baseUrl);
  // both set to nothing leaves an address without them exactly as it was stored
  if (url.username === "" && url.password === "") return anyUri(baseUrl);
  url.username = "";
  url.password = "";
  return anyUri(url.href);
}

/** The address of what lies beside the feed; `path` begins with a slash. */
export function addressBeside(baseUrl: string, path: string): string {
  return baseUrl.replace(/\/[^/]*$/, "") + path;
}
