import { OaiError } from "../oai/errors.ts";
import { proposeDeletions } from "../store/deletions.ts";
import { listVanished, markPresent, settleSeen, type VanishedRecord } from "../store/seen.ts";
import type { Closing } from "./close-run.ts";
import type { Services } from "./services.ts";

/** One list may be wrong; a record that two complete lists in a row do not bring has vanished. */
const LISTS = 2;
/** So many of the vanished are asked for by name before any is believed to be gone. */
const SAMPLE = 10;

/**
 * Proposes for deletion what a list of everything no longer brings, for repositories whose deletions cannot be told from
 * their headers. A sample is asked for by name first: where one of it is still there, the list was wrong and nothing is
 * proposed.
 */
export async function proposeVanished(services: Services, closing: Closing): Promise<void> {
  const { db, log } = services;
  const { lease, planned } = closing;
  const run = { repositoryId: lease.repositoryId, runId: planned.run.run_id };
  await settleSeen(db, run);
  const vanished = await listVanished(db, run.repositoryId, LISTS);
  if (vanished.length === 0) return;
  const present = await firstPresent(closing, sampleOf(vanished));
  if (present !== null) {
    log.warn({ runId: run.runId, identifier: present.identifier }, "a record is there that complete lists leave out");
    await markPresent(
      db,
      run.repositoryId,
      vanished.map(({ recordId }) => recordId),
    );
    return;
  }
  const recordIds = vanished.map(({ recordId }) => recordId);
  await proposeDeletions(db, run, recordIds, "sweep");
}

/** Evenly from the first to the last. */
function sampleOf(vanished: readonly VanishedRecord[]): readonly VanishedRecord[] {
  const step = Math.max(1, Math.floor(vanished.length / SAMPLE));
  return vanished.filter((_, index) => index % step === 0).slice(0, SAMPLE);
}

async function firstPresent(
  { client, planned }: Closing,
  sample: readonly VanishedRecord[],
): Promise<VanishedRecord | null> {
  for (const record of sample) {
    try {
      const item = await client.getRecord(record.identifier, planned.metadataPrefix);
      if ("header" in item && !item.header.deleted) return record;
    } catch (error) {
      // that it does not exist is the answer; whatever else is no proof, and the next harvest asks again
      if (!(error instanceof OaiError)) throw error;
    }
  }
  return null;
}
