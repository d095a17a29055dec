import type { Logger } from "pino";
import { type Config, readConfig } from "../config.ts";
import type { OpenStore } from "../open-store.ts";

/** What a command that works on the store is given. */
export interface CommandContext extends OpenStore {
  readonly config: Config;
  readonly log: Logger;
}

/** Runs a command on the open store and closes it whatever happens. Logs go to standard error, results to standard output. */
export async function withStore<Result>(
  work: (context: CommandContext) => Promise<Result>,
  options: { readonly migrate?: boolean } = {},
): Promise<Result> {
  const [{ openStore }, { createLogger }, { pino }] = await Promise.all([
    import("../open-store.ts"),
    import("../logger.ts"),
    import("pino"),
  ]);
  const config = readConfig(process.env);
  const log = createLogger(process.env.LOG_LEVEL === undefined ? "warn" : config.logLevel, pino.destination(2));
  const store = await openStore(config, options);
  try {
    return await work({ ...store, config, log });
  } finally {
    await store.close();
  }
}

/** Writes a result for a person or a pipe. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}
