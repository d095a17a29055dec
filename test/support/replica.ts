import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";

/** A server that repeats what is committed on another one, as it streams in. */
export interface Replica {
  /** Of the same database as the primary's. */
  readonly url: string;
  /** Stands still, as one that is overloaded or cut off, until `resume`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops the server and removes its folder. */
  close(): Promise<void>;
}

const SLOT = "lienthong_replica";
/** What a copy of a data folder must not have (https://www.postgresql.org/docs/18/continuous-archiving.html, 25.3.4.4). */
const LEFT_OUT =
  /^(\.\.\/server\.log.*|postmaster\.(pid|opts)|(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.*|.*pgsql_tmp.*|pg_internal\.init.*)$/;

/**
 * Makes a streaming replica of an embedded server of this machine and starts it, by PostgreSQL's low-level backup API: the npm
 * package has no `pg_basebackup`. `primaryUrl` is its superuser's.
 */
export async function startReplica(primaryUrl: string): Promise<Replica> {
  // a name that the next run of the tests knows, should this one be killed: see postgres.ts
  const folder = mkdtempSync(join(tmpdir(), `lienthong-test-${process.pid}-`));
  chmodSync(folder, 0o711); // root cannot run PostgreSQL; the user who does has to get here
  const cluster = join(folder, "cluster");
  await copyCluster(primaryUrl, cluster);
  const server = await startEmbeddedPostgres({ folder });
  const ask = (statement: string) => query(server.url, statement);
  return {
    url: Object.assign(new URL(server.url), { pathname: new URL(primaryUrl).pathname }).href,
    pause: async () => await ask("SELECT pg_wal_replay_pause()"),
    resume: async () => await ask("SELECT pg_wal_replay_resume()"),
    close: async () => {
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function copyCluster(primaryUrl: string, cluster: string): Promise<void> {
  const client = new pg.Client(primaryUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    const source = rows[0]?.data_directory ?? "";
    // keeps what is written from now on until the replica has it
    await client.query("SELECT pg_create_physical_replication_slot($1, true)", [SLOT]);
    await client.query("SELECT pg_backup_start('replica', true)");
    cpSync(dirname(source), cluster, { recursive: true, filter: (path) => !LEFT_OUT.test(relative(source, path)) });
    const stopped = await client.query<{ labelfile: string }>("SELECT labelfile FROM pg_backup_stop(false)");
    const data = join(cluster, "data");
    writeFileSync(join(data, "backup_label"), stopped.rows[0]?.labelfile ?? "");
    writeFileSync(join(data, "standby.signal"), "");
    appendFileSync(join(data, "postgresql.auto.conf"), streamingFrom(primaryUrl));
    for (const name of ["pg_wal", "pg_replslot", "pg_notify", "pg_dynshmem", "pg_serial", "pg_snapshots"])
      mkdirSync(join(data, name), { recursive: true, mode: 0o700 });
    giveAll(cluster, statSync(source));
  } finally {
    await client.end();
  }
}

function streamingFrom(primaryUrl: string): string {
  const { hostname, port, username, password } = new URL(primaryUrl);
  const address = `host=${hostname} port=${port} user=${username} password=${password}`;
  return `\nprimary_conninfo = '${address} application_name=replica'\nprimary_slot_name = '${SLOT}'\nhot_standby_feedback = on\nwal_retrieve_retry_interval = 100ms\n`;
}

/** PostgreSQL wants its files to be those of who runs it. */
function giveAll(path: string, { uid, gid }: { readonly uid: number; readonly gid: number }): void {
  chownSync(path, uid, gid);
  if (!statSync(path).isDirectory()) return;
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) giveAll(join(path, name), { uid, gid });
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
