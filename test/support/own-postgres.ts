import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { openPool } from "../../src/store/database.ts";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";

/** A PostgreSQL server that a test has for itself, with its settings untouched: what is committed is on the disk. */
export interface OwnPostgres {
  readonly url: string;
  readonly pool: pg.Pool;
  /**
   * Stops the server, and returns when it is there again; whoever waited for it may have been quicker. `orderly`: as an
   * operator restarts it. `immediate`: as if the machine had lost its power.
   */
  restart(how: "orderly" | "immediate"): Promise<void>;
  /** Stops the server and removes its folder. */
  close(): Promise<void>;
}

const POLL_MS = 20;
/** PostgreSQL's fast and immediate shutdown. */
const SIGNALS = { orderly: "SIGINT", immediate: "SIGQUIT" } as const;

/** Starts the embedded server in a temporary folder. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  // a name that the next run knows, should this one be killed: see postgres.ts
  const folder = mkdtempSync(join(tmpdir(), `lienthong-test-${process.pid}-`));
  chmodSync(folder, 0o711); // root cannot run PostgreSQL; the user who does has to get here
  const server = await startEmbeddedPostgres({ folder });
  const pool = openPool(server.url);
  const { rows } = await pool.query<{ data_directory: string }>("SHOW data_directory");
  const pidFile = `${rows[0]?.data_directory}/postmaster.pid`;
  return {
    url: server.url,
    pool,
    restart: async (how) => {
      const before = postmaster(pidFile);
      if (before === null) throw new Error("the server of the test does not run");
      process.kill(before, SIGNALS[how]);
      // who has started the embedded server starts it again
      const isBack = async () => ![before, null].includes(postmaster(pidFile)) && (await answers(pool));
      while (!(await isBack())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    },
    close: async () => {
      await pool.end();
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server's first process, as it wrote it down itself; `null` where there is none. */
function postmaster(pidFile: string): number | null {
  try {
    return Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  } catch {
    return null;
  }
}

async function answers(pool: pg.Pool): Promise<boolean> {
  return await pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
}
