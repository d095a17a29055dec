import { readConfig } from "../config.ts";
import { startWorker } from "../work.ts";
import { untilStopped } from "./until-stopped.ts";

/** `lienthong worker`: harvests what others queue, and makes dumps where it has a place for them, until SIGINT or SIGTERM. */
export async function workerCommand(): Promise<void> {
  const config = readConfig(process.env);
  if (config.harvestWorkers === 0 && config.exportTo === null)
    throw new Error("HARVEST_WORKERS is 0: there is nothing for a worker to do");
  await untilStopped(({ store, services, metrics }) => startWorker(config, store, services, metrics), config);
}
