import { type Config, readConfig } from "../config.ts";
import { createServices } from "../create-services.ts";
import type { Services } from "../jobs/services.ts";
import { createLogger } from "../logger.ts";
import { createMetrics, type Metrics } from "../metrics/metrics.ts";
import { observeRequestTimes } from "../metrics/request-times.ts";
import { type OpenStore, openStore } from "../open-store.ts";
import { readHealthNumbers } from "../store/health.ts";
import { stopSignal, untilAborted } from "./signals.ts";

/** What a process that goes on until it is stopped works with. */
export interface Running {
  readonly config: Config;
  readonly store: OpenStore;
  readonly services: Services;
  readonly metrics: Metrics;
}

/** Service managers and containers kill after ten seconds; what hangs until then is lost either way, and comes again. */
const LAST_MOMENT_MS = 9_500;

/** Starts something, waits for SIGINT or SIGTERM, and stops it cleanly within ten seconds; a second signal ends it at once. */
export async function untilStopped(
  start: (running: Running) => Promise<{ stop(): Promise<void> }>,
  config: Config = readConfig(process.env),
): Promise<void> {
  const log = createLogger(config.logLevel);
  const stop = stopSignal();
  const store = await openStore(config);
  const metrics = createMetrics(() => readHealthNumbers(store.db, store.feed));
  const services = createServices(config, store.db, log, metrics.observe);
  observeRequestTimes(metrics.observe);
  try {
    const service = await start({ config, store, services, metrics });
    await untilAborted(stop);
    setTimeout(() => process.exit(), LAST_MOMENT_MS).unref();
    await service.stop();
  } finally {
    await services.http.close();
    await store.close();
  }
}
