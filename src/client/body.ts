import { decodeContent } from "./content-encoding.ts";
import { AnswerFailure, TransientFailure } from "./failures.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a body may cost us. Sizes in bytes, times in milliseconds. */
export interface BodyLimits {
  /** After decompression. */
  readonly maxResponseBytes: number;
  /** Decompressed bytes for each byte that was sent, once there are a few million of them. */
  readonly maxCompressionRatio: number;
  /** A body that brings less than this over `slowPeriodMs` of waiting is given up: it would keep us for days. */
  readonly minBytesPerSecond: number;
  readonly slowPeriodMs: number;
}

interface Tally {
  /** As sent, still compressed. */
  sent: number;
}

/** Small documents may be as repetitive as they like. */
const RATIO_MATTERS_FROM = 8 * 1024 * 1024;

/**
 * A body as it arrives: decompressed, and ended where it becomes too large (`AnswerFailure`) or too slow
 * (`TransientFailure`). Nothing is held but the piece in hand.
 */
export function readBody(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  url: URL,
  limits: BodyLimits,
  { now }: Surroundings,
): AsyncGenerator<Uint8Array, void> {
  const tally: Tally = { sent: 0 };
  return bounded(decodeContent(paced(body, url, limits, now, tally), contentEncoding), url, limits, tally);
}

/** Counts what is sent, and how long we wait for it; the time that we take to read does not count. */
async function* paced(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  { minBytesPerSecond, slowPeriodMs }: BodyLimits,
  now: () => number,
  tally: Tally,
): AsyncGenerator<Uint8Array, void> {
  let waitedMs = 0;
  let bytes = 0;
  let asked = now();
  for await (const chunk of body) {
    waitedMs += now() - asked;
    bytes += chunk.length;
    tally.sent += chunk.length;
    if (waitedMs >= slowPeriodMs) {
      if (bytes * 1000 < minBytesPerSecond * waitedMs) throw tooSlow(url, bytes, waitedMs, minBytesPerSecond);
      waitedMs = 0;
      bytes = 0;
    }
    yield chunk;
    asked = now();
  }
}

function tooSlow(url: URL, bytes: number, waitedMs: number, least: number): TransientFailure {
  const seconds = Math.round(waitedMs / 1000);
  return new TransientFailure(
    `${url.host} sent ${bytes} bytes in ${seconds} s (least rate: ${least} bytes a second): too slow to be waited for`,
    { diagnosis: "timeout" },
  );
}

async function* bounded(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  { maxResponseBytes, maxCompressionRatio }: BodyLimits,
  tally: Tally,
): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxResponseBytes)
      throw new AnswerFailure("too_large", `${url.href} answered more than ${maxResponseBytes} bytes`);
    if (bytes > RATIO_MATTERS_FROM && bytes > tally.sent * maxCompressionRatio)
      throw new AnswerFailure(
        "too_large",
        `${url.href} answered ${tally.sent} bytes that unpack to more than ${maxCompressionRatio} times as much`,
      );
    yield chunk;
  }
}
