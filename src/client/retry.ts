import pRetry from "p-retry";
import { TransientFailure } from "./failures.ts";
import type { Surroundings } from "./surroundings.ts";

/** How often and how long a request is repeated. Times in milliseconds. */
export interface RetryPolicy {
  /** Repetitions after the first attempt. */
  readonly retries: number;
  /** The most that is waited before the first repetition; it doubles from there. */
  readonly firstRetryMs: number;
  /** All waiting of one request together; a wait that would go beyond it is not begun. */
  readonly maxWaitMs: number;
}

/** What a person or a log may be told while a request is repeated. */
export interface RetryNotice {
  readonly url: string;
  readonly attempt: number;
  readonly retriesLeft: number;
  readonly waitMs: number;
  readonly error: Error;
}

const LONGEST_BACKOFF_MS = 60_000;

/**
 * The wait after the `attempt`th attempt (from 1): somewhere between nothing and a bound that doubles each time ("full
 * jitter"), so that harvesters that were thrown out together do not come back together.
 */
export function backoffMs(attempt: number, firstRetryMs: number, random: number): number {
  return Math.round(random * Math.min(firstRetryMs * 2 ** (attempt - 1), LONGEST_BACKOFF_MS));
}

/**
 * Repeats `attempt` while it throws `TransientFailure`: at most `retries` times, waiting as long as `Retry-After` says or
 * the back-off wants, and never longer than `maxWaitMs` in all. Throws the last failure.
 */
export async function withRetries<Result>(
  policy: RetryPolicy,
  { sleep, random }: Surroundings,
  onRetry: (notice: RetryNotice) => void,
  url: URL,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Result>,
): Promise<Result> {
  let waitedMs = 0;
  return await pRetry(attempt, {
    retries: policy.retries,
    // the waiting is ours: p-retry knows neither full jitter nor Retry-After
    minTimeout: 0,
    ...(signal === undefined ? {} : { signal }),
    shouldRetry: ({ error }) => error instanceof TransientFailure,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      // p-retry calls this after the last attempt too, and for failures it will not repeat
      if (retriesLeft === 0 || !(error instanceof TransientFailure)) return;
      const waitMs = Math.max(error.retryAfterMs, backoffMs(attemptNumber, policy.firstRetryMs, random()));
      waitedMs += waitMs;
      if (waitedMs > policy.maxWaitMs) throw error;
      onRetry({ url: url.href, attempt: attemptNumber, retriesLeft, waitMs, error });
      await sleep(waitMs, signal);
    },
  });
}
