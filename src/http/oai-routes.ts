import type { FastifyError, FastifyPluginAsync, FastifyReply } from "fastify";
import { sendStatus } from "./server.ts";

const PATH = "/oai";
/** After this, whatever went wrong is worth another try. */
const RETRY_AFTER_SECONDS = 30;

/**
 * The base URL of an OAI-PMH feed (OAI-PMH 2.0 §3.1): GET with the arguments behind the question mark, POST with them in
 * the body, and only there. `answer` takes them as they were sent and gives the whole XML; where it throws, the harvester
 * is told to come back (503 with Retry-After, §3.1.2.2): a 500 or a broken connection makes many of them give up.
 */
export function oaiRoutes(answer: (query: string) => Promise<string>): FastifyPluginAsync {
  return async (server) => {
    // the protocol knows one type of body; everything else is answered 415
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string" },
      async (_request: unknown, body: string | Buffer) => String(body),
    );
    server.setErrorHandler<FastifyError>(async (error, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status < 500) return sendStatus(reply, status);
      request.log.error({ err: error }, "OAI-PMH request failed");
      return sendStatus(reply.header("retry-after", RETRY_AFTER_SECONDS), 503);
    });
    server.get(PATH, async (request, reply) => sendXml(reply, await answer(queryOf(request.url))));
    server.post(PATH, async (request, reply) =>
      sendXml(reply, await answer(typeof request.body === "string" ? request.body : "")),
    );
    server.route({
      method: ["DELETE", "OPTIONS", "PATCH", "PUT"],
      url: PATH,
      handler: async (_request, reply) => sendStatus(reply.header("allow", "GET, HEAD, POST"), 405),
    });
  };
}

function queryOf(url: string): string {
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark + 1);
}

function sendXml(reply: FastifyReply, xml: string): FastifyReply {
  return reply.type("text/xml; charset=utf-8").send(xml);
}
