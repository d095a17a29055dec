import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { consumerOf } from "./consumer.ts";
import { namesEntityTag } from "./entity-tag.ts";
import { type AnswerSubject, type Note, type ObserveAnswer, observeAnswers, refusalOf } from "./observe-answers.ts";
import { queryOf } from "./query-of.ts";
import { sendStatus } from "./server.ts";
import { type Patience, type TurnLimits, Turns } from "./turns.ts";

const PATH = "/oai";
/** After this, whatever went wrong is worth another try. */
const RETRY_AFTER_SECONDS = 30;

/** What a request is answered. */
export interface OaiAnswer {
  /** The whole of it; bytes are UTF-8. */
  readonly xml: string | Buffer;
  /** Changes when what it says does (RFC 9110 §8.8.3); `null`: it is made for this request. */
  readonly entityTag: string | null;
  /** What it is about, for whoever counts. */
  readonly subject?: AnswerSubject;
}

/** What passes: whoever throws it knows when. */
interface Hindrance extends Error {
  readonly statusCode?: number;
  readonly retryAfterSeconds: number;
}

/**
 * The base URL of an OAI-PMH feed (OAI-PMH 2.0 §3.1): GET with the arguments behind the question mark, POST with them in
 * the body, and only there. `answer` takes them as they were sent; where it throws, or there is too much to do, the harvester
 * is told to come back (503 with Retry-After, §3.1.2.2): a 500 or a broken connection makes many of them give up. `observe` is told
 * what became of each request.
 */
export function oaiRoutes(
  answer: (query: string) => Promise<OaiAnswer>,
  limits: TurnLimits,
  patience?: Patience,
  observe: ObserveAnswer = () => {},
): FastifyPluginAsync {
  return async (server) => {
    const note = observeAnswers(server, "feed", observe);
    const turns = new Turns(limits, patience);
    const ask = async (request: FastifyRequest, reply: FastifyReply, query: string) => {
      const consumer = consumerOf(request.ip);
      turns.count(consumer);
      const made = await turns.take(
        consumer,
        reply,
        () => answer(query),
        ({ xml }) => xml.length,
      );
      if (made.subject !== undefined) note(request, made.subject);
      return made;
    };
    acceptForms(server);
    tellWhenToComeBack(server, note);
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

function tellWhenToComeBack(server: FastifyInstance, note: Note): void {
  server.setErrorHandler<FastifyError | Hindrance>(async (error, request, reply) => {
    if ("retryAfterSeconds" in error) {
      note(request, { outcome: refusalOf(error) });
      request.log.debug({ reason: error.message }, "OAI-PMH request refused");
      return sendStatus(reply.header("retry-after", error.retryAfterSeconds), 503);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return sendStatus(reply, status);
    request.log.error({ err: error }, "OAI-PMH request failed");
    return sendStatus(reply.header("retry-after", RETRY_AFTER_SECONDS), 503);
  });
}

function sendXml(reply: FastifyReply, xml: string | Buffer): FastifyReply {
  return reply.type("text/xml; charset=utf-8").send(xml);
}
