import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openDatabase } from "../src/store/database.ts";
import { startEmbeddedPostgres } from "../src/store/embedded/embedded-postgres.ts";
import { migrateToLatest } from "../src/store/migrate.ts";

/** A PostgreSQL server for one bench, with its own settings untouched: what is committed is on the disk. */
export interface BenchServer {
  /** Makes an empty, migrated database and gives its URL. */
  createDatabase(): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  /** Stops the server and removes its folder. */
  close(): Promise<void>;
}

/** Starts the embedded PostgreSQL in a temporary folder. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), "lienthong-bench-"));
  chmodSync(folder, 0o711); // root cannot run PostgreSQL; the user who does has to get here
  const server = await startEmbeddedPostgres({ folder });
  return {
    createDatabase: async () => {
      const name = `bench_${randomBytes(4).toString("hex")}`;
      await query(server.url, `CREATE DATABASE ${name}`);
      const { href: url } = Object.assign(new URL(server.url), { pathname: name });
      const db = openDatabase(url);
      await migrateToLatest(db);
      await db.destroy();
      // a checkpoint in the middle of a run would make it dearer than the others
      await query(server.url, "CHECKPOINT");
      return url;
    },
    dropDatabase: (url) => query(server.url, `DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`),
    close: async () => {
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
