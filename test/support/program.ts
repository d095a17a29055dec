import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** The program as it is installed: JavaScript, in a folder of its own. */
export interface Program {
  /** Starts a command in a process of its own, with nothing of our environment but the path. */
  start(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess;
  /** Removes the folder. */
  remove(): void;
}

/**
 * Builds the program, types unchecked. Worth it for a test that starts it more than a few times: from TypeScript each
 * start takes more than a second longer, and sees what is being edited.
 */
export async function buildProgram(): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "lienthong-program-"));
  const dist = join(folder, "dist");
  const options = ["-p", "tsconfig.build.json", "--noCheck", "--sourceMap", "false", "--outDir", dist];
  await run(process.execPath, ["node_modules/typescript/bin/tsc", ...options], { cwd: ROOT });
  await run(process.execPath, ["build-assets.mjs", dist], { cwd: ROOT });
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    start: (args, environment) =>
      spawn(process.execPath, [join(dist, "src/cli/main.js"), ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
