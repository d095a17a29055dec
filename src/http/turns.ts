import type { FastifyReply } from "fastify";
import { AnswerGate, type GateLimits, Overload } from "./answer-gate.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";

/** How much is done for those who ask; the settings say how much. */
export interface TurnLimits {
  readonly answersAtOnce: number;
  /** Of one consumer; 0: any number. */
  readonly requestsPerMinute: number;
}

/** What happens where there is more to do than that. */
export interface Patience extends Omit<GateLimits, "atOnce"> {
  /** Who needs longer to take an answer is not reading it. */
  readonly sendingMs: number;
}

/** A program waits twenty seconds for an answer, and a megabyte in five minutes is the slowest of lines. */
const PATIENCE: Patience = {
  waiting: 256,
  waitMs: 20_000,
  unsentBytes: 64 * 1024 * 1024,
  sendingMs: 300_000,
};

/** A consumer asks more often than one may. */
export class Haste extends Overload {}

/** Lets consumers ask as often as each may and gives each its turn, so that none of them fills our memory or stops the others. */
export class Turns {
  readonly #gate: AnswerGate;
  readonly #rateLimit: RateLimit | null;
  readonly #sendingMs: number;

  constructor({ answersAtOnce, requestsPerMinute }: TurnLimits, patience: Patience = PATIENCE) {
    this.#gate = new AnswerGate({ ...patience, atOnce: answersAtOnce });
    this.#rateLimit = requestsPerMinute === 0 ? null : createRateLimit(requestsPerMinute);
    this.#sendingMs = patience.sendingMs;
  }

  /** Counts a request. Throws `Haste` where it is one too many. */
  count(consumer: string): void {
    const waitSeconds = this.#rateLimit?.(consumer, Date.now()) ?? 0;
    if (waitSeconds > 0) throw new Haste(`${consumer} asks too often`, waitSeconds);
  }

  /**
   * Makes an answer of about `lengthOf` bytes when it is the consumer's turn, and hangs up on who does not take it. Throws
   * `Overload`, and what `make` throws.
   */
  async take<Answer>(
    consumer: string,
    reply: FastifyReply,
    make: () => Promise<Answer>,
    lengthOf: (answer: Answer) => number,
  ): Promise<Answer> {
    return await this.#gate.pass(consumer, goneSignal(reply), async () => {
      const made = await make();
      watchSending(reply, this.#sendingMs, this.#gate.hold(consumer, lengthOf(made)));
      return made;
    });
  }
}

/** A reason of our own: Node.js would make an error with a stack for each answer that has been read. */
const GONE = Symbol("gone");

/** Tells when whoever asked has hung up, or has its answer. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort(GONE));
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
