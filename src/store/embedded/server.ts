import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, readlinkSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Cluster } from "./cluster.ts";
import { EmbeddedPostgresFailure } from "./failures.ts";
import { isProcessAlive, notRunnable, runProgram } from "./programs.ts";
import { giveTo } from "./server-user.ts";

/** A server that runs on a cluster, or is about to. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

const POLL_MS = 20;
/** A server that is told to stop ends its connections and writes a checkpoint; on a slow disk that takes a while. */
const STOP_DEADLINE_MS = 60_000;
const LOG_LIMIT_BYTES = 10_000_000;
/** Another starter was faster, or the port was taken since we looked, or the last one's processes are still ending. */
const WORTH_ANOTHER_TRY = /postmaster\.pid" already exists|could not bind|shared memory block .* still in use/;

/** Settings that differ from PostgreSQL's own; they stand here and not in the folder, so that they change with the program. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=100",
  "shared_buffers=128MB",
  "timezone=UTC",
  "log_timezone=UTC",
  "log_checkpoints=off",
  // A statement may carry a whole record; its error is told to whoever sent it.
  "log_min_error_statement=panic",
];

/** The server that runs on the cluster, or `null`: its pid file may be left over and its pid be somebody else's now. */
export function findServer(cluster: Cluster): RunningServer | null {
  const lines = readPidFile(cluster)?.split("\n") ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0 || !(port > 0)) return null;
  return isServerOf(cluster, pid) ? { pid, port } : null;
}

/**
 * Starts a server, as a process that outlives ours; PostgreSQL itself sees to it that there is one a cluster, however
 * many try. Ends when it is ready, or when another try may help. Throws `EmbeddedPostgresFailure`, `NoEmbeddedPostgres`.
 */
export async function startServer(cluster: Cluster, wantedPort: number | null): Promise<void> {
  removeLeftPidFile(cluster);
  limitLog(cluster.log);
  const port = wantedPort ?? (await freePort());
  const log = openSync(cluster.log, "a", 0o600);
  giveTo(cluster.user, cluster.log);
  const begin = statSync(cluster.log).size;
  const settings = [`port=${port}`, ...SETTINGS].flatMap((setting) => ["-c", setting]);
  const server = spawn(cluster.binaries.postgres, ["-D", cluster.data, ...settings], {
    ...cluster.user,
    cwd: cluster.data,
    env: cluster.binaries.environment,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  server.unref();
  let ended = false;
  const failed = once(server, "error").then(([error]) => {
    throw notRunnable(cluster.binaries.postgres, error);
  });
  server.once("exit", () => {
    ended = true;
  });
  while (!ended && !isReady(cluster, server.pid)) await Promise.race([failed, delay(POLL_MS)]);
  if (!ended || findServer(cluster) !== null) return;
  const said = readFileSync(cluster.log).subarray(begin).toString("utf8").trim();
  if (WORTH_ANOTHER_TRY.test(said)) return await delay(POLL_MS);
  throw new EmbeddedPostgresFailure(`PostgreSQL did not start on ${cluster.data}: ${said}`);
}

/** Stops the server at once but orderly, and returns when its process has ended. Throws `EmbeddedPostgresFailure`. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const server = findServer(cluster);
  if (server === null) return;
  // "INT" is PostgreSQL's fast shutdown; its own program can send it on Windows too.
  const context = { ...cluster, folder: cluster.data };
  const { status, output } = runProgram(cluster.binaries.pgCtl, ["kill", "INT", String(server.pid)], context);
  const deadline = Date.now() + STOP_DEADLINE_MS;
  while (status === 0 && isServerOf(cluster, server.pid)) {
    if (Date.now() > deadline) break;
    await delay(POLL_MS);
  }
  if (isServerOf(cluster, server.pid)) {
    throw new EmbeddedPostgresFailure(`PostgreSQL (process ${server.pid}) does not stop: ${output.trim()}`);
  }
}

function readPidFile(cluster: Cluster): string | null {
  try {
    return readFileSync(pidFile(cluster), "utf8");
  } catch {
    return null;
  }
}

function pidFile(cluster: Cluster): string {
  return join(cluster.data, "postmaster.pid");
}

/** Line 8 of postmaster.pid is the server's state. */
function isReady(cluster: Cluster, pid: number | undefined): boolean {
  const lines = readPidFile(cluster)?.split("\n") ?? [];
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

/** A living process of that number is ours if it works in our data folder: PostgreSQL changes into it and stays there. */
function isServerOf(cluster: Cluster, pid: number): boolean {
  if (!isProcessAlive(pid)) return false;
  if (process.platform === "win32") return true;
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-ww", "-p", String(pid), "-o", "args="], { encoding: "utf8" });
    return stdout.includes(cluster.data);
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster.data;
  } catch {
    return false;
  }
}

/**
 * A pid file whose pid now belongs to another process keeps PostgreSQL from starting (common in containers, where pids
 * are few). It is moved away first: if somebody started a server since we looked, it is theirs and goes back.
 */
function removeLeftPidFile(cluster: Cluster): void {
  const judged = readPidFile(cluster);
  if (judged === null || findServer(cluster) !== null) return;
  const aside = `${pidFile(cluster)}.${process.pid}`;
  try {
    renameSync(pidFile(cluster), aside);
  } catch {
    return; // somebody else removed it
  }
  if (readFileSync(aside, "utf8") === judged) rmSync(aside);
  else renameSync(aside, pidFile(cluster));
}

function limitLog(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(log, `${dirname(log)}/server.log.old`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string")
    throw new EmbeddedPostgresFailure("no port is free on 127.0.0.1");
  return address.port;
}
