import { TransientFailure } from "./failures.ts";
import { HostPace } from "./host-pace.ts";
import type { Surroundings } from "./surroundings.ts";

/** What one host has in hand: the end of its queue, and its pace. */
interface Lane {
  tail: Promise<void>;
  readonly pace: HostPace;
}

/** Lets one request at a time through to each host, and that only after a pause. */
export class HostGate {
  readonly #lanes = new Map<string, Lane>();
  readonly #leastDelayMs: number;
  readonly #mostDelayMs: number;
  readonly #surroundings: Surroundings;

  /** Nobody waits longer than `mostDelayMs` here: whoever would have to is sent away. */
  constructor(leastDelayMs: number, mostDelayMs: number, surroundings: Surroundings) {
    this.#leastDelayMs = leastDelayMs;
    this.#mostDelayMs = mostDelayMs;
    this.#surroundings = surroundings;
  }

  /**
   * Does `work` when everybody before has finished with `host` and its pause is over. Throws what `work` throws, and the
   * reason of `signal` where that ends the waiting, and `TransientFailure` where the host asked to be left alone for longer.
   */
  async pass<Result>(
    host: string,
    signal: AbortSignal | undefined,
    work: (pace: HostPace) => Promise<Result>,
  ): Promise<Result> {
    const lane = this.#laneOf(host);
    const before = lane.tail;
    let leave = () => {};
    const turn = new Promise<void>((resolve) => {
      leave = resolve;
    });
    lane.tail = before.then(() => turn);
    try {
      await untilAborted(before, signal);
      const waitMs = lane.pace.waitMs(this.#surroundings.now());
      if (waitMs > this.#mostDelayMs) {
        const message = `${host} asked to be left alone for another ${Math.round(waitMs / 1000)} s`;
        throw new TransientFailure(message, { diagnosis: "busy", retryAfterMs: waitMs });
      }
      if (waitMs > 0) await this.#surroundings.sleep(waitMs, signal);
      return await this.#watched(lane.pace, work);
    } finally {
      leave();
    }
  }

  /** The pace learns how it went, also for those who come next. */
  async #watched<Result>(pace: HostPace, work: (pace: HostPace) => Promise<Result>): Promise<Result> {
    let trouble: TransientFailure | null = null;
    try {
      return await work(pace);
    } catch (error) {
      if (error instanceof TransientFailure) trouble = error;
      throw error;
    } finally {
      pace.finished(this.#surroundings.now(), trouble);
    }
  }

  #laneOf(host: string): Lane {
    const known = this.#lanes.get(host);
    if (known !== undefined) return known;
    const lane: Lane = { tail: Promise.resolve(), pace: new HostPace(this.#leastDelayMs) };
    this.#lanes.set(host, lane);
    return lane;
  }
}

/** Waits for `promise`, which never fails, but not longer than `signal` allows. Throws the reason of `signal`. */
async function untilAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return await promise;
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<void>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
