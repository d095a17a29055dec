import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { consumerOf } from "../http/consumer.ts";
import { entityTagOf, namesEntityTag } from "../http/entity-tag.ts";
import {
  type AnswerSubject,
  type Note,
  type ObserveAnswer,
  observeAnswers,
  refusalOf,
} from "../http/observe-answers.ts";
import { queryOf } from "../http/query-of.ts";
import { type Patience, type TurnLimits, Turns } from "../http/turns.ts";
import { API_ROUTES } from "./all-routes.ts";
import { excerptOf, Problem } from "./problem.ts";
import { sendProblem } from "./problem-answer.ts";
import { readQuery } from "./query.ts";
import type { ApiOptions, ApiRoute } from "./route.ts";
import { type ApiToken, bearerTokenOf, holderOf } from "./tokens.ts";

const READING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const METHODS = "GET, HEAD, OPTIONS";
/** What is read here is public, so pages of others may show it (Fetch §3.2). */
const CROSS_ORIGIN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag, Link, Retry-After, WWW-Authenticate",
};
const PREFLIGHT = {
  allow: METHODS,
  "access-control-allow-methods": METHODS,
  "access-control-allow-headers": "Authorization, If-None-Match",
  "access-control-max-age": "86400",
};

/** How much is done for those who ask, and who may ask as often as needed. */
export interface ApiLimits extends TurnLimits {
  readonly tokens: readonly ApiToken[];
}

/** An answer that is made. */
interface Made {
  readonly body: string;
  /** Where the list goes on, or `null`. */
  readonly next: string | null;
  readonly subject: Pick<AnswerSubject, "setSpec" | "records" | "lastPage">;
}

/**
 * The JSON API, to be registered below `/api/v1`: every route of `API_ROUTES` by GET and HEAD. Whatever cannot be answered
 * is told as `application/problem+json` (RFC 9457). `observe` is told what became of each request.
 */
export function apiRoutes(
  options: ApiOptions,
  limits: ApiLimits,
  patience?: Patience,
  observe: ObserveAnswer = () => {},
): FastifyPluginAsync {
  return async (server) => {
    const note = observeAnswers(server, "api", observe);
    const turns = new Turns(limits, patience);
    server.addHook("onRequest", async (request, reply) => {
      reply.headers(CROSS_ORIGIN);
      if (READING.has(request.method)) return;
      reply.header("allow", METHODS);
      throw new Problem("method-not-allowed", `${request.method} is not answered here: ask with GET or HEAD`);
    });
    server.setErrorHandler(async (error, request, reply) => {
      note(request, { outcome: refusalOf(error) });
      return sendProblem(options, error, request, reply);
    });
    server.setNotFoundHandler(async (request) => {
      const detail = `there is nothing at ${excerptOf(request.url)}: ${options.baseUrl()}/openapi.json lists the addresses`;
      throw new Problem("unknown-address", detail);
    });
    server.options("/*", async (request, reply) => {
      note(request, { route: "preflight" });
      return reply.headers(PREFLIGHT).code(204).send();
    });
    for (const route of API_ROUTES) addRoute(server, route, options, { turns, tokens: limits.tokens, note });
  };
}

/** What is asked before anything is answered. */
interface Door {
  readonly turns: Turns;
  readonly tokens: readonly ApiToken[];
  readonly note: Note;
}

function addRoute(server: FastifyInstance, route: ApiRoute, options: ApiOptions, door: Door): void {
  // identifiers hold slashes, and are longer than another parameter may be
  const url = route.path.replace(/\{\w+\}$/, "*").replace(/\{(\w+)\}/, ":$1");
  server.get<{ Params: Readonly<Record<string, string>> }>(url, async (request, reply) => {
    door.note(request, { route: route.path });
    const consumer = admit(door, request);
    const query = readQuery(route.query, queryOf(request.url));
    const [named = ""] = Object.values(request.params);
    const make = async () => toMade(route, query, await route.answer(options, { query, named }));
    const made = await door.turns.take(consumer, reply, make, ({ body }) => body.length);
    door.note(request, made.subject);
    return send(reply, request, route.mediaType, made);
  });
}

/**
 * Tells who asks: the holder of a token, or an address, whose requests are counted; those with a wrong token too, so that
 * nobody tries many. Throws `Haste`, and `Problem` `bad-token`.
 */
function admit({ turns, tokens }: Door, { ip, headers }: FastifyRequest): string {
  const token = bearerTokenOf(headers.authorization);
  const holder = token === null ? null : holderOf(tokens, token);
  if (holder !== null) return `holder of ${holder}`;
  const consumer = consumerOf(ip);
  turns.count(consumer);
  if (token === null) return consumer;
  throw new Problem("bad-token", "the token is none of ours: give one that our operator gave you, or none at all");
}

function toMade(route: ApiRoute, query: { readonly set?: string }, answer: unknown): Made {
  const { next } = answer as { readonly next?: string | null };
  const records = route.recordsIn(answer);
  const subject = { setSpec: query.set ?? "", records, lastPage: records > 0 && next === null };
  return { body: JSON.stringify(answer), next: next ?? null, subject };
}

/** The answer, or 304 to who has it already; it may be kept, and is asked for each time. */
function send(reply: FastifyReply, request: FastifyRequest, mediaType: string, { body, next }: Made): FastifyReply {
  const etag = entityTagOf(body);
  reply.headers({ etag, "cache-control": "no-cache", vary: "Accept-Encoding" });
  if (next !== null) reply.header("link", `<${next}>; rel="next"`);
  if (namesEntityTag(request.headers["if-none-match"], etag)) return reply.code(304).send();
  return reply.type(`${mediaType}; charset=utf-8`).send(body);
}
