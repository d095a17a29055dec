import type { FastifyInstance } from "fastify";
import { startBackground } from "./background.ts";
import type { Config } from "./config.ts";
import { dumpPlan } from "./dump-plan.ts";
import { healthRoutes } from "./http/health-routes.ts";
import { createServer } from "./http/server.ts";
import type { Services } from "./jobs/services.ts";
import { closeServer, listen, localUrl } from "./listen.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { OpenStore } from "./open-store.ts";
import { databaseProblem } from "./store/health.ts";

/** A worker that is up. */
export interface RunningWorker {
  /** Where it tells how it fares; `null`: nowhere. */
  readonly url: string | null;
  /** Takes nothing new, stores the pages in hand, gives the leases back. */
  stop(): Promise<void>;
}

/**
 * Starts a process that harvests, and makes dumps where it has a place for them; closing the store is the caller's. It may come and
 * go at any time. Throws `ExportError` where dumps are to go where nobody can sign in.
 */
export async function startWorker(
  config: Config,
  store: OpenStore,
  services: Services,
  metrics: Metrics,
): Promise<RunningWorker> {
  const { log } = services;
  const dumps = dumpPlan(config);
  let started = false;
  const problem = async () => (await databaseProblem(store.db)) ?? (started ? null : "the job queue has not started");
  const server = await healthServer(config, services, metrics, problem);
  const background = await startBackground({ ...config, scheduler: false }, store, services, dumps);
  started = true;
  const url = server === null ? null : localUrl(server, config.workerPort ?? 0);
  log.info({ workers: config.harvestWorkers, database: store.place, url }, "working");
  return {
    url,
    stop: async () => {
      await Promise.all([background.stop(), server === null ? null : closeServer(server)]);
      log.info("stopped");
    },
  };
}

async function healthServer(
  { host, workerPort, metricsToken }: Config,
  { log }: Services,
  metrics: Metrics,
  problem: () => Promise<string | null>,
): Promise<FastifyInstance | null> {
  if (workerPort === null) return null;
  const server = createServer({ logger: log.child({ room: "http" }, { level: "warn" }) });
  await server.register(healthRoutes({ problem, metrics: metrics.render, metricsToken }));
  await listen(server, { host, port: workerPort });
  return server;
}
