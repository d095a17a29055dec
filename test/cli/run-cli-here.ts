import { runCommandLine } from "../../src/cli/program.ts";
import type { Finished } from "./run-cli.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const STREAMS = ["stdout", "stderr"] as const;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in this process, one after the other: what it says and does is the same, and it begins ten times as
 * fast. For commands that ask and change the database; what is killed, waited for or given input is run by `runCli`.
 */
export async function runCliHere(args: readonly string[], environment: Environment = {}): Promise<Finished> {
  const finished = previous.then(() => runNow(args, environment));
  previous = finished.catch(() => {});
  return await finished;
}

async function runNow(args: readonly string[], environment: Environment): Promise<Finished> {
  const said = { stdout: "", stderr: "" };
  let exited: number | null = null;
  const { exitCode, exit } = process;
  const writes = STREAMS.map((name) => process[name].write);
  const listeners = SIGNALS.map((signal) => process.listeners(signal));
  const before = replaceEnvironment({ HARVEST_PRIVATE_NETWORKS: "127.0.0.1", ...environment });
  for (const name of STREAMS) {
    process[name].write = (chunk: string | Uint8Array) => {
      // a process that has ended says nothing more
      if (exited === null) said[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      return true;
    };
  }
  process.exitCode = undefined;
  process.exit = (code) => {
    exited ??= Number(code ?? 0);
    throw new Error("the command has ended");
  };
  try {
    await runCommandLine(args);
    return { code: exited ?? Number(process.exitCode ?? 0), ...said };
  } finally {
    for (const [index, name] of STREAMS.entries()) process[name].write = writes[index] ?? process[name].write;
    for (const [index, signal] of SIGNALS.entries()) {
      for (const listener of process.listeners(signal)) {
        if (listeners[index]?.includes(listener) !== true) process.off(signal, listener);
      }
    }
    process.exit = exit;
    process.exitCode = exitCode;
    replaceEnvironment(before);
  }
}

/** Nothing of our environment but the path and `next`. Returns what it was. */
function replaceEnvironment(next: Environment): Environment {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name !== "PATH") delete process.env[name];
  for (const [name, value] of Object.entries(next)) if (value !== undefined) process.env[name] = value;
  return before;
}
