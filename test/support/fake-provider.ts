import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedFolder } from "./shared.ts";

/** The fake provider of ../shared, running. */
export interface FakeProvider {
  readonly origin: string;
  stop(): void;
}

/** Starts it on a free port and waits until it answers; `flags` stand at the head of its source. */
export async function startFakeProvider(...flags: readonly string[]): Promise<FakeProvider> {
  const port = await freePort();
  const child = run(...flags, "--port", String(port));
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the fake provider ended with ${code}`);
  });
  ended.catch(() => {}); // it is stopped sooner or later
  await Promise.race([once(child.stdout ?? child, "data"), ended]);
  return { origin: `http://127.0.0.1:${port}`, stop: () => void child.kill("SIGKILL") };
}

/** What a record is in truth, as the fake provider writes it down itself. */
export interface FakeRecord {
  readonly id: string;
  readonly deleted: boolean;
}

/** All the records that it has with these flags. */
export async function recordsOfFakeProvider(...flags: readonly string[]): Promise<readonly FakeRecord[]> {
  const folder = mkdtempSync(join(tmpdir(), "lienthong-fake-"));
  try {
    const file = join(folder, "dump.jsonl");
    const [code] = await once(run(...flags, "--dump", file), "exit");
    if (code !== 0) throw new Error(`the fake provider ended with ${code}`);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as FakeRecord);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(...args: readonly string[]): ChildProcess {
  if (sharedFolder === null) throw new Error("../shared is not here: skip the test where sharedFolder is null");
  const tool = `${sharedFolder}tools/fake-provider.mjs`;
  return spawn(process.execPath, [tool, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free on 127.0.0.1");
  return address.port;
}
