import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ExportError } from "./export/errors.ts";

/** Service managers lose patience after ten seconds; ours is over before. */
const STOP_TIMEOUT_MS = 7_000;
/** Of what it says on standard error, its last words are wanted. */
const LAST_WORDS = 4_000;
/** Done, and done with records that a format cannot carry: both are whole dumps. */
const WHOLE = [0, 2];

/**
 * Makes a dump at that address as `lienthong export` does, in a process of its own with the settings of this one: at the lowest
 * priority, so that whoever asks the feed does not wait for it. `signal` ends it; it also ends with this process, however that
 * dies. Throws `ExportError` with its last words.
 */
export async function dumpInProcess(address: string, signal: AbortSignal): Promise<void> {
  const main = fileURLToPath(new URL("./cli/main.js", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, main, "export", "--tied", "--out", address], {
    // it sees the channel close when we are gone (src/cli/signals.ts)
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  }) as ChildProcessByStdio<null, null, Readable>; // its types know three of the four
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-LAST_WORDS);
  });
  child.once("spawn", () => lowerPriority(child));
  const letGo = () => endSoon(child);
  signal.addEventListener("abort", letGo, { once: true });
  if (signal.aborted) letGo();
  try {
    // not `close`: Node.js does not tell it of a process whose channel we have closed
    const [[code, killedBy]] = await Promise.all([once(child, "exit"), once(child.stderr, "close")]);
    if (!WHOLE.includes(code)) throw new ExportError(reasonOf(said, code, killedBy));
  } finally {
    signal.removeEventListener("abort", letGo);
  }
}

/** On Linux only the thread that exists already takes it, and those that it begins: it has begun none yet. */
function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // it has ended, or the system does not allow it: the dump is made all the same
  }
}

/** Without a signal: service managers send one to all processes at once, and the second would end it where it stands. */
function endSoon(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  const killing = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  child.once("exit", () => clearTimeout(killing));
}

function reasonOf(said: string, code: number | null, killedBy: string | null): string {
  const sentence = /^lienthong: (.+)$/ms.exec(said)?.[1]?.trim();
  if (sentence !== undefined) return sentence;
  if (killedBy === "SIGKILL") return "the export was killed (SIGKILL); was there too little memory?";
  return `the export ended with ${killedBy ?? `exit code ${code}`}; \`lienthong export\` by hand tells more`;
}
