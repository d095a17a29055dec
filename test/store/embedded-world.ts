import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { inject } from "vitest";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import type { ServerUser } from "../../src/store/embedded/server-user.ts";
import { folderOfRun } from "../support/errands.ts";
import { sharedProgram } from "../support/shared-program.ts";

const POLL_MS = 20;
const USER = fileURLToPath(new URL("embedded-user.mjs", import.meta.url));
/** Where a program that was built has the module, and a clone made of it. */
const MODULE = "src/store/embedded/embedded-postgres.js";

const folders: string[] = [];
const children: ChildProcess[] = [];

/** A folder that other users may pass through, removed after the test. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lienthong-embedded-")));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

let made: Promise<string> | undefined;

/** A folder with the data of a server that ran and was stopped; made once and copied, for to make them takes two seconds. */
export async function newFolderWithData(): Promise<string> {
  made ??= makeData();
  const folder = newFolder();
  execFileSync("cp", ["-a", join(await made, "cluster"), folder]);
  return folder;
}

async function makeData(): Promise<string> {
  const folder = await folderOfRun(inject("errands"));
  await (await startEmbeddedPostgres({ folder })).release();
  return folder;
}

/** Ends what the test started and removes what it wrote, also where it failed halfway. */
export async function cleanUp(): Promise<void> {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) {
    for (const pid of processesIn(join(folder, "cluster", "data"))) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

/** A process that uses the embedded server of a folder, as the program is installed or in a `clone`; see `embedded-user.mjs`. */
export async function startUser(
  folder: string,
  { clone, user = {} }: { readonly clone?: string; readonly user?: ServerUser } = {},
): Promise<ChildProcess> {
  const module = join(clone ?? join((await sharedProgram()).folder, "dist"), MODULE);
  return track(spawn(process.execPath, [USER, module, folder], { stdio: ["pipe", "pipe", "inherit"], ...user }));
}

/** A process that does nothing until it is killed. */
export function idleProcess(user: ServerUser): ChildProcess {
  return track(spawn("sleep", ["3600"], { stdio: "ignore", ...user }));
}

function track(child: ChildProcess): ChildProcess {
  children.push(child);
  return child;
}

/** What a process says first. */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the process has no output");
  // `end` comes without a chunk
  const [chunk] = (await Promise.race([once(child.stdout, "data"), once(child.stdout, "end")])) as [Buffer?];
  if (chunk === undefined) throw new Error("the process ended without a word");
  return chunk.toString().trimEnd();
}

/** Waits for the end of a process and gives its exit code, `null` where it was killed. */
export async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

/** Asks one question on a connection of its own. */
export async function query(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Polls until it is so; the test's own time limit is the deadline. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

/** The number of the server's first process, as PostgreSQL wrote it down. */
export function postmasterOf(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Every process that works in the folder, as all of PostgreSQL's do. Linux tells; elsewhere the list is empty. */
export function processesIn(folder: string): readonly number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder;
      } catch {
        return false;
      }
    })
    .map(Number);
}
