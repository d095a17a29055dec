import { AnswerFailure, ResumptionLoopError, TransientFailure } from "../client/failures.ts";
import { OaiError } from "../oai/errors.ts";
import {
  abandonWindow,
  closeWindow,
  listWindows,
  mergeWindows,
  restartWindow,
  splitWindow,
  type Window,
} from "../store/windows.ts";
import { isAtItsEnd } from "./end-of-list.ts";
import { readSingly } from "./read-singly.ts";
import { isSweep, type Reading, type ReadingEnd } from "./read-windows.ts";
import { diagnosisOf, reasonOf } from "./reason.ts";
import { divideRange, rangeOver, type WindowRange } from "./window-range.ts";

/** A token that the repository no longer knows sends the window back to its start this often; then it is divided. */
const MAX_RESTARTS = 1;
/**
 * One bad record makes at most two windows in a row fail, since the part without it is read in between. Where more fail,
 * the repository does not give lists at all.
 */
const MAX_FAILED_IN_A_ROW = 5;

/**
 * Does what can be done about a window that could not be read: a token that leads nowhere after everything that was
 * promised is the end; one that has expired means to begin anew; a date in seconds that is refused, to ask by days;
 * whatever else fails again and again while the repository still answers sits in one of its records: the window is
 * divided, and where that cannot be done, read record by record. Throws the error where nothing can be done now: the
 * repository is down, or gives no lists at all.
 */
export async function recoverWindow(reading: Reading, window: Window, error: unknown): Promise<ReadingEnd> {
  const { db, log } = reading.services;
  const about = { runId: window.run_id, window: window.window_number, err: error };
  if (leadsNowhere(error) && (await isAtItsEnd(reading, window))) {
    log.info(about, "the list goes on behind its last record; it is taken for read");
    await closeWindow(db, window, reasonOf(error));
    return "read";
  }
  if (isRefusal(error, "badResumptionToken") && window.restarts < MAX_RESTARTS) {
    log.warn(about, "resumption token refused; the window begins anew");
    await restartWindow(db, window);
    return "read";
  }
  if (isRefusal(error, "badArgument") && hasSeconds(rangeOf(window))) {
    log.warn(about, "dates to the second refused; asking by days");
    await splitWindow(db, window, [byDays(rangeOf(window))], reasonOf(error));
    return "read";
  }
  if (!isWindowsOwn(error)) throw error;
  reading.failedInARow += 1;
  if (reading.failedInARow > MAX_FAILED_IN_A_ROW || !(await stillAnswers(reading))) throw error;
  const parts = dividesByDate(reading) ? divideRange(rangeOf(window), reading.time) : null;
  if (parts !== null) {
    log.warn({ ...about, parts }, "window cannot be read; it is divided");
    await splitWindow(db, window, parts, reasonOf(error));
    return "read";
  }
  if (isSweep(reading)) {
    log.warn(about, "window cannot be read; its identifiers stay unknown");
    await abandonWindow(db, window, reasonOf(error), diagnosisOf(error));
    return "read";
  }
  log.warn(about, "window cannot be read; its records are asked for one by one");
  const whole = reading.datesIgnored ? await merged(reading, window, error) : window;
  return await readSinglyOrAbandon(reading, whole, error);
}

function dividesByDate({ planned, datesIgnored }: Reading): boolean {
  return planned.datesTrusted && !datesIgnored;
}

/** Where dates are ignored, each window brings the whole list: it is read once. */
async function merged(reading: Reading, window: Window, cause: unknown): Promise<Window> {
  const { db } = reading.services;
  const windows = await listWindows(db, window.repository_id, window.run_id);
  const open = windows.filter(({ state }) => state === "open");
  const note = `dates are ignored; before that: ${reasonOf(cause)}`;
  return await mergeWindows(db, window, rangeOver(open.map(rangeOf)), note);
}

async function readSinglyOrAbandon(reading: Reading, window: Window, cause: unknown): Promise<ReadingEnd> {
  try {
    return await readSingly(reading, window, reasonOf(cause));
  } catch (error) {
    if (!isWindowsOwn(error) || !(await stillAnswers(reading))) throw error;
    await abandonWindow(reading.services.db, window, reasonOf(error), diagnosisOf(error));
    return "read";
  }
}

function leadsNowhere(error: unknown): boolean {
  return isRefusal(error, "badResumptionToken") || error instanceof ResumptionLoopError;
}

function isRefusal(error: unknown, code: OaiError["code"]): boolean {
  return error instanceof OaiError && error.code === code;
}

/** Failures that another way of asking may avoid. */
function isWindowsOwn(error: unknown): boolean {
  return error instanceof TransientFailure || error instanceof AnswerFailure || leadsNowhere(error);
}

/** Whether the repository is there at all: asked once, with the client's own patience. */
async function stillAnswers({ client }: Reading): Promise<boolean> {
  try {
    await client.identify();
    return true;
  } catch {
    return false;
  }
}

function rangeOf({ from_datestamp: from, until_datestamp: until }: Window): WindowRange {
  return { from, until };
}

function hasSeconds({ from, until }: WindowRange): boolean {
  return `${from}${until}`.includes("T");
}

function byDays({ from, until }: WindowRange): WindowRange {
  return { from: from?.slice(0, 10) ?? null, until: until?.slice(0, 10) ?? null };
}
