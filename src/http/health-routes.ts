import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";

/** What the routes ask when they are asked. */
export interface HealthProbes {
  /** Why no work can be done just now, in a sentence, or `null`. */
  readonly problem: () => Promise<string | null>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** What a reader of the metrics must bring; `null`: none, and only this machine may read them. */
  readonly metricsToken: string | null;
}

const TEXT = "text/plain; charset=utf-8";
/** A proxy on this machine makes everybody's connection look like ours; it says so in one of these. */
const PROXY_HEADERS = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/**
 * For those who watch us: `/healthz` answers as long as the process lives and asks nobody, `/readyz` says whether there is
 * any use in sending requests (503 with the reason otherwise), `/metrics` gives the numbers.
 */
export function healthRoutes({ problem, metrics, metricsToken }: HealthProbes): FastifyPluginAsync {
  return async (server) => {
    server.addHook("onRequest", async (_request, reply) => {
      reply.header("cache-control", "no-store");
    });
    server.get("/healthz", async (_request, reply) => reply.type(TEXT).send("alive\n"));
    server.get("/readyz", async (_request, reply) => {
      const reason = await problem();
      return reply
        .code(reason === null ? 200 : 503)
        .type(TEXT)
        .send(`${reason ?? "ready"}\n`);
    });
    server.get("/metrics", async (request, reply) => {
      if (!mayRead(request, metricsToken)) return refuse(reply, metricsToken);
      const { contentType, text } = await metrics();
      return reply.type(contentType).send(text);
    });
  };
}

function mayRead(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) return sameText(request.headers.authorization ?? "", `Bearer ${token}`);
  return isLoopback(request.ip) && PROXY_HEADERS.every((name) => request.headers[name] === undefined);
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === "::1";
}

/** Takes as long whatever is different: digests are of one length, and their bytes tell nothing of the token's. */
function sameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function refuse(reply: FastifyReply, token: string | null): FastifyReply {
  if (token !== null)
    return reply.code(401).header("www-authenticate", "Bearer").type(TEXT).send("a bearer token is needed\n");
  return reply.code(403).type(TEXT).send("only this machine may read them; METRICS_TOKEN lets others in\n");
}
