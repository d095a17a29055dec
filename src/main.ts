import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { outgoingCrosswalks } from "../mappings/index.ts";
import type { Config } from "./config.ts";
import { fileRoute } from "./http/file-route.ts";
import { oaiRoutes } from "./http/oai-routes.ts";
import { createServer } from "./http/server.ts";
import { enqueueDue, workOnHarvest } from "./jobs/due.ts";
import type { Services } from "./jobs/services.ts";
import type { OpenStore } from "./open-store.ts";
import { portalRoutes } from "./portal/routes.ts";
import { createProvider } from "./provider/provider.ts";
import { type Queue, startQueue } from "./queue/queue.ts";
import { everyMinute } from "./schedule/cron.ts";
import { VERSION } from "./version.ts";

/** The schema of the format that only we serve; its address stands in ListMetadataFormats. */
const CR_SCHEMA = {
  path: "/schema/cr.xsd",
  type: "text/xml; charset=utf-8",
  content: readFileSync(new URL("../mappings/outgoing/cr/cr.xsd", import.meta.url)),
};

/** A server that is up. */
export interface RunningService {
  /** Where it answers on this machine, e.g. `http://localhost:3000`. */
  readonly url: string;
  /** Stops in the reverse order of starting: no new requests, no new jobs, the pages in hand are stored. */
  stop(): Promise<void>;
}

/** Starts queue, scheduler and web server on a store that is open; closing the store is the caller's. */
export async function serve(
  config: Config,
  secret: string,
  store: OpenStore,
  services: Services,
): Promise<RunningService> {
  const { log } = services;
  // the web server first: a port that is taken must stop everything before there is anything to stop
  const server = await startServer(config, secret, store, log);
  const queue = await startQueue(store.pool, log);
  const stopping = new AbortController();
  await queue.workHarvests(config.harvestWorkers, (job) => handle(services, queue, job, stopping.signal));
  const ticks = config.scheduler ? startScheduler(services, queue) : null;
  const url = localUrl(server, config);
  log.info({ url, database: store.place }, "serving");
  return {
    url,
    stop: async () => {
      await server.close();
      await ticks?.stop();
      stopping.abort();
      await queue.stop();
      log.info("stopped");
    },
  };
}

async function handle(
  services: Services,
  queue: Queue,
  job: Parameters<typeof workOnHarvest>[2],
  signal: AbortSignal,
): Promise<void> {
  try {
    await workOnHarvest(services, queue, job, signal);
  } catch (err) {
    services.log.error({ err, repositoryId: job.repositoryId }, "harvest job failed");
    throw err;
  }
}

function startScheduler(services: Services, queue: Queue) {
  const tick = async () => {
    await enqueueDue(services, queue, new Date()).catch((err: unknown) =>
      services.log.error({ err }, "due repositories could not be queued"),
    );
  };
  // a server that starts does not wait for the next full minute
  void tick();
  return everyMinute(tick);
}

async function startServer(config: Config, secret: string, store: OpenStore, log: Logger): Promise<FastifyInstance> {
  const server = createServer({
    logger: log.child({ room: "http" }, { level: config.logLevel === "debug" ? "debug" : "warn" }),
  });
  const publicUrl = () => config.publicUrl ?? localUrl(server, config);
  let provider: ReturnType<typeof createProvider> | null = null;
  const answer = async (query: string) => {
    // the port may be known only once the server listens, and Identify must tell it
    provider ??= createProvider({
      db: store.db,
      baseUrl: `${publicUrl()}/oai`,
      domain: config.domain,
      repositoryName: config.repositoryName,
      adminEmails: [config.adminEmail],
      pageSize: config.pageSize,
      tokenSecret: secret,
      formats: outgoingCrosswalks,
      productVersion: VERSION,
    });
    return await provider.answer(query);
  };
  await server.register(oaiRoutes(answer));
  await server.register(fileRoute(CR_SCHEMA));
  await server.register(
    portalRoutes({ db: store.db, name: config.repositoryName, oaiUrl: () => `${publicUrl()}/oai` }),
  );
  await listen(server, config);
  return server;
}

async function listen(server: FastifyInstance, { port, host }: Config): Promise<void> {
  try {
    await server.listen({ port, host });
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const advice = taken ? "it is taken; PORT=… chooses another" : String(cause);
    throw new Error(`the web server cannot listen on port ${port} of ${host}: ${advice}`, { cause });
  }
}

function localUrl(server: FastifyInstance, config: Config): string {
  const address = server.server.address();
  const port = address !== null && typeof address === "object" ? address.port : config.port;
  return `http://localhost:${port}`;
}
