/** A repository may ask us to wait, but not for ever. */
const MAX_WAIT_MS = 30 * 60 * 1000;

/**
 * How long a `Retry-After` header asks us to wait, in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3), at most
 * half an hour. 0 where there is none or none that can be read.
 */
export function retryAfterMs(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  const text = header.trim();
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(waitMs) ? 0 : Math.min(Math.max(waitMs, 0), MAX_WAIT_MS);
}
