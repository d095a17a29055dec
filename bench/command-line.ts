import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
/** The kernel's kB (proc(5)). */
const KIBIBYTE = 1024;
/** The kernel keeps the most memory a process ever had; it is asked this often, in milliseconds, as long as that runs. */
const LOOK_EVERY_MS = 100;

/**
 * Runs `lienthong` with these arguments and gives the most memory it had, in MB; `null` where there is no /proc. Throws
 * where it does not end with 0.
 */
export async function peakMemoryOf(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<number | null> {
  const program = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  program.stderr.on("data", (text: Buffer) => {
    complaints = (complaints + text.toString()).slice(-2_000);
  });
  let peakMb: number | null = null;
  const looking = setInterval(() => {
    peakMb = peakMbOf(program.pid ?? 0) ?? peakMb;
  }, LOOK_EVERY_MS);
  const [code] = await once(program, "exit");
  clearInterval(looking);
  if (code !== 0) throw new Error(`lienthong ${args.join(" ")} ended with ${code}: ${complaints}`);
  return peakMb;
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
