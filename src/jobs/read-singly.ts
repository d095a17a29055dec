import { AnswerFailure, TransientFailure } from "../client/failures.ts";
import type { SourceRecord, UnreadableRecord } from "../client/records.ts";
import { OaiError } from "../oai/errors.ts";
import type { Header } from "../oai/types.ts";
import { findSeen } from "../store/seen.ts";
import type { Window } from "../store/windows.ts";
import { type Reading, type ReadingEnd, storePage } from "./read-windows.ts";

type Item = SourceRecord | UnreadableRecord;

/** So many records in a row that cannot be had mean that the repository has stopped answering. */
const MAX_FAILED_IN_A_ROW = 10;
const NO_RESUMPTION = { token: null, completeListSize: null, cursor: null };

/**
 * Reads a window by its headers, asking for each record alone that this run has not seen yet. A record that cannot be had
 * goes to quarantine under its identifier. `reason` says why the list was not read. Throws what ListIdentifiers throws, and
 * the failure of a record where too many fail in a row.
 */
export async function readSingly(reading: Reading, window: Window, reason: string): Promise<ReadingEnd> {
  const { client, planned, mapping, services } = reading;
  const run = { repositoryId: window.repository_id, runId: window.run_id };
  const request = {
    metadataPrefix: planned.metadataPrefix,
    from: window.from_datestamp,
    until: window.until_datestamp,
    set: mapping.repository.set_spec,
  };
  for await (const { items: headers } of client.listIdentifiers(request)) {
    const identifiers = headers.map(({ identifier }) => identifier);
    const seen = await findSeen(services.db, run, identifiers);
    const items = await askEach(
      reading,
      headers.filter(({ identifier }) => !seen.has(identifier)),
      reason,
    );
    const page = { items, resumption: NO_RESUMPTION, bytes: 0 };
    const here = { resumptionToken: window.resumption_token, closesWindow: false };
    const end = await storePage(reading, window, page, here);
    if (end !== "read") return end;
  }
  const nothing = { items: [], resumption: NO_RESUMPTION, bytes: 0 };
  return await storePage(reading, window, nothing, { resumptionToken: null, closesWindow: true });
}

async function askEach({ client, planned }: Reading, headers: readonly Header[], reason: string): Promise<Item[]> {
  const items: Item[] = [];
  let failed = 0;
  for (const { identifier } of headers) {
    try {
      const item = await client.getRecord(identifier, planned.metadataPrefix);
      items.push("reason" in item ? { ...item, identifier } : item);
      failed = 0;
    } catch (error) {
      if (!isTheRecords(error)) throw error;
      failed += 1;
      if (failed > MAX_FAILED_IN_A_ROW) throw error;
      items.push({ identifier, raw: "", reason: `${error.message} (in its list: ${reason})` });
    }
  }
  return items;
}

function isTheRecords(error: unknown): error is Error {
  return error instanceof OaiError || error instanceof AnswerFailure || error instanceof TransientFailure;
}
