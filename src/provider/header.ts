import type { FeedItem } from "../store/oai-list.ts";
import { escapeText } from "../xml/escape.ts";

/** A record's header (OAI-PMH 2.0 §2.5); `datestamp` is the item's stamp as the protocol writes it. */
export function headerElement(item: FeedItem, datestamp: string): string {
  const status = item.deleted ? ' status="deleted"' : "";
  const sets = item.setSpecs.map((setSpec) => `<setSpec>${escapeText(setSpec)}</setSpec>`).join("");
  return `<header${status}><identifier>${escapeText(item.oaiIdentifier)}</identifier><datestamp>${datestamp}</datestamp>${sets}</header>`;
}
