import { formatDatestamp } from "../oai/datestamp.ts";
import type { ProviderOptions } from "./options.ts";
import { type ListToken, type SetsToken, TOKEN_LIFETIME_MS, writeToken } from "./token.ts";

/** What stands at the end of a page (OAI-PMH 2.0 §3.5). */
export interface PageEnd {
  /** How many items were given before this page. */
  readonly cursor: number;
  readonly completeListSize: number | null;
  /** `null`: this is the last page. */
  readonly next: ListToken | SetsToken | null;
}

/** The resumptionToken element: empty on the last page of several, left out where the first page is the last. */
export function resumptionElement(
  { tokenSecret }: ProviderOptions,
  { cursor, completeListSize, next }: PageEnd,
): string {
  if (next === null && cursor === 0) return "";
  const size = completeListSize === null ? "" : ` completeListSize="${completeListSize}"`;
  const position = `${size} cursor="${cursor}"`;
  if (next === null) return `\n<resumptionToken${position}/>`;
  const issued = new Date();
  const expires = formatDatestamp(new Date(issued.getTime() + TOKEN_LIFETIME_MS), "second");
  return `\n<resumptionToken expirationDate="${expires}"${position}>${writeToken(tokenSecret, next, issued)}</resumptionToken>`;
}
