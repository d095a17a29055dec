import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { isOutage } from "../outage.ts";
import { type Cluster, SUPERUSER } from "./cluster.ts";
import { EmbeddedPostgresFailure, hasCode } from "./failures.ts";
import { findServer, type RunningServer, startServer, stopServer } from "./server.ts";

/** The database that the program works in; the membership itself is in PostgreSQL's own. */
const DATABASE = "lienthong";
/** Held shared by every user of the server, and exclusively by the one who stops it. PostgreSQL frees a dead user's. */
const USERS_LOCK = 0x0a11;
/** Long enough to recover from a crash by replaying the write-ahead log. */
const START_DEADLINE_MS = 120_000;
const POLL_MS = 20;

/** We are among the users of a server, as long as the connection lives. */
export interface Membership {
  readonly client: pg.Client;
  readonly port: number;
}

/**
 * Becomes a user of the cluster's server and starts it where it does not run; `port` is where it must answer, if that
 * matters. Throws `EmbeddedPostgresFailure` and `NoEmbeddedPostgres`.
 */
export async function joinServer(cluster: Cluster, port: number | null): Promise<Membership> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (let lastError: unknown; ; await delay(POLL_MS)) {
    const server = findServer(cluster);
    if (server === null) await startServer(cluster, port);
    else {
      try {
        return { client: await enter(cluster, server), port: server.port };
      } catch (error) {
        if (!isPassing(error)) throw error;
        lastError = error;
      }
    }
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresFailure(`PostgreSQL on ${cluster.data} does not answer: see ${cluster.log}`, {
        cause: lastError,
      });
    }
  }
}

/** Ends the membership; who finds nobody else there stops the server. Throws `EmbeddedPostgresFailure`. */
export async function leaveServer(cluster: Cluster, { client }: Membership): Promise<void> {
  try {
    await client.query("SELECT pg_advisory_unlock_shared($1)", [USERS_LOCK]);
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS last", [USERS_LOCK]);
    // Whoever comes now waits for our lock, loses the connection with the server and starts it anew.
    if (rows[0]?.last === true) await stopServer(cluster);
  } catch (error) {
    if (!isPassing(error)) throw error; // gone already: another last user stopped it between our two questions
  } finally {
    await client.end();
  }
}

/** Where the program's database is, password included. */
export function databaseUrl(cluster: Cluster, port: number): string {
  return `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${DATABASE}`;
}

async function enter(cluster: Cluster, server: RunningServer): Promise<pg.Client> {
  const { password } = cluster;
  const address = { host: "127.0.0.1", port: server.port, user: SUPERUSER, password, database: "postgres" };
  const client = new pg.Client({ ...address, application_name: "lienthong user" });
  client.on("error", () => {}); // told by "end" too, and by the query that meets it
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock_shared($1)", [USERS_LOCK]);
    await ensureDatabase(client);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
  if (rowCount !== 0) return;
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    // duplicate_database, unique_violation: another process made it just now
    if (!hasCode(error, "42P04", "23505")) throw error;
  }
}

/** The server is starting, stopping or full, or the connection broke: asking again will tell. */
function isPassing(error: unknown): boolean {
  return isOutage(error) || hasCode(error, "53300", "55006");
}
