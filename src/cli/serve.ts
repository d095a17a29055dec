import { letHeapGrow } from "../heap.ts";
import { serve } from "../main.ts";
import { tokenSecret } from "../token-secret.ts";
import { untilStopped } from "./until-stopped.ts";

/** `lienthong serve`: runs until SIGINT or SIGTERM, then stops cleanly. */
export async function serveCommand(): Promise<void> {
  await untilStopped(({ config, store, services, metrics }) => {
    if (config.harvestWorkers === 0) letHeapGrow();
    return serve(config, tokenSecret(config), store, services, metrics);
  });
}
