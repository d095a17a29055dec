import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import type { SeededChoice } from "../../src/demo/seeded-choice.ts";
import type { Db } from "../../src/store/database.ts";
import { startHarvest } from "../store/harvested.ts";
import { type Kept, keepRunning } from "../support/keep-running.ts";
import type { Habit, WriterLine, WriterOrders } from "./writer.ts";

/** What the writers came to. */
export interface Written {
  readonly transactions: number;
  readonly records: number;
  /** Transactions that took longer than the announced second is ahead. */
  readonly slow: number;
  readonly longestMs: number;
  /** Processes that were killed in the middle of a transaction that had written. */
  readonly killed: number;
  /** Connections that the server ended there. */
  readonly terminated: number;
  /** Transactions that failed for another reason, each with it. */
  readonly failures: readonly string[];
}

/** Eight writers at work. */
export interface Writers {
  /** Kills a process, or ends a connection, in the middle of a transaction, where there is one. */
  strike(): Promise<void>;
  /** All processes have begun to write. */
  atWork(): boolean;
  soFar(): Written;
  /** Lets them finish what they have in hand. */
  stop(): Promise<void>;
}

const HABITS: readonly Habit[] = ["fast", "slow", "busy", "slow", "fast", "busy", "slow", "person"];
/** Is never killed, so that there is always somebody slow. */
const SPARED = 2;
/** The others lose their connection; a process takes a second to start again. */
const KILLS_ONE_IN = 3;
const SLOW_MS = 2_000;
const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));
const TERMINATED = /terminating connection|Connection terminated|not queryable/;

/** Starts eight writers, each with a repository of its own, in so many processes. */
export async function startWriters(
  { db, pool, url }: { readonly db: Db; readonly pool: pg.Pool; readonly url: string },
  choice: SeededChoice,
  processes: number,
): Promise<Writers> {
  const writers: { number: number; habit: Habit; harvest: Awaited<ReturnType<typeof startHarvest>> }[] = [];
  for (const [index, habit] of HABITS.entries()) {
    const number = index + 1;
    // a person has to do with the records of the writer before
    const harvest = (habit === "person" ? writers.at(-1)?.harvest : null) ?? (await startHarvest(db, `kho-${number}`));
    writers.push({ number, habit, harvest });
  }
  const groups = Array.from({ length: processes }, (_, index) =>
    writers.filter(({ number }) => number % processes === index),
  );
  const kept = groups.map((group) => {
    const orders: WriterOrders = { databaseUrl: url, seed: choice.between(1, 1e6), writers: group };
    return { kept: keepRunning(() => startProcess(orders)), numbers: group.map(({ number }) => number) };
  });
  const struck = { killed: 0, terminated: 0 };
  let strikes = 0;
  return {
    strike: async () => {
      const victim = await findVictim(pool, choice);
      if (victim === null) return;
      const process = kept.find(({ numbers }) => numbers.includes(victim.number))?.kept;
      strikes += 1;
      if (strikes % KILLS_ONE_IN === 0 && process?.pid() != null) {
        process.kill();
        struck.killed += 1;
      } else {
        await pool.query("SELECT pg_terminate_backend($1)", [victim.pid]);
        struck.terminated += 1;
      }
    },
    atWork: () => kept.every((each) => each.kept.lines.length > 0),
    soFar: () => ({ ...sum(kept.map((each) => each.kept)), ...struck }),
    stop: async () => {
      await Promise.all(kept.map((each) => each.kept.stop()));
    },
  };
}

function startProcess(orders: WriterOrders): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", WRITER, JSON.stringify(orders)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** A transaction that has written and has not come to its end. */
async function findVictim(pool: pg.Pool, choice: SeededChoice) {
  const { rows } = await pool.query<{ pid: number; number: number }>(`
    SELECT pid, substr(application_name, 8)::int AS number FROM pg_stat_activity
    WHERE application_name LIKE 'writer-%' AND application_name <> 'writer-${SPARED}' AND backend_xid IS NOT NULL AND xact_start < clock_timestamp() - interval '0.2 s'`);
  const [victim] = choice.pickSome(rows, 1);
  return victim ?? null;
}

function sum(processes: readonly Kept[]): Omit<Written, "killed" | "terminated"> {
  const lines = processes.flatMap(({ lines: each }) => each as readonly unknown[] as readonly WriterLine[]);
  const committed = lines.filter(({ msg }) => msg === "committed");
  const failures = lines.flatMap(({ reason }) => (reason === undefined || TERMINATED.test(reason) ? [] : [reason]));
  return {
    transactions: committed.length,
    records: committed.reduce((total, { records }) => total + records, 0),
    slow: committed.filter(({ ms }) => ms > SLOW_MS).length,
    longestMs: Math.max(0, ...committed.map(({ ms }) => ms)),
    failures: [...failures, ...processes.flatMap(({ deaths }) => deaths.map(({ lastWords }) => lastWords))],
  };
}
