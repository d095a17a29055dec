import { AnswerFailure, TransientFailure } from "../client/failures.ts";
import { type ItemKeyKind, itemMarks } from "../crosswalk/item-keys.ts";
import { addItemKeys, indexItemKeys, openItemKeys, pairItems } from "../store/item-keys.ts";
import {
  type Candidate,
  countGone,
  type Goneness,
  listHeld,
  listKnown,
  noteKnown,
} from "../store/rebinding-candidates.ts";
import { forgetRebindings, proposePairs, sampleRebindings, weighRebindings } from "../store/rebindings.ts";
import type { Closing } from "./close-run.ts";
import { FEW, isMany } from "./guard.ts";
import { isThere } from "./presence.ts";
import type { Services } from "./services.ts";

/** So many of the records that seem to go on elsewhere are asked for by their old identifier first. */
const SAMPLE = 10;
/** Records whose keys are made at a time. */
const BATCH = 1_000;

/** By what an item is known again, the surest first. */
const BY: readonly ItemKeyKind[] = ["local", "handle", "doi", "landing-page", "title-creator-year"];
/** Numbers are given anew when a repository is built anew: what has the same one must also be the same work. */
const CONFIRMED_BY: readonly ItemKeyKind[] = ["doi", "title", "creator-year"];

/** What came of looking for known records under new identifiers. */
export interface RebindingResult {
  /** How many are proposed; `null` where it cannot be told now: then nothing that waits may enter the feed. */
  readonly proposed: number | null;
  /** For a person; `null` where there is nothing to say. */
  readonly note: string | null;
}

/**
 * Finds out whether records under new identifiers are known ones whose identifiers are gone, and proposes them for
 * re-binding; earlier proposals that still hold are among them. Few changes are left alone: a few records come and a few
 * go. `isList`: the run was a complete list of everything.
 */
export async function proposeRebindings(
  services: Services,
  closing: Closing,
  isList: boolean,
): Promise<RebindingResult> {
  const { db } = services;
  const { lease, planned, cancelled } = closing;
  const run = { repositoryId: lease.repositoryId, runId: planned.run.run_id };
  if (cancelled) return UNTOLD;
  const { proposed, refuted, held, waiting } = await weighRebindings(db, run);
  // not everything is compared again every night until a person decides
  if (proposed > 0 && refuted === 0 && waiting <= FEW) return told(proposed);
  for (const goneness of held === 0 ? [] : await waysToLook(services, closing, held, isList)) {
    const result = await lookAmong(services, closing, run, goneness);
    if (result.proposed !== 0) return result;
  }
  await forgetRebindings(db, run.repositoryId);
  return told(0);
}

async function lookAmong(
  services: Services,
  closing: Closing,
  run: RunKey,
  goneness: Goneness,
): Promise<RebindingResult> {
  const { db } = services;
  const proposed = await match(services, closing, run, goneness);
  if (goneness === "told" || proposed === 0) return told(proposed);
  const identifiers = await sampleRebindings(db, run.repositoryId, SAMPLE);
  const { failure } = closing;
  const answer = failure === null ? await areGone(closing, identifiers) : new Error(failure);
  if (answer === true) return told(proposed);
  // what the repository was not asked about, or still has, is no proposal
  await forgetRebindings(db, run.repositoryId);
  return answer === false ? told(0) : { ...UNTOLD, note: waitingNote(proposed, answer) };
}

const UNTOLD: RebindingResult = { proposed: null, note: null };
const told = (proposed: number): RebindingResult => ({ proposed, note: null });

function waitingNote(records: number, { message }: Error): string {
  return `new records wait, since ${records} of them may be known ones and the repository could not be asked: ${message}`;
}

type RunKey = { readonly repositoryId: number; readonly runId: number };

/** Among which records to look for those that wait; nowhere where few wait, or nothing hints at a change. */
async function waysToLook(
  { db }: Services,
  { planned: { run } }: Closing,
  held: number,
  isList: boolean,
): Promise<readonly Goneness[]> {
  const { gone, takenDown } = await countGone(db, { repositoryId: run.repository_id, runId: run.run_id });
  const told: readonly Goneness[] = (gone > FEW && held > FEW) || (gone > 0 && takenDown > 0) ? ["told"] : [];
  // a list of what is new never says what is gone; so many new ones at once are reason enough to look
  const many = !isList && isMany(held, run.live_before ?? 0);
  return many ? ["unseen", ...told] : told;
}

async function match({ db }: Services, closing: Closing, run: RunKey, goneness: Goneness): Promise<number> {
  const { host } = new URL(closing.repository.base_url);
  return await db.transaction().execute(async (trx) => {
    await openItemKeys(trx);
    await noteKnown(trx, run, goneness);
    for (const [side, list] of [["known", listKnown] as const, ["new", listHeld] as const]) {
      let after = 0;
      for (;;) {
        const items = await list(trx, run.repositoryId, after, BATCH);
        const last = items.at(-1);
        if (last === undefined) break;
        await addItemKeys(trx, side, keysOf(host, items));
        after = last.recordId;
      }
    }
    await indexItemKeys(trx);
    for (const by of BY) await pairItems(trx, { by, confirmedBy: CONFIRMED_BY, contradictedBy: "doi" });
    return await proposePairs(trx, run, FEW);
  });
}

function keysOf(host: string, items: readonly Candidate[]) {
  return items.flatMap(({ recordId, identifier, published }) =>
    itemMarks(host, identifier, published).map((mark) => ({ recordId, ...mark })),
  );
}

/** Whether none of these can be had under its identifier any more, or why that cannot be told. */
async function areGone({ client, planned }: Closing, identifiers: readonly string[]): Promise<boolean | Error> {
  try {
    for (const identifier of identifiers) if (await isThere(client, planned.metadataPrefix, identifier)) return false;
    return true;
  } catch (error) {
    if (error instanceof AnswerFailure || error instanceof TransientFailure) return error;
    throw error;
  }
}
