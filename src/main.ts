import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import type { Logger } from "pino";
import { outgoingCrosswalks } from "../mappings/index.ts";
import { apiRoutes } from "./api/routes.ts";
import { startBackground } from "./background.ts";
import type { Config } from "./config.ts";
import { countConsumers } from "./count-consumers.ts";
import { dumpPlan } from "./dump-plan.ts";
import { explainRecord } from "./explain-record.ts";
import { fileRoute } from "./http/file-route.ts";
import { healthRoutes } from "./http/health-routes.ts";
import { oaiRoutes } from "./http/oai-routes.ts";
import type { ObserveAnswer } from "./http/observe-answers.ts";
import { createServer } from "./http/server.ts";
import { presentQuerySets } from "./jobs/query-sets.ts";
import type { Services } from "./jobs/services.ts";
import { closeServer, listen, localUrl } from "./listen.ts";
import { createMetrics, type Metrics } from "./metrics/metrics.ts";
import type { OpenStore } from "./open-store.ts";
import { type Counts, createCounts } from "./portal/counts.ts";
import { portalRoutes } from "./portal/routes.ts";
import { explainToken } from "./provider/explain-token.ts";
import { createProvider } from "./provider/provider.ts";
import { databaseProblem, readHealthNumbers } from "./store/health.ts";
import { assertReplica } from "./store/replica.ts";
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
  /** No new requests, no new jobs; answers and pages in hand are finished. */
  stop(): Promise<void>;
}

/**
 * Starts web server, queue, workers and scheduler on a store that is open; closing the store is the caller's. Throws
 * `NoReplica` where the feed is to be read from a database that does not follow it, `ExportError` where dumps are to go where
 * nobody can sign in.
 */
export async function serve(
  config: Config,
  secret: string,
  store: OpenStore,
  services: Services,
  metrics: Metrics = createMetrics(() => readHealthNumbers(store.db, store.feed)),
): Promise<RunningService> {
  const { log } = services;
  if (store.feed !== store.db) await assertReplica(store.db, store.feed);
  const dumps = dumpPlan(config);
  let started = false;
  // who reads a replica goes on reading it while the database that is written to is away
  const problem = async () => (await databaseProblem(store.feed)) ?? (started ? null : "the job queue has not started");
  const health = healthRoutes({ problem, metrics: metrics.render, metricsToken: config.metricsToken });
  // always into the database that is written to, wherever the feed is read
  const consumers = countConsumers(store.db, log);
  const observe: ObserveAnswer = (answered) => {
    metrics.observeAnswer(answered);
    consumers.observe(answered);
  };
  // the web server first: a port that is taken must stop everything before there is anything to stop
  const server = await startServer(config, secret, store, log, health, observe);
  const background = await startBackground(config, store, services, dumps);
  started = true;
  const url = localUrl(server, config.port);
  log.info({ url, database: store.place }, "serving");
  return {
    url,
    stop: async () => {
      // at the same time: whoever reads slowly must not keep the pages in hand from being stored
      await Promise.all([closeServer(server).then(consumers.stop), background.stop()]);
      log.info("stopped");
    },
  };
}

async function startServer(
  config: Config,
  secret: string,
  store: OpenStore,
  log: Logger,
  health: FastifyPluginAsync,
  observe: ObserveAnswer,
): Promise<FastifyInstance> {
  const server = createServer({
    logger: log.child({ room: "http" }, { level: config.logLevel === "debug" ? "debug" : "warn" }),
    trustedProxies: config.trustedProxies,
    programsBelow: "/api/",
  });
  // the port may be known only once the server listens
  const publicUrl = () => config.publicUrl ?? localUrl(server, config.port);
  const counts = createCounts(store.feed);
  await server.register(health);
  await server.register(oaiRoutes(feedAnswers(config, secret, store, publicUrl), config, undefined, observe));
  await server.register(fileRoute(CR_SCHEMA));
  await server.register(api(config, store, counts, publicUrl, observe), { prefix: "/api/v1" });
  await server.register(
    portalRoutes({
      db: store.feed,
      name: config.repositoryName,
      oaiUrl: () => `${publicUrl()}/oai`,
      prefixes: outgoingCrosswalks.map(({ metadataPrefix }) => metadataPrefix),
      explain: async (repository, record) => explainRecord(repository, record, await presentQuerySets(store.feed)),
      explainToken: (token) => explainToken(secret, token, new Date()),
      counts,
    }),
  );
  await listen(server, config);
  return server;
}

/** The feed's answers; the provider is made when it is first asked, since Identify tells its address. */
function feedAnswers(config: Config, secret: string, { feed, feedHorizon }: OpenStore, publicUrl: () => string) {
  let provider: ReturnType<typeof createProvider> | null = null;
  return async (query: string) => {
    provider ??= createProvider({
      db: feed,
      horizon: feedHorizon,
      baseUrl: `${publicUrl()}/oai`,
      domain: config.domain,
      repositoryName: config.repositoryName,
      adminEmails: [config.adminEmail],
      pageSize: config.pageSize,
      tokenSecret: secret,
      formats: outgoingCrosswalks,
      productVersion: VERSION,
      metadataRights: config.metadataRights,
    });
    return await provider.answerWithTag(query);
  };
}

function api(
  config: Config,
  store: OpenStore,
  counts: Counts,
  publicUrl: () => string,
  observe: ObserveAnswer,
): FastifyPluginAsync {
  const baseUrl = () => `${publicUrl()}/api/v1`;
  const { answersAtOnce, apiRequestsPerMinute: requestsPerMinute, apiTokens: tokens } = config;
  const { feed: db, feedHorizon: horizon } = store;
  const options = { db, horizon, name: config.repositoryName, version: VERSION, baseUrl, counts };
  return apiRoutes(options, { answersAtOnce, requestsPerMinute, tokens }, undefined, observe);
}
