import { readdirSync, readFileSync } from "node:fs";
import type pg from "pg";

/** What some work cost. CPU times are in microseconds and count user and system time. */
export interface Cost {
  readonly wallMs: number;
  readonly nodeUs: number;
  /** `null` where it cannot be had: no /proc, or PostgreSQL on another machine. */
  readonly postgresUs: number | null;
  readonly walBytes: number;
}

/** Linux counts CPU time in hundredths of a second for every program (proc(5)). */
const TICK_US = 10_000;

/** Does `work` and tells what it cost this process and the PostgreSQL server behind `pool`. */
export async function measure(pool: pg.Pool, work: () => Promise<void>): Promise<Cost> {
  const server = await findPostmaster(pool);
  const walBefore = await walPosition(pool);
  const postgresBefore = server === null ? null : cpuOfFamily(server);
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const cpu = process.cpuUsage(cpuBefore);
  const wallMs = performance.now() - began;
  const postgresUs = server === null || postgresBefore === null ? null : cpuOfFamily(server) - postgresBefore;
  return { wallMs, nodeUs: cpu.user + cpu.system, postgresUs, walBytes: (await walPosition(pool)) - walBefore };
}

/** The process number of the server's first process, whose children the others are. */
export async function findPostmaster(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const backend = readStat(rows[0]?.pid ?? 0);
  return backend?.parent ?? null;
}

/** CPU time of a process, of its children, and of those of them that have ended. */
export function cpuOfFamily(parent: number): number {
  const own = readStat(parent);
  if (own === null) return 0;
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readStat(Number(pid)))
    .filter((stat) => stat?.parent === parent);
  return children.reduce((sum, child) => sum + (child?.ownUs ?? 0), own.ownUs + own.endedChildrenUs);
}

/** The middle one; of two in the middle the smaller. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

async function walPosition(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query("SELECT (pg_current_wal_insert_lsn() - '0/0')::float8 AS bytes");
  return rows[0]?.bytes;
}

/** The fields of /proc/<pid>/stat that matter; the name before them may hold blanks and brackets. */
function readStat(pid: number) {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null; // ended meanwhile, or no Linux
  }
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [, parent = 0] = fields;
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  return { parent, ownUs: (user + system) * TICK_US, endedChildrenUs: (endedUser + endedSystem) * TICK_US };
}
