import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { AnswerGate, type GateLimits, Overload } from "./answer-gate.ts";
import { consumerOf } from "./consumer.ts";
import { namesEntityTag } from "./entity-tag.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import { sendStatus } from "./server.ts";

const PATH = "/oai";
/** After this, whatever went wrong is worth another try. */
const RETRY_AFTER_SECONDS = 30;

/** What a request is answered. */
export interface OaiAnswer {
  /** The whole of it. */
  readonly xml: string;
  /** Changes when what it says does (RFC 9110 §8.8.3); `null`: it is made for this request. */
  readonly entityTag: string | null;
}

/** How much is done for those who ask; the settings say how much. */
export interface OaiLimits {
  readonly answersAtOnce: number;
  /** Of one consumer; 0: any number. */
  readonly requestsPerMinute: number;
}

/** What passes: whoever throws it knows when. */
interface Hindrance extends Error {
  readonly statusCode?: number;
  readonly retryAfterSeconds: number;
}

/** What happens where there is more to do than that. */
export interface OaiPatience extends Omit<GateLimits, "atOnce"> {
  /** Who needs longer to take an answer is not reading it. */
  readonly sendingMs: number;
}

/** A harvester waits twenty seconds for an answer, and a megabyte in five minutes is the slowest of lines. */
const PATIENCE: OaiPatience = {
  waiting: 256,
  waitMs: 20_000,
  unsentBytes: 64 * 1024 * 1024,
  sendingMs: 300_000,
};

/**
 * The base URL of an OAI-PMH feed (OAI-PMH 2.0 §3.1): GET with the arguments behind the question mark, POST with them in
 * the body, and only there. `answer` takes them as they were sent; where it throws, or there is too much to do, the harvester
 * is told to come back (503 with Retry-After, §3.1.2.2): a 500 or a broken connection makes many of them give up.
 */
export function oaiRoutes(
  answer: (query: string) => Promise<OaiAnswer>,
  { answersAtOnce, requestsPerMinute }: OaiLimits,
  patience: OaiPatience = PATIENCE,
): FastifyPluginAsync {
  return async (server) => {
    const gate = new AnswerGate({ ...patience, atOnce: answersAtOnce });
    const rateLimit = requestsPerMinute === 0 ? null : createRateLimit(requestsPerMinute);
    const ask = async (request: FastifyRequest, reply: FastifyReply, query: string) => {
      const consumer = consumerOf(request.ip);
      refuseHasty(rateLimit, consumer);
      return await gate.pass(consumer, goneSignal(reply), async () => {
        const made = await answer(query);
        watchSending(reply, patience.sendingMs, gate.hold(consumer, made.xml.length));
        return made;
      });
    };
    acceptForms(server);
    tellWhenToComeBack(server);
    server.get(PATH, async (request, reply) => {
      const { xml, entityTag } = await ask(request, reply, queryOf(request.url));
      if (entityTag === null) return sendXml(reply, xml);
      // may be kept, and is asked for each time
      reply.headers({ etag: entityTag, "cache-control": "no-cache", vary: "Accept-Encoding" });
      return namesEntityTag(request.headers["if-none-match"], entityTag) ? reply.code(304).send() : sendXml(reply, xml);
    });
    server.post(PATH, async (request, reply) => {
      const { xml } = await ask(request, reply, typeof request.body === "string" ? request.body : "");
      return sendXml(reply, xml);
    });
    server.route({
      method: ["DELETE", "OPTIONS", "PATCH", "PUT"],
      url: PATH,
      handler: async (_request, reply) => sendStatus(reply.header("allow", "GET, HEAD, POST"), 405),
    });
  };
}

/** The protocol knows one type of body; everything else is answered 415. */
function acceptForms(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    async (_request: unknown, body: string | Buffer) => String(body),
  );
}

function tellWhenToComeBack(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError | Hindrance>(async (error, request, reply) => {
    if ("retryAfterSeconds" in error) {
      request.log.debug({ reason: error.message }, "OAI-PMH request refused");
      return sendStatus(reply.header("retry-after", error.retryAfterSeconds), 503);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return sendStatus(reply, status);
    request.log.error({ err: error }, "OAI-PMH request failed");
    return sendStatus(reply.header("retry-after", RETRY_AFTER_SECONDS), 503);
  });
}

function refuseHasty(rateLimit: RateLimit | null, consumer: string): void {
  const waitSeconds = rateLimit?.(consumer, Date.now()) ?? 0;
  if (waitSeconds > 0) throw new Overload(`${consumer} asks too often`, waitSeconds);
}

/** Tells when whoever asked has hung up, or has its answer. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return gone.signal;
}

/** Calls `sent` when an answer has left, and hangs up on who does not take it. */
function watchSending(reply: FastifyReply, sendingMs: number, sent: () => void): void {
  // who hung up while the answer was made does so only once
  if (reply.raw.destroyed) {
    sent();
    return;
  }
  const cutOff = setTimeout(() => reply.raw.destroy(), sendingMs).unref();
  reply.raw.once("close", () => {
    clearTimeout(cutOff);
    sent();
  });
}

function queryOf(url: string): string {
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark + 1);
}

function sendXml(reply: FastifyReply, xml: string): FastifyReply {
  return reply.type("text/xml; charset=utf-8").send(xml);
}
