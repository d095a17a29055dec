import { AnswerFailure, ResumptionLoopError, TransientFailure } from "../client/failures.ts";
import { OaiError } from "../oai/errors.ts";
import { abandonWindow, restartWindow, splitWindow, type Window } from "../store/windows.ts";
import { readSingly } from "./read-singly.ts";
import type { Reading, ReadingEnd } from "./read-windows.ts";
import { divideRange } from "./window-range.ts";

/** A token that the repository no longer knows sends the window back to its start this often; then it is divided. */
const MAX_RESTARTS = 1;
/**
 * One bad record makes at most two windows in a row fail, since the part without it is read in between. Where more fail,
 * the repository does not give lists at all.
 */
const MAX_FAILED_IN_A_ROW = 5;

/**
 * Does what can be done about a window that could not be read: a token that has expired means to begin anew; a date in
 * seconds that is refused, to ask by days; whatever else fails again and again while the repository still answers sits in
 * one of its records: the window is divided, and where it is a day or less, read record by record. Throws the error where
 * nothing can be done now: the repository is down, or gives no lists at all.
 */
export async function recoverWindow(reading: Reading, window: Window, error: unknown): Promise<ReadingEnd> {
  const { db, log } = reading.services;
  const about = { runId: window.run_id, window: window.window_number, err: error };
  if (isRefusal(error, "badResumptionToken") && window.restarts < MAX_RESTARTS) {
    log.warn(about, "resumption token refused; the window begins anew");
    await restartWindow(db, window);
    return "read";
  }
  if (isRefusal(error, "badArgument") && hasSeconds(window)) {
    log.warn(about, "dates to the second refused; asking by days");
    await splitWindow(db, window, [byDays(window)], messageOf(error));
    return "read";
  }
  if (!isWindowsOwn(error)) throw error;
  reading.failedInARow += 1;
  if (reading.failedInARow > MAX_FAILED_IN_A_ROW || !(await stillAnswers(reading))) throw error;
  const parts = reading.planned.datesTrusted
    ? divideRange({ from: window.from_datestamp, until: window.until_datestamp }, reading.time)
    : null;
  if (parts !== null) {
    log.warn({ ...about, parts }, "window cannot be read; it is divided");
    await splitWindow(db, window, parts, messageOf(error));
    return "read";
  }
  log.warn(about, "window cannot be read; its records are asked for one by one");
  return await readSinglyOrAbandon(reading, window, error);
}

async function readSinglyOrAbandon(reading: Reading, window: Window, cause: unknown): Promise<ReadingEnd> {
  try {
    return await readSingly(reading, window, messageOf(cause));
  } catch (error) {
    if (!isWindowsOwn(error) || !(await stillAnswers(reading))) throw error;
    await abandonWindow(reading.services.db, window, messageOf(error));
    return "read";
  }
}

function isRefusal(error: unknown, code: OaiError["code"]): boolean {
  return error instanceof OaiError && error.code === code;
}

/** Failures that another way of asking may avoid. */
function isWindowsOwn(error: unknown): boolean {
  return (
    error instanceof TransientFailure ||
    error instanceof AnswerFailure ||
    error instanceof ResumptionLoopError ||
    isRefusal(error, "badResumptionToken")
  );
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

function hasSeconds({ from_datestamp, until_datestamp }: Window): boolean {
  return `${from_datestamp}${until_datestamp}`.includes("T");
}

function byDays({ from_datestamp, until_datestamp }: Window) {
  return { from: from_datestamp?.slice(0, 10) ?? null, until: until_datestamp?.slice(0, 10) ?? null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
