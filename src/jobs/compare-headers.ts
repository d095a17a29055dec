import type { ListPage } from "../client/list-records.ts";
import type { SourceRecord } from "../client/records.ts";
import { fromOfCursor } from "../client/window.ts";
import { parseLenientDatestamp } from "../oai/datestamp.ts";
import type { Header } from "../oai/types.ts";
import { findKnownHeaders, findUnreadable, type KnownHeader, type SweepFinding } from "../store/sweep-findings.ts";
import type { PageAhead } from "./map-ahead.ts";
import { MAX_IDENTIFIER_BYTES, type MappedPage } from "./map-page.ts";
import type { Reading } from "./read-windows.ts";

/** Compares the pages of a list of headers with what is stored, for a reader of records. */
export async function* compareAhead(
  reading: Reading,
  pages: AsyncGenerator<ListPage<Header>, void>,
): AsyncGenerator<PageAhead, void> {
  for await (const page of pages) {
    const items = page.items.map((header): SourceRecord => ({ header, raw: "", repairs: [] }));
    yield { page: { ...page, items }, mapped: await compareHeaders(reading, page) };
  }
}

/**
 * Compares a page of headers with what is stored: which records are still there, which are not here at all, and which are
 * newer there. Nothing is mapped and nothing written.
 */
async function compareHeaders(reading: Reading, { items: all, bytes }: ListPage<Header>): Promise<MappedPage> {
  const { db } = reading.services;
  const { repository_id: repositoryId } = reading.mapping.repository;
  const headers = [...new Map(all.map((header) => [header.identifier, header])).values()].filter(isNameable);
  const identifiers = headers.map(({ identifier }) => identifier);
  const known = await findKnownHeaders(db, repositoryId, identifiers);
  const strange = identifiers.filter((identifier) => !known.has(identifier));
  const unreadable = await findUnreadable(db, repositoryId, strange);
  const from = reachOf(reading);
  const findings = headers.flatMap((header): readonly SweepFinding[] => {
    const { identifier } = header;
    const stored = known.get(identifier);
    if (stored !== undefined && !isNews(reading, header, stored)) return [];
    if (unreadable.has(identifier)) return [{ identifier, finding: "unreadable", outOfReach: false }];
    return [{ identifier, finding: stored === undefined ? "unknown" : "newer", outOfReach: isBefore(header, from) }];
  });
  const counts = {
    received: all.length,
    deleted: headers.filter(({ deleted }) => deleted).length,
    repeated: all.length - new Set(all.map(({ identifier }) => identifier)).size,
    bytes,
  };
  const unchanged = [...known.values()].map(({ recordId }) => recordId);
  const unknown = counts.received - counts.repeated - unchanged.length;
  return { changed: [], unchanged, rejected: [], counts: { ...counts, unknown }, findings };
}

/** What a harvest cannot keep it rejects, every time; a sweep need not report it again. */
function isNameable({ identifier }: Header): boolean {
  return identifier !== "" && Buffer.byteLength(identifier) <= MAX_IDENTIFIER_BYTES;
}

/** Where dates cannot be trusted a newer one says nothing. */
function isNews({ planned }: Reading, header: Header, stored: KnownHeader): boolean {
  if (header.deleted !== stored.deleted) return true;
  const [there, here] = [momentOf(header.datestamp), momentOf(stored.datestamp)];
  return planned.datesTrusted && there !== null && here !== null && there > here;
}

/** The moment from which the next harvest asks, unless it asks for everything. */
function reachOf({ planned, mapping }: Reading): number | null {
  const from = fromOfCursor(mapping.repository.harvested_until, planned.granularity);
  return from === null ? null : momentOf(from);
}

/** Whether a harvest from that moment on would not bring it; what cannot be told counts as out of reach. */
function isBefore({ datestamp }: Header, from: number | null): boolean {
  if (from === null) return false;
  const moment = momentOf(datestamp);
  return moment === null || moment < from;
}

function momentOf(datestamp: string): number | null {
  return parseLenientDatestamp(datestamp)?.instant.getTime() ?? null;
}
