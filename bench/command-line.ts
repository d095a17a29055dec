import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cpuOfFamily } from "./measure.ts";

const PROGRAM = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
/** The kernel's kB (proc(5)). */
const KIBIBYTE = 1024;
/** The kernel keeps the most memory a process ever had; it is asked this often, in milliseconds, as long as that runs. */
const LOOK_EVERY_MS = 100;

/** What a command came to. */
export interface CommandCost {
  readonly wallMs: number;
  /** The most memory it had, in MB; `null` where there is no /proc. */
  readonly peakMb: number | null;
  /** User and system time as last seen, at most a tenth of a second before its end. */
  readonly cpuUs: number;
}

/** Runs `lienthong` with these arguments and tells what that took. Throws where it does not end with 0. */
export async function costOfCommand(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<CommandCost> {
  const began = performance.now();
  const program = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  program.stderr.on("data", (text: Buffer) => {
    complaints = (complaints + text.toString()).slice(-2_000);
  });
  let peakMb: number | null = null;
  let cpuUs = 0;
  const looking = setInterval(() => {
    peakMb = peakMbOf(program.pid ?? 0) ?? peakMb;
    cpuUs = Math.max(cpuUs, cpuOfFamily(program.pid ?? 0));
  }, LOOK_EVERY_MS);
  const [code] = await once(program, "exit");
  clearInterval(looking);
  if (code !== 0) throw new Error(`lienthong ${args.join(" ")} ended with ${code}: ${complaints}`);
  return { wallMs: performance.now() - began, peakMb, cpuUs };
}

/** VmHWM of proc(5); a process that has just ended has none any more. */
function peakMbOf(pid: number): number | null {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return line === null ? null : (Number(line[1]) * KIBIBYTE) / 1e6;
  } catch {
    return null;
  }
}
