import type { Logger } from "pino";
import { type Config, readConfig } from "../config.ts";
import type { OpenStore } from "../open-store.ts";
import { type Cell, textTable } from "./text-table.ts";

/** What a command that works on the store is given. */
export interface CommandContext extends OpenStore {
  readonly config: Config;
  readonly log: Logger;
}

/** Runs a command on the open store and closes it whatever happens. */
export async function withStore<Result>(
  work: (context: CommandContext) => Promise<Result>,
  options: { readonly migrate?: boolean } = {},
): Promise<Result> {
  // loaded here, so that commands without a database need not wait for its library
  const { openStore } = await import("../open-store.ts");
  const config = readConfig(process.env);
  const log = await commandLogger(config);
  const store = await openStore(config, options);
  try {
    return await work({ ...store, config, log });
  } finally {
    await store.close();
  }
}

/** The log of a command that a person started: on standard error, and only warnings unless LOG_LEVEL says otherwise. */
export async function commandLogger(config: Config): Promise<Logger> {
  const [{ createLogger }, { pino }] = await Promise.all([import("../logger.ts"), import("pino")]);
  return createLogger(process.env.LOG_LEVEL === undefined ? "warn" : config.logLevel, pino.destination(2));
}

/** Writes a result for a person or a pipe, to standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Prints a table; on a terminal that is too narrow for it, as blocks. */
export function printTable(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  print(textTable(head, rows, process.stdout.columns));
}
