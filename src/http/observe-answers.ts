import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Overload } from "./answer-gate.ts";
import { networkOf } from "./consumer.ts";
import { type ConsumerName, consumerNameOf } from "./consumer-name.ts";
import { Haste } from "./turns.ts";

/** Where programs ask. */
export const ASKED_SURFACES = ["feed", "api"] as const;
export type AskedSurface = (typeof ASKED_SURFACES)[number];

/**
 * What became of a request: answered; answered that there is nothing (`empty`); 304 (`unchanged`); wrong, by the protocol or as HTTP;
 * refused since the consumer asked too often (`limited`), too many waited (`busy`) or the replica was `behind`; `failed` on our side;
 * or whoever asked was `gone` before the answer was delivered.
 */
export const OUTCOMES = [
  "answered",
  "empty",
  "unchanged",
  "wrong",
  "limited",
  "busy",
  "behind",
  "failed",
  "gone",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an answer is about. Everything in it is a name that we gave, never a consumer's text. */
export interface AnswerSubject {
  /** The verb of the feed, the address of the API; empty: the request could not be read, or there is no such. */
  readonly route: string;
  readonly metadataPrefix: string;
  readonly setSpec: string;
  /** Records with their metadata. */
  readonly records: number;
  /** The list of records ends with this page. */
  readonly lastPage: boolean;
  /** Where the status does not say it. */
  readonly outcome: Outcome | null;
}

/** A request and what became of it, for whoever counts. */
export interface AnsweredRequest extends Omit<AnswerSubject, "outcome">, ConsumerName {
  readonly surface: AskedSurface;
  readonly network: string;
  readonly outcome: Outcome;
  /** Of the answer's body as it was sent. */
  readonly bytes: number;
}

export type ObserveAnswer = (answered: AnsweredRequest) => void;

/** Tells what is known of the answer to a request. */
export type Note = (request: FastifyRequest, known: Partial<AnswerSubject>) => void;

const NOTHING: AnswerSubject = {
  route: "",
  metadataPrefix: "",
  setSpec: "",
  records: 0,
  lastPage: false,
  outcome: null,
};

/**
 * Tells `observe` what became of each request to the routes of `server`, once it is known: when the answer has left, or whoever
 * asked has. To be called before the routes are added. What an answer is about, the routes say with the function that is given.
 */
export function observeAnswers(server: FastifyInstance, surface: AskedSurface, observe: ObserveAnswer): Note {
  const subjects = new WeakMap<FastifyRequest, AnswerSubject>();
  server.addHook("onRequest", (request, reply, done) => {
    // a connection that has ended has no address any more
    const network = networkOf(request.ip);
    reply.raw.once("close", () => {
      const delivered = deliveryOf(request, reply, subjects.get(request) ?? NOTHING);
      observe({ surface, network, ...consumerNameOf(request.headers), ...delivered });
    });
    done();
  });
  return (request, known) => subjects.set(request, { ...(subjects.get(request) ?? NOTHING), ...known });
}

/** Why a request was refused that may come again, or `null` where that is not what happened. */
export function refusalOf(error: unknown): Outcome | null {
  if (error instanceof Haste) return "limited";
  if (error instanceof Overload) return "busy";
  return error instanceof Error && "retryAfterSeconds" in error ? "behind" : null;
}

function deliveryOf({ method, raw }: FastifyRequest, reply: FastifyReply, known: AnswerSubject) {
  const { outcome: told, ...subject } = known;
  // what is written into a connection that has broken counts as finished for Node.js
  const isDelivered = reply.raw.writableFinished && !raw.socket.destroyed;
  const outcome = isDelivered ? (told ?? outcomeOf(reply.statusCode)) : "gone";
  const withBody = isDelivered && method !== "HEAD";
  const bytes = withBody ? Number(reply.getHeader("content-length") ?? 0) : 0;
  if (withBody && outcome === "answered") return { ...subject, outcome, bytes };
  return { ...subject, outcome, bytes, records: 0, lastPage: false };
}

function outcomeOf(status: number): Outcome {
  if (status === 304) return "unchanged";
  if (status < 400) return "answered";
  return status < 500 ? "wrong" : "failed";
}
