import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const CHROMIUM = "/usr/bin/chromium";
const MOST_BYTES = 16 * 1024 * 1024;
const run = promisify(execFile);

/** False: there is no browser here, and tests that need one are skipped. */
export const browserPresent: boolean = existsSync(CHROMIUM);

/** Opens an address in a headless browser with a profile of its own; gives the document as it stands when all is loaded. */
export async function documentAt(url: string, flags: readonly string[] = []): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), "lienthong-browser-"));
  try {
    const fixed = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`, "--dump-dom"];
    const { stdout } = await run(CHROMIUM, [...fixed, ...flags, url], { maxBuffer: MOST_BYTES });
    return stdout;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
