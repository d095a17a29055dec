import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { sharedProgram } from "../support/shared-program.ts";

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the program as a person does: in a process of its own, with nothing of our environment but the path. Repositories
 * on this machine may be asked. `input` comes on standard input.
 */
export async function runCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  watch: (child: ChildProcess) => void = () => {},
  input = "",
): Promise<Finished> {
  const child = (await sharedProgram()).start(args, { HARVEST_PRIVATE_NETWORKS: "127.0.0.1", ...environment });
  child.stdin.end(input);
  const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
  watch(child);
  const [code] = await once(child, "close");
  return { code, stdout: stdout(), stderr: stderr() };
}

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
