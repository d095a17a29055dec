import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { StoredRecord } from "../record/common-record.ts";

const run = promisify(execFile);

/**
 * What another revision of the project makes of the records of a file, by their identifiers: it is checked out beside, and
 * run from its sources. Throws where this is no clone, or has no such revision.
 */
export async function recordsMappedAt(
  revision: string,
  file: string,
  folder: string,
): Promise<ReadonlyMap<string, StoredRecord>> {
  const packages = resolve("node_modules");
  if (!existsSync(join(packages, "tsx")))
    throw new Error("there is no node_modules/tsx here: run this in a clone, after npm ci");
  const tree = join(folder, "tree");
  await git("worktree", "add", "--detach", tree, revision);
  try {
    symlinkSync(packages, join(tree, "node_modules"), "junction");
    return await mapWith(tree, file);
  } finally {
    await git("worktree", "remove", "--force", tree);
  }
}

async function git(...args: readonly string[]): Promise<void> {
  try {
    await run("git", [...args]);
  } catch (cause) {
    const said = (cause as { readonly stderr?: string }).stderr?.trim() ?? String(cause);
    throw new Error(`git ${args.join(" ")}: ${said}`, { cause });
  }
}

async function mapWith(tree: string, file: string): Promise<ReadonlyMap<string, StoredRecord>> {
  const args = ["--import", "tsx", "src/cli/main.ts", "map", file, "--json"];
  const child = spawn(process.execPath, args, { cwd: tree, stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (text: Buffer) => {
    complaints += text.toString();
  });
  const ended = once(child, "close");
  const records = new Map<string, StoredRecord>();
  for await (const line of createInterface({ input: child.stdout })) {
    const { identifier, record } = JSON.parse(line) as { identifier: string; record: StoredRecord };
    records.set(identifier, record);
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`the other revision could not map the records: ${complaints.trim()}`);
  return records;
}
