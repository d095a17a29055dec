import { readConfig } from "../config.ts";
import { createServices } from "../create-services.ts";
import { createLogger } from "../logger.ts";
import { serve } from "../main.ts";
import { openStore } from "../open-store.ts";
import { stopSignal, untilAborted } from "./signals.ts";
import { tokenSecret } from "./token-secret.ts";

/** `lienthong serve`: runs until SIGINT or SIGTERM, then stops cleanly. */
export async function serveCommand(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const stop = stopSignal();
  const store = await openStore(config);
  const services = createServices(config, store.db, log);
  try {
    const service = await serve(config, tokenSecret(config), store, services);
    await untilAborted(stop);
    await service.stop();
  } finally {
    await services.http.close();
    await store.close();
  }
}
