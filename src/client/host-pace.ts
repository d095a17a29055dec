import type { TransientDiagnosis, TransientFailure } from "./failures.ts";

/** How much the latest answer counts against the ones before it. */
const LATENCY_WEIGHT = 0.3;
/** A host rests for this share of the time it takes to answer: a slow one is asked less often. */
const LATENCY_SHARE = 0.25;
/** Bounds of the pause, as multiples of the least one: 100 ms grow to 30 s at most, and trouble begins with 1 s. */
const MOST_TIMES = 300;
const TROUBLE_TIMES = 10;
/** What a host says or shows that has too much to do; a cut connection or a broken document is no sign of that. */
const OVERLOADED: ReadonlySet<TransientDiagnosis> = new Set<TransientDiagnosis>(["busy", "maintenance", "timeout"]);

/** How long one host is left alone between two requests. All times in milliseconds. */
export class HostPace {
  readonly #leastMs: number;
  #latencyMs: number | null = null;
  #penaltyMs = 0;
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(leastMs: number) {
    this.#leastMs = leastMs;
  }

  /** The pause after an answer, as things stand. */
  get delayMs(): number {
    const mostMs = this.#leastMs * MOST_TIMES;
    const restMs = this.#leastMs === 0 ? 0 : (this.#latencyMs ?? 0) * LATENCY_SHARE;
    return Math.min(Math.max(this.#leastMs, restMs) + this.#penaltyMs, mostMs);
  }

  /** An answer began to arrive after `latencyMs`. */
  answered(latencyMs: number): void {
    this.#latencyMs =
      this.#latencyMs === null ? latencyMs : this.#latencyMs + LATENCY_WEIGHT * (latencyMs - this.#latencyMs);
  }

  /**
   * A request has ended and the pause begins. Where the host was busy or too slow the penalty doubles, where all went well
   * it halves; what `Retry-After` says holds for every request to this host.
   */
  finished(now: number, trouble: TransientFailure | null): void {
    if (trouble === null) this.#penaltyMs = this.#penaltyMs > this.#leastMs ? this.#penaltyMs / 2 : 0;
    else if (OVERLOADED.has(trouble.diagnosis)) {
      const doubledMs = Math.max(this.#penaltyMs * 2, this.#leastMs * TROUBLE_TIMES);
      this.#penaltyMs = Math.min(doubledMs, this.#leastMs * MOST_TIMES);
    }
    this.#notBefore = Math.max(this.#notBefore, now + Math.max(this.delayMs, trouble?.retryAfterMs ?? 0));
  }

  /** How long to wait until the next request. */
  waitMs(now: number): number {
    return Math.max(0, this.#notBefore - now);
  }
}
