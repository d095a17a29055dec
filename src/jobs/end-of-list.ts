import { getRun } from "../store/runs.ts";
import { countSeen, findMiddleDatestamp } from "../store/seen.ts";
import { listWindows, type Window } from "../store/windows.ts";
import type { Reading } from "./read-windows.ts";
import { divideRangeAt, type WindowRange } from "./window-range.ts";

/**
 * Whether a list that leads nowhere has been read to its end all the same: as many different records have come as the
 * repository promised, and its promises can be believed. Of one undivided list only; of others it is not known.
 */
export async function isAtItsEnd(reading: Reading, window: Window): Promise<boolean> {
  const { db } = reading.services;
  const key = { repositoryId: window.repository_id, runId: window.run_id };
  const { complete_list_size: promised } = await getRun(db, key.repositoryId, key.runId);
  const windows = await listWindows(db, key.repositoryId, key.runId);
  if (promised === null || promised === 0 || windows.length > 1) return false;
  // counted in the store: a list that goes round delivers some records twice
  if ((await countSeen(db, key)) < promised) return false;
  const middle = await findMiddleDatestamp(db, key);
  return middle !== null && (await promisedInParts(reading, window, middle)) === promised;
}

/**
 * The sizes of the two parts of the list together, cut where records lie on both sides; `null` where they cannot be had.
 * Repositories that give the length of a page, or any other number, for that of the list are found out by it.
 */
async function promisedInParts(reading: Reading, window: Window, middle: string): Promise<number | null> {
  const { planned, datesIgnored, time } = reading;
  const range = { from: window.from_datestamp, until: window.until_datestamp };
  const parts = divideRangeAt(range, middle, time.granularity);
  if (!planned.datesTrusted || datesIgnored || parts === null) return null;
  let sum = 0;
  for (const part of parts) {
    const size = await promisedFor(reading, part);
    // a part that is said to be empty proves nothing
    if (size === null || size === 0) return null;
    sum += size;
  }
  return sum;
}

async function promisedFor({ client, mapping, planned }: Reading, range: WindowRange): Promise<number | null> {
  const request = { metadataPrefix: planned.metadataPrefix, ...range, set: mapping.repository.set_spec };
  for await (const { items, resumption } of client.listIdentifiers(request)) {
    return resumption.completeListSize ?? (resumption.token === null ? items.length : null);
  }
  return 0;
}
