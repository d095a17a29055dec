/** A time limit that also ends when somebody else's signal does. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Gives the timer back; the limit can no longer be reached. */
  close(): void;
}

/**
 * Begins a limit of `ms` milliseconds. Made by hand, because `AbortSignal.any` of a signal that lives as long as the
 * process (Ctrl-C) and one for each of a million requests does not give the memory back in time.
 */
export function openDeadline(ms: number, outer: AbortSignal | undefined): Deadline {
  const limit = new AbortController();
  const end = () => limit.abort();
  const timer = setTimeout(end, ms);
  outer?.addEventListener("abort", end, { once: true });
  return {
    signal: limit.signal,
    close: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", end);
    },
  };
}
