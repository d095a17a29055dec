import type { FastifyReply, FastifyRequest } from "fastify";
import { Overload } from "../http/answer-gate.ts";
import { Haste } from "../http/turns.ts";
import { FeedBehind } from "../store/catch-up.ts";
import { isOutage } from "../store/outage.ts";
import { PROBLEMS, Problem } from "./problem.ts";
import type { ApiOptions } from "./route.ts";

/** After this, whatever went wrong is worth another try. */
const RETRY_AFTER_SECONDS = 30;

/** Tells why a request is not answered. What goes wrong on our side stands in the log, and nobody outside reads more than that it did. */
export function sendProblem(
  { baseUrl }: ApiOptions,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { problem, message: detail } = problemOf(error);
  const { status, title } = PROBLEMS[problem];
  if (status === 500 || isOutage(error)) request.log.error({ err: error }, "API request failed");
  else if (error instanceof Overload) request.log.debug({ reason: error.message }, "API request refused");
  if (status === 429 || status === 503) reply.header("retry-after", retryAfterOf(error));
  if (status === 401) reply.header("www-authenticate", 'Bearer error="invalid_token"');
  const body = { type: `${baseUrl()}/problems/${problem}`, title, status, detail };
  return reply.code(status).type("application/problem+json; charset=utf-8").send(JSON.stringify(body));
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Haste)
    return new Problem("too-many-requests", `come back in ${error.retryAfterSeconds} seconds with the same request`);
  if (error instanceof Overload)
    return new Problem("unavailable", "there is too much to do: come back later with the same request");
  if (error instanceof FeedBehind)
    return new Problem("unavailable", `${error.message}: come back later with the same request`);
  if (isOutage(error))
    return new Problem("unavailable", "the database does not answer: come back later with the same request");
  return new Problem("internal-error", "it is in our log; the same request may work later");
}

function retryAfterOf(error: unknown): number {
  return error instanceof Overload || error instanceof FeedBehind ? error.retryAfterSeconds : RETRY_AFTER_SECONDS;
}
