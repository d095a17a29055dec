const ARGUMENTS = ["verb", "metadataPrefix", "resumptionToken", "from", "until", "set", "identifier"];

/**
 * Reads a base URL as a person pastes it (OAI-PMH 2.0 §3.1.1): arguments of a request and a fragment are dropped, a query
 * that belongs to the address stays. `null` where it is not an http or https URL.
 */
export function parseBaseUrl(text: string): URL | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (!/^https?:$/.test(url.protocol)) return null;
  for (const name of ARGUMENTS) url.searchParams.delete(name);
  url.hash = "";
  return url;
}
