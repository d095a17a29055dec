import { WaitingLines } from "./waiting-lines.ts";

/** How much is done at the same time. */
export interface GateLimits {
  /** Answers that are made at the same time. */
  readonly atOnce: number;
  /** Requests that wait for their turn. */
  readonly waiting: number;
  readonly waitMs: number;
  /** Answers that are made and not yet taken by who asked; of one consumer a quarter of it. */
  readonly unsentBytes: number;
}

/** There is too much to do just now: come back later. */
export class Overload extends Error {
  override readonly name = "Overload";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** When the rush may be over; a harvester that is told a short time comes back, one that is told a long one gives up. */
const RETRY_AFTER_SECONDS = 5;
/** So much of what may lie unsent a single consumer may leave lying. */
const SHARE_OF_ONE = 1 / 4;

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (reason: string) => void;
}

/**
 * Keeps memory within bounds however many ask: so many answers are made at the same time, the others wait in lines that take turns,
 * and where too many wait, or too much lies unsent before readers who do not read, the rest is refused.
 */
export class AnswerGate {
  readonly #limits: GateLimits;
  readonly #lines = new WaitingLines<Waiting>();
  readonly #unsentOf = new Map<string, number>();
  #unsent = 0;
  #making = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  /**
   * Makes an answer when it is the consumer's turn; `gone` tells that nobody waits for it any more. Throws `Overload`, and what
   * `make` throws.
   */
  async pass<Answer>(consumer: string, gone: AbortSignal, make: () => Promise<Answer>): Promise<Answer> {
    // whoever waits while there is room waits for answers of its own to be read, and nobody is passed over
    if (this.#mayEnter(consumer)) this.#making += 1;
    else await this.#turn(consumer, gone);
    try {
      return await make();
    } finally {
      this.#making -= 1;
      this.#admit();
    }
  }

  /** Counts an answer of about so many bytes as unsent until the function is called that it gives. */
  hold(consumer: string, bytes: number): () => void {
    this.#count(consumer, bytes);
    return () => {
      this.#count(consumer, -bytes);
      this.#admit();
    };
  }

  #mayEnter(consumer: string): boolean {
    const { atOnce, unsentBytes } = this.#limits;
    const unsentOfOne = this.#unsentOf.get(consumer) ?? 0;
    return this.#making < atOnce && this.#unsent <= unsentBytes && unsentOfOne <= unsentBytes * SHARE_OF_ONE;
  }

  /** Comes back when it is this one's turn, which is then counted as being made. */
  async #turn(consumer: string, gone: AbortSignal): Promise<void> {
    if (this.#lines.size >= this.#limits.waiting) this.#makeRoom(consumer);
    await new Promise<void>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        gone.removeEventListener("abort", leave);
        this.#lines.remove(consumer, waiting);
      };
      const waiting: Waiting = {
        enter: () => {
          end();
          resolve();
        },
        refuse: (reason) => {
          end();
          reject(overload(reason));
        },
      };
      const leave = () => waiting.refuse("who asked has gone");
      const timer = setTimeout(() => waiting.refuse("its turn did not come"), this.#limits.waitMs);
      gone.addEventListener("abort", leave);
      this.#lines.add(consumer, waiting);
    });
  }

  /** Whoever waits with most requests gives way with the last of them. */
  #makeRoom(consumer: string): void {
    const last = this.#lines.lastOfLongerLine(consumer);
    if (last === undefined) throw overload("too many wait");
    last.refuse("too many wait");
  }

  #admit(): void {
    const next = () => this.#lines.next((consumer) => this.#mayEnter(consumer));
    for (let waiting = next(); waiting !== undefined; waiting = next()) {
      this.#making += 1;
      waiting.enter();
    }
  }

  #count(consumer: string, bytes: number): void {
    const unsent = (this.#unsentOf.get(consumer) ?? 0) + bytes;
    if (unsent === 0) this.#unsentOf.delete(consumer);
    else this.#unsentOf.set(consumer, unsent);
    this.#unsent += bytes;
  }
}

function overload(reason: string): Overload {
  return new Overload(`the feed is busy: ${reason}`, RETRY_AFTER_SECONDS);
}
