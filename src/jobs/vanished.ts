import { AnswerFailure, TransientFailure } from "../client/failures.ts";
import { proposeDeletions } from "../store/deletions.ts";
import { LISTS_MISSED, listVanished, markPresent, type VanishedRecord } from "../store/seen.ts";
import type { Closing } from "./close-run.ts";
import { isThere } from "./presence.ts";
import type { Services } from "./services.ts";

/** So many are all asked for by name, and each is believed for itself. */
const FEW_ENOUGH = 20;
/** Of more than that, so many; where one of them is still there, none is believed to be gone. */
const SAMPLE = 10;

/**
 * Proposes for deletion what lists of everything no longer bring, for repositories whose deletions cannot be told from
 * their headers. They are asked for by name first. Returns what a person should know of it, or `null`.
 */
export async function proposeVanished({ db, log }: Services, closing: Closing): Promise<string | null> {
  const { lease, planned } = closing;
  const run = { repositoryId: lease.repositoryId, runId: planned.run.run_id };
  const vanished = await listVanished(db, run.repositoryId, LISTS_MISSED);
  if (vanished.length === 0) return null;
  try {
    const present = await stillThere(closing, vanished);
    if (present.length > 0)
      log.warn({ ...run, present: present.length }, "records are there that complete lists leave out");
    await markPresent(db, run.repositoryId, idsOf(present));
    const there = new Set(idsOf(present));
    const gone = idsOf(vanished).filter((recordId) => !there.has(recordId));
    await proposeDeletions(db, run, gone, "sweep");
    return null;
  } catch (error) {
    if (!(error instanceof AnswerFailure) && !(error instanceof TransientFailure)) throw error;
    return `${vanished.length} records are in no list any more and stay, since they could not be asked for by name: ${error.message}`;
  }
}

/** Those that are still there, or all of them where one of a sample is. */
async function stillThere(closing: Closing, vanished: readonly VanishedRecord[]): Promise<readonly VanishedRecord[]> {
  const { client, planned, repository } = closing;
  const present: VanishedRecord[] = [];
  for (const record of vanished.length > FEW_ENOUGH ? sampleOf(vanished) : vanished) {
    if (!(await isThere(client, planned.metadataPrefix, record.identifier, repository.set_spec))) continue;
    if (vanished.length > FEW_ENOUGH) return vanished;
    present.push(record);
  }
  return present;
}

/** Evenly from the first to the last. */
function sampleOf(vanished: readonly VanishedRecord[]): readonly VanishedRecord[] {
  const step = Math.max(1, Math.floor(vanished.length / SAMPLE));
  return vanished.filter((_, index) => index % step === 0).slice(0, SAMPLE);
}

function idsOf(records: readonly VanishedRecord[]): readonly number[] {
  return records.map(({ recordId }) => recordId);
}
