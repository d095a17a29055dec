/** What was worked out, and when that began. */
export interface Remembered<Value> {
  readonly value: Value;
  readonly at: Date;
}

/** How long something that was worked out is good, in milliseconds. */
export interface Lifetime {
  /** So long it is not worked out again. */
  readonly freshMs: number;
  /** So long it is given while it is being worked out anew; later whoever asks has to wait. */
  readonly usableMs: number;
}

/**
 * Keeps what `work` gives, so that however many ask, it is done at most once in `freshMs` and never twice at a time. A
 * failure is not kept: what was known before is given as long as it is usable. `now` is the clock in milliseconds.
 */
export function remembered<Value>(
  work: () => Promise<Value>,
  { freshMs, usableMs }: Lifetime,
  now: () => number = Date.now,
): () => Promise<Remembered<Value>> {
  let known: Remembered<Value> | null = null;
  let underway: Promise<Remembered<Value>> | null = null;
  const workOut = async () => {
    try {
      const at = new Date(now());
      known = { value: await work(), at };
      return known;
    } finally {
      underway = null;
    }
  };
  return async () => {
    const age = known === null ? Number.POSITIVE_INFINITY : now() - known.at.getTime();
    if (known !== null && age < freshMs) return known;
    underway ??= workOut();
    if (known === null || age >= usableMs) return await underway;
    underway.catch(() => {}); // whoever asks when the old value is not usable any more is told
    return known;
  };
}
