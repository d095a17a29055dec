import { createHash } from "node:crypto";
import type { Db } from "../store/database.ts";
import { hasVanished } from "../store/deletions.ts";
import type { Repository } from "../store/repositories.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Everything is looked at again about once a month, whatever the datestamps say. */
const FULL_EVERY_DAYS = 30;
const FULL_SPREAD_DAYS = 10;
/** Between two lists of everything lie a few of identifiers alone. */
const SWEEP_EVERY_DAYS = 7;
const SWEEP_SPREAD_DAYS = 2;

/** When the lists of a repository are due once a full list of it is complete. */
export function dueAfterFullList(code: string) {
  return {
    full_due_at: inAbout(FULL_EVERY_DAYS, FULL_SPREAD_DAYS, code),
    sweep_due_at: inAbout(SWEEP_EVERY_DAYS, SWEEP_SPREAD_DAYS, code),
  };
}

/**
 * When they are due once a sweep has ended. One that failed is tried again tomorrow, not with every harvest: a repository
 * may know no ListIdentifiers.
 */
export function dueAfterSweep(code: string, complete: boolean, wantsFull: boolean) {
  const sweepDueAt = complete ? inAbout(SWEEP_EVERY_DAYS, SWEEP_SPREAD_DAYS, code) : new Date(Date.now() + DAY_MS);
  return { sweep_due_at: sweepDueAt, ...(wantsFull ? { full_due_at: new Date() } : {}) };
}

/**
 * Whether a repository's identifiers are to be listed now: it does not promise to tell of deletions, or has not kept its
 * promise, and its usual harvests do not bring everything anyway.
 */
export async function isSweepDue(db: Db, repository: Repository): Promise<boolean> {
  const { sweep_due_at: dueAt, strategy, identity, repository_id } = repository;
  if (dueAt === null || dueAt.getTime() > Date.now() || strategy === "full_compare") return false;
  return identity?.deletedRecord !== "persistent" || (await hasVanished(db, repository_id));
}

/** On another day for each repository and the same for the same one. */
function inAbout(days: number, spreadDays: number, code: string): Date {
  const [spread = 0] = createHash("sha256").update(code).digest();
  return new Date(Date.now() + (days + (spread / 256 - 0.5) * spreadDays) * DAY_MS);
}
