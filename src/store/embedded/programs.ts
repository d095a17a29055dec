import { spawnSync } from "node:child_process";
import type { Binaries } from "./binaries.ts";
import { hasCode, NoEmbeddedPostgres } from "./failures.ts";
import type { ServerUser } from "./server-user.ts";

/** How one of PostgreSQL's programs is to be run. */
export interface ProgramContext {
  readonly user: ServerUser;
  readonly binaries: Binaries;
  /** Working folder: our own may be closed to the user. */
  readonly folder: string;
}

/** Runs a program of PostgreSQL to its end; `output` is what it said. Throws `NoEmbeddedPostgres` where it cannot run. */
export function runProgram(
  program: string,
  args: readonly string[],
  { user, binaries, folder }: ProgramContext,
): { readonly status: number | null; readonly output: string } {
  const result = spawnSync(program, args, { ...user, cwd: folder, env: binaries.environment, encoding: "utf8" });
  if (result.error !== undefined) throw notRunnable(program, result.error);
  return { status: result.status, output: `${result.stderr}${result.stdout}` };
}

/** The file is there but the system does not run it: musl (Alpine) has no loader for glibc programs, for instance. */
export function notRunnable(program: string, error: unknown): Error {
  if (hasCode(error, "ENOENT", "ENOEXEC", "EACCES")) {
    return new NoEmbeddedPostgres(
      `this system cannot run the embedded PostgreSQL (${program}); it needs glibc, which Alpine Linux has not: set DATABASE_URL to a PostgreSQL server`,
      { cause: error },
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** Whether there is a process of that number, whosever it is. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
