import { STATUS_CODES } from "node:http";
import fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import type { Logger } from "pino";
import { chooseEncoding, encode } from "./compression.ts";
import { answerMalformed } from "./malformed-request.ts";

/** Arguments of a request fit in many times over; whatever is larger is no request. */
const BODY_LIMIT_BYTES = 256 * 1024;
/** Room for 100 kB of arguments in an address; Node's own limit is 16 kB. */
const HEADER_LIMIT_BYTES = 128 * 1024;
/** Somebody who needs longer to ask is no harvester. */
const REQUEST_TIMEOUT_MS = 30_000;
/** A connection over which nothing moved for so long belongs to somebody who has gone. */
const SILENCE_TIMEOUT_MS = 120_000;
/** Harvesters store a page before they ask for the next one. */
const KEEP_ALIVE_MS = 75_000;
/** Identifiers may stand in paths, percent-encoded. */
const PARAMETER_LIMIT = 2_000;
/** Below this, compressing costs more than it saves. */
const SMALLEST_COMPRESSED_BYTES = 1_024;

const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** What the web server needs to know. */
export interface ServerOptions {
  readonly logger: Logger;
  /** Addresses and networks of the proxies whose `X-Forwarded-For` tells who asks. */
  readonly trustedProxies?: readonly string[];
  /** Where programs ask that want to read JSON when an address cannot be decoded, e.g. `/api/`. */
  readonly programsBelow?: string;
}

/**
 * The web server without its routes: limits, security headers, compression, answers for what is not there or goes wrong.
 * What goes wrong is logged here and nowhere else; nobody outside reads more than the name of the status.
 * `close()` finishes the answers in hand.
 */
export function createServer({ logger, trustedProxies = [], programsBelow }: ServerOptions): FastifyInstance {
  const server = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    // whoever stands before us is not believed unasked: not about who asks, and never about our own address
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENCE_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: "idle",
    // a request that comes over an open connection while we stop is answered too: 503 alone does not say when to come back
    return503OnClosing: false,
    routerOptions: { maxParamLength: PARAMETER_LIMIT },
    http: { maxHeaderSize: HEADER_LIMIT_BYTES },
    clientErrorHandler: answerMalformed,
    // what fails before there is a route: an address that cannot be decoded
    frameworkErrors: (error, request, reply) => {
      const send = programsBelow !== undefined && request.url.startsWith(programsBelow) ? sendBareProblem : sendStatus;
      send(reply as FastifyReply, error.statusCode ?? 400);
    },
  });
  server.addHook("onRequest", async (_request, reply) => {
    reply.headers(HEADERS);
  });
  server.addHook("onSend", async (request, reply, payload) =>
    compress(reply, request.headers["accept-encoding"], payload),
  );
  server.setNotFoundHandler(async (_request, reply) => sendStatus(reply, 404));
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, "request failed");
    return sendStatus(reply, status);
  });
  return server;
}

/** Answers with a status and its name as plain text. */
export function sendStatus(reply: FastifyReply, status: number): FastifyReply {
  return reply
    .code(status)
    .type("text/plain; charset=utf-8")
    .send(`${status} ${STATUS_CODES[status] ?? ""}\n`);
}

/** The same for programs: a problem without a type of its own (RFC 9457 §4.2.1). */
function sendBareProblem(reply: FastifyReply, status: number): FastifyReply {
  const detail = "the address cannot be decoded: percent-encode it as UTF-8";
  const problem = { type: "about:blank", title: STATUS_CODES[status] ?? "", status, detail };
  return reply.code(status).type("application/problem+json; charset=utf-8").send(JSON.stringify(problem));
}

async function compress(reply: FastifyReply, acceptEncoding: string | undefined, payload: unknown): Promise<unknown> {
  const body = typeof payload === "string" ? Buffer.from(payload) : payload;
  if (!Buffer.isBuffer(body) || !/^(text\/|application\/(\w+\+)?json|image\/svg)/.test(contentType(reply)))
    return payload;
  reply.header("vary", "Accept-Encoding");
  const encoding = body.length < SMALLEST_COMPRESSED_BYTES ? "identity" : chooseEncoding(acceptEncoding);
  if (encoding !== "identity") reply.header("content-encoding", encoding);
  return await encode(body, encoding);
}

function contentType(reply: FastifyReply): string {
  return String(reply.getHeader("content-type") ?? "");
}
