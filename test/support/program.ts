import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** The program as it is installed: JavaScript, in a folder of its own. */
export interface Program {
  readonly folder: string;
  /** Starts a command in a process of its own, with nothing of our environment but the path. */
  start(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): ChildProcessByStdio<Writable, Readable, Readable>;
}

/** A program that can be removed again. */
export interface BuiltProgram extends Program {
  remove(): void;
}

/**
 * Builds the program, types unchecked: from TypeScript each start takes half a second longer, and sees what is being
 * edited.
 */
export async function buildProgram(): Promise<BuiltProgram> {
  const folder = mkdtempSync(join(tmpdir(), "lienthong-program-"));
  // other users run it too
  chmodSync(folder, 0o755);
  const dist = join(folder, "dist");
  const options = ["-p", "tsconfig.build.json", "--noCheck", "--sourceMap", "false", "--outDir", dist];
  await run(process.execPath, ["node_modules/typescript/bin/tsc", ...options], { cwd: ROOT });
  await run(process.execPath, ["build-assets.mjs", dist], { cwd: ROOT });
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  return { ...programIn(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The program that was built into a folder. */
export function programIn(folder: string): Program {
  const main = join(folder, "dist/src/cli/main.js");
  return {
    folder,
    start: (args, environment) =>
      spawn(process.execPath, [main, ...args], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, ...environment },
        stdio: ["pipe", "pipe", "pipe"],
      }),
  };
}
