import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../src/store/database.ts";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { startErrands } from "./errands.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server that the tests' databases are on. */
    postgres: { readonly url: string };
    /** Where `doErrand` goes. */
    errands: string;
  }
}

const PREFIX = "lienthong-test-";

/** One server for the whole run, in a folder of its own: several runs at a time do not know of each other. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env.TEST_DATABASE_URL;
  const server = named === undefined ? await startServer() : { url: named, stop: async () => {} };
  const template = `lienthong_template_${process.pid}_${Date.now().toString(36)}`;
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(`CREATE DATABASE ${template}`);
  const db = openDatabase(Object.assign(new URL(server.url), { pathname: template }).href);
  await migrateToLatest(db);
  await db.destroy();
  const errands = await startErrands(server.url, template);
  project.provide("postgres", { url: server.url });
  project.provide("errands", errands.origin);
  return async () => {
    await errands.close();
    await client.query(`DROP DATABASE ${template} WITH (FORCE)`);
    await client.end();
    await server.stop();
  };
}

async function startServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  await removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Where root runs the tests, another user runs the server, and has to get here.
  chmodSync(folder, 0o711);
  const server = await startEmbeddedPostgres({ folder });
  await relax(server.url);
  return {
    url: server.url,
    stop: async () => {
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Nobody keeps what tests write. */
async function relax(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const setting of ["fsync", "full_page_writes", "synchronous_commit", "autovacuum"]) {
    await client.query(`ALTER SYSTEM SET ${setting} = off`);
  }
  await client.query("SELECT pg_reload_conf()");
  await client.end();
}

/** Stops and removes the servers of runs that were killed. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(tmpdir(), name);
    try {
      await (await startEmbeddedPostgres({ folder })).release();
    } catch {
      // Killed before there was a server, or another user's: then removing fails as well, and harms nobody.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
