import { sql, type Updateable } from "kysely";
import type { Db } from "./database.ts";
import type { DumpState, DumpTable } from "./schema.ts";

/** A nightly dump: below which place it is made, and of which day in Vietnam ("2026-11-29"). */
export interface DumpKey {
  readonly target: string;
  readonly day: string;
}

/** What is known of a dump that is whole. */
export interface WholeDump {
  readonly horizon: Date;
  /** Live records. */
  readonly records: number;
  /** Of all its files. */
  readonly bytes: number;
}

/** A nightly dump as it was last tried. */
export interface DumpAttempt extends DumpKey {
  readonly state: DumpState;
  /** How often it was tried; being told to stop does not count. */
  readonly attempts: number;
  readonly owner: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly failure: string | null;
  /** What did not succeed after it was whole. */
  readonly note: string | null;
}

/** How the latest dump below a place fares, and which was whole last. */
export interface DumpStatus {
  readonly latest: DumpAttempt;
  readonly whole: (WholeDump & { readonly day: string; readonly finishedAt: Date; readonly seconds: number }) | null;
}

/** A place where nothing was tried for so long is no longer one of ours. */
const FORGOTTEN_DAYS = 30;
const ATTEMPT = sql`target, day, state, attempts, owner, started_at AS "startedAt", finished_at AS "finishedAt", failure, note`;

/** Ends those whose process went away without a word; only for who holds the lock `dump`: then nobody is at one. */
export async function abandonDumps(db: Db): Promise<void> {
  await sql`
    UPDATE dump SET state = 'failed', finished_at = clock_timestamp(),
      failure = 'its process ended without a word; was it killed, or was there too little memory?'
    WHERE state = 'running'`.execute(db);
}

/** The dump of that day, or `null` where none was begun. */
export async function findDump(db: Db, { target, day }: DumpKey): Promise<DumpAttempt | null> {
  const { rows } = await sql<DumpAttempt>`
    SELECT ${ATTEMPT} FROM dump WHERE target = ${target} AND day = ${day}`.execute(db);
  return rows[0] ?? null;
}

/** Writes down that a dump is being made; of one that was stopped this is the same attempt. Returns which it is, from 1 on. */
export async function beginDump(db: Db, { target, day }: DumpKey, owner: string): Promise<number> {
  const { rows } = await sql<{ attempts: number }>`
    INSERT INTO dump (target, day, state, attempts, owner) VALUES (${target}, ${day}, 'running', 1, ${owner})
    ON CONFLICT (target, day) DO UPDATE SET state = 'running', owner = excluded.owner, started_at = excluded.started_at,
      attempts = dump.attempts + (dump.state <> 'stopped')::int, finished_at = NULL, failure = NULL, note = NULL
    RETURNING attempts`.execute(db);
  return rows[0]?.attempts ?? 1;
}

/** Writes down that it is whole. */
export async function saveWholeDump(db: Db, { target, day }: DumpKey, whole: WholeDump): Promise<void> {
  await endDump(db, { target, day }, { state: "whole", ...whole });
}

/** Writes down why there is none. */
export async function saveFailedDump(db: Db, key: DumpKey, state: "failed" | "stopped", failure: string) {
  await endDump(db, key, { state, failure });
}

async function endDump(db: Db, { target, day }: DumpKey, row: Updateable<DumpTable>): Promise<void> {
  await db
    .updateTable("dump")
    .set({ ...row, finished_at: sql<Date>`clock_timestamp()` })
    .where("target", "=", target)
    .where("day", "=", day)
    .execute();
}

/** Writes down what did not succeed after the dump was whole. */
export async function noteDump(db: Db, { target, day }: DumpKey, note: string): Promise<void> {
  await db.updateTable("dump").set({ note }).where("target", "=", target).where("day", "=", day).execute();
}

/** The days before `day` of which something may still lie below the target. */
export async function listDumpDays(db: Db, { target, day }: DumpKey): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("dump")
    .select("day")
    .where("target", "=", target)
    .where("day", "<", day)
    .where("state", "<>", "removed")
    .execute();
  return rows.map((row) => row.day);
}

/** Writes down that nothing lies there any more. */
export async function saveRemovedDump(db: Db, { target, day }: DumpKey): Promise<void> {
  await db.updateTable("dump").set({ state: "removed" }).where("target", "=", target).where("day", "=", day).execute();
}

/** How the dumps fare, below each place where one was tried within a month; most have one place, or none. */
export async function readDumps(db: Db): Promise<readonly DumpStatus[]> {
  const { rows: latest } = await sql<DumpAttempt>`
    SELECT DISTINCT ON (target) ${ATTEMPT} FROM dump
    WHERE started_at > clock_timestamp() - ${FORGOTTEN_DAYS}::int * interval '1 day' ORDER BY target, day DESC`.execute(
    db,
  );
  const { rows: whole } = await sql<NonNullable<DumpStatus["whole"]> & { target: string }>`
    SELECT DISTINCT ON (target) target, day, horizon, records, bytes, finished_at AS "finishedAt",
      extract(epoch FROM finished_at - started_at)::float8 AS seconds
    FROM dump WHERE horizon IS NOT NULL ORDER BY target, day DESC`.execute(db);
  const wholeOf = new Map(whole.map(({ target, ...facts }) => [target, facts]));
  return latest.map((attempt) => ({ latest: attempt, whole: wholeOf.get(attempt.target) ?? null }));
}
