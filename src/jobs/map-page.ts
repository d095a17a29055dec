import { setImmediate } from "node:timers/promises";
import type { SourceRecord, UnreadableRecord } from "../client/records.ts";
import type { RecordPage } from "../client/repository-client.ts";
import { rawDigest } from "../record/digest.ts";
import type { Db } from "../store/database.ts";
import type { ChangedRecord, HarvestedPage, RejectedRecord } from "../store/page.ts";
import { findUnchanged } from "../store/source-records.ts";
import { XmlError } from "../xml/errors.ts";
import { type MappingRun, mapRecord } from "./map-record.ts";
import { presentQuerySets } from "./query-sets.ts";

type Readable = SourceRecord & { readonly rawHash: Buffer };

/** PostgreSQL indexes at most about 2,700 bytes; the longest identifier met in the wild has 2,000 characters. */
export const MAX_IDENTIFIER_BYTES = 2_600;

/** A run whose pages are mapped: what sets there are by definition is read anew for each page. */
export type PageMapping = Omit<MappingRun, "querySets">;

/** So many are mapped before others get their turn: the answers of PostgreSQL, which stores the page before, requests. */
const RECORDS_AT_A_TIME = 10;

/** What a page amounts to: the part of `HarvestedPage` that its records decide. */
export type MappedPage = Pick<HarvestedPage, "changed" | "unchanged" | "rejected" | "counts" | "findings">;

/**
 * Sorts a page's records into unchanged, changed and unreadable, and maps the changed ones. The database is only asked
 * which are unchanged, and for the others which sets operators have defined by now: a harvest may last for hours. Nothing is
 * written.
 */
export async function mapPage(db: Db, mapping: PageMapping, page: RecordPage): Promise<MappedPage> {
  const rejected: RejectedRecord[] = [];
  const readable = new Map<string, Readable>();
  let repeated = 0;
  for (const record of page.items) {
    const reason = refusal(record);
    if (reason !== null) rejected.push(rejection(record, reason));
    else if ("header" in record) {
      // within one page the last one wins: PostgreSQL refuses to store one row twice in a statement
      if (readable.delete(record.header.identifier)) repeated += 1;
      readable.set(record.header.identifier, { ...record, rawHash: rawDigest(record.raw) });
    }
  }
  const records = [...readable.values()];
  const asked = records.map(({ header, rawHash }) => ({ identifier: header.identifier, rawHash }));
  const unchanged = await findUnchanged(db, mapping.repository.repository_id, asked);
  const others = records.filter(({ header }) => !unchanged.has(header.identifier));
  // most pages of most harvests bring nothing new: they need not ask
  const run: MappingRun = { ...mapping, querySets: others.length === 0 ? [] : await presentQuerySets(db) };
  const changed: ChangedRecord[] = [];
  for (const record of others) {
    const mapped = mapOrReject(run, record);
    if ("reason" in mapped) rejected.push(mapped);
    else changed.push(mapped);
    if ((changed.length + rejected.length) % RECORDS_AT_A_TIME === 0) await setImmediate();
  }
  const deleted = records.filter(({ header }) => header.deleted).length;
  const counts = { received: page.items.length, deleted, repeated, bytes: page.bytes };
  return { changed, unchanged: [...unchanged.values()], rejected, counts };
}

function mapOrReject(run: MappingRun, record: Readable): ChangedRecord | RejectedRecord {
  try {
    return mapRecord(run, record);
  } catch (error) {
    // a bad record fails alone; anything but its XML is a mistake of ours and ends the run
    if (error instanceof XmlError) return rejection(record, error.message);
    throw error;
  }
}

function refusal(record: SourceRecord | UnreadableRecord): string | null {
  if ("reason" in record) return record.reason;
  const bytes = Buffer.byteLength(record.header.identifier);
  return bytes > MAX_IDENTIFIER_BYTES
    ? `the identifier is ${bytes} bytes long; at most ${MAX_IDENTIFIER_BYTES} can be kept`
    : null;
}

function rejection(record: SourceRecord | UnreadableRecord, reason: string): RejectedRecord {
  const identifier = "header" in record ? record.header.identifier : (record.identifier ?? null);
  return { identifier, reason, raw: record.raw };
}
