import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import { print } from "./run-command.ts";

/** Editors write a file in several steps. */
const SETTLED_MS = 200;

/**
 * Tests at once, and again whenever a file below `folder` changes, until interrupted. Each test is a process of its own:
 * a module that has been loaded stays as it was.
 */
export async function watchAndRepeat(folder: string, names: readonly string[], update: boolean): Promise<void> {
  const changes = changesBelow(folder);
  for (;;) {
    await testOnce(["map", "test", ...names, "--folder", folder, ...(update ? ["--update"] : [])]);
    // what --update has written is no news
    if (update) await changes.forget();
    print(`\nwaiting for a change below ${folder}; Ctrl+C ends`);
    await changes.next();
  }
}

/** The changes below a folder since they were last asked for. */
function changesBelow(folder: string): { readonly next: () => Promise<void>; readonly forget: () => Promise<void> } {
  let seen = false;
  let wake = () => {};
  watch(folder, { recursive: true }, () => {
    seen = true;
    wake();
  });
  const forget = async () => {
    await setTimeout(SETTLED_MS);
    seen = false;
  };
  const next = async () => {
    if (!seen) await new Promise<void>((resolve) => (wake = resolve));
    await forget();
  };
  return { next, forget };
}

async function testOnce(args: readonly string[]): Promise<void> {
  const [, program = ""] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], { stdio: "inherit" });
  await once(child, "exit");
}

/** A built program does not see what was written since; it says so. */
export function warnIfOld(folder: string, crosswalks: readonly IncomingCrosswalk[]): void {
  const own = fileURLToPath(import.meta.url);
  if (own.endsWith(".ts")) return;
  const built = statSync(own).mtimeMs;
  const newer = crosswalks
    .map(({ id }) => join(folder, "incoming", id, "crosswalk.ts"))
    .filter((file) => existsSync(file) && statSync(file).mtimeMs > built);
  if (newer.length === 0) return;
  process.stderr.write(
    `lienthong: newer than this program, which was built before: ${newer.join(", ")}; npm run build, ` +
      "or run from source: node --import tsx src/cli/main.ts map test\n",
  );
}
