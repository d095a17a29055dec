import { setTimeout as sleep } from "node:timers/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import pRetry from "p-retry";
import { Agent, type Dispatcher, request } from "undici";
import { AnswerFailure, TransientFailure } from "./failures.ts";
import { retryAfterMs } from "./retry-after.ts";

/** How we behave towards repositories. All times in milliseconds, sizes in bytes after decompression. */
export interface HttpOptions {
  /** Product, version and contact, so that a repository's operator knows whom to write to. */
  readonly userAgent: string;
  /** An e-mail address for the `From` header, or `null`. */
  readonly from: string | null;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly responseTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly retries: number;
  /** The wait before the first repetition; it doubles from there, with jitter. */
  readonly firstRetryMs: number;
}

export const DEFAULT_HTTP_OPTIONS: HttpOptions = {
  userAgent: "lienthong (+https://lienthong.vn)",
  from: null,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
  responseTimeoutMs: 10 * 60_000,
  maxResponseBytes: 512 * 1024 * 1024,
  retries: 6,
  firstRetryMs: 1_000,
};

/** What a person or a log may be told while a request is repeated. */
export interface RetryNotice {
  readonly url: string;
  readonly attempt: number;
  readonly retriesLeft: number;
  readonly waitMs: number;
  readonly error: Error;
}

/** An answer with status 200: its head, and its decompressed body as it arrives. */
export interface HttpAnswer {
  readonly url: string;
  readonly contentType: string;
  readonly charset: string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Asks other people's repositories: with time limits, size limits and patience. */
export interface HttpClient {
  /**
   * Fetches a URL and hands the answer to `read`, which consumes it. What `read` throws as `TransientFailure`, and every
   * network failure while it reads, repeats the request. Throws `TransientFailure` when the patience is used up, and
   * `AnswerFailure` at once.
   */
  fetch<Result>(url: URL, read: (answer: HttpAnswer) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 5;
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** A client with one connection a host: repositories are never asked two things at once. */
export function createHttpClient(
  options: HttpOptions = DEFAULT_HTTP_OPTIONS,
  onRetry: (notice: RetryNotice) => void = () => {},
): HttpClient {
  const dispatcher = new Agent({
    connections: 1,
    pipelining: 1,
    connect: { timeout: options.connectTimeoutMs },
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.idleTimeoutMs,
  });
  return {
    fetch: (url, read, signal) =>
      withRetries(options, onRetry, url, signal, () => once(dispatcher, options, url, read, signal)),
    close: () => dispatcher.close(),
  };
}

async function withRetries<Result>(
  options: HttpOptions,
  onRetry: (notice: RetryNotice) => void,
  url: URL,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Result>,
): Promise<Result> {
  return await pRetry(attempt, {
    retries: options.retries,
    minTimeout: options.firstRetryMs,
    maxTimeout: 60_000,
    factor: 2,
    randomize: true,
    ...(signal === undefined ? {} : { signal }),
    shouldRetry: ({ error }) => error instanceof TransientFailure,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      // p-retry calls this after the last attempt too, and for failures it will not repeat.
      if (retriesLeft === 0 || !(error instanceof TransientFailure)) return;
      onRetry({ url: url.href, attempt: attemptNumber, retriesLeft, waitMs: error.retryAfterMs, error });
      if (error.retryAfterMs > 0) await sleep(error.retryAfterMs, undefined, signal === undefined ? {} : { signal });
    },
  });
}

async function once<Result>(
  dispatcher: Dispatcher,
  options: HttpOptions,
  url: URL,
  read: (answer: HttpAnswer) => Promise<Result>,
  outer: AbortSignal | undefined,
): Promise<Result> {
  const whole = AbortSignal.timeout(options.responseTimeoutMs);
  const signal = outer === undefined ? whole : AbortSignal.any([outer, whole]);
  try {
    const { response, finalUrl } = await follow(dispatcher, options, url, signal);
    return await read(await accept(response, finalUrl, options));
  } catch (error) {
    outer?.throwIfAborted();
    throw isNetworkFailure(error)
      ? new TransientFailure(`${url.host} could not be reached or cut us off: ${reason(error)}`, { cause: error })
      : error;
  }
}

/** Follows redirects by hand: only within http(s), a bounded number, every hop with the same limits. */
async function follow(dispatcher: Dispatcher, options: HttpOptions, first: URL, signal: AbortSignal) {
  let url = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await request(url, { dispatcher, signal, headers: headersOf(options) });
    const location = response.headers.location;
    if (response.statusCode < 300 || response.statusCode >= 400 || typeof location !== "string")
      return { response, finalUrl: url };
    await response.body.dump();
    url = new URL(location, url);
    if (!/^https?:$/.test(url.protocol))
      throw new AnswerFailure("bad_url", `${first.href} redirects to ${url.href}, which is not http`);
  }
  throw new AnswerFailure(
    "http_error",
    `${first.href} redirects more than ${MAX_REDIRECTS} times; the last one goes to ${url.href}`,
  );
}

function headersOf(options: HttpOptions): Record<string, string> {
  return {
    accept: "text/xml, application/xml;q=0.9, */*;q=0.1",
    "accept-encoding": "gzip, deflate, br",
    "user-agent": options.userAgent,
    ...(options.from === null ? {} : { from: options.from }),
  };
}

async function accept(response: Dispatcher.ResponseData, url: URL, options: HttpOptions): Promise<HttpAnswer> {
  const { statusCode } = response;
  if (statusCode !== 200) {
    await response.body.dump();
    const message = `${url.href} answered HTTP ${statusCode}`;
    const header = response.headers["retry-after"];
    const waitMs = retryAfterMs(Array.isArray(header) ? header[0] : header, new Date());
    if (BUSY.has(statusCode)) throw new TransientFailure(message, { retryAfterMs: waitMs });
    throw new AnswerFailure("http_error", message);
  }
  const contentType = String(response.headers["content-type"] ?? "");
  const charset = /charset\s*=\s*"?([A-Za-z0-9._-]+)/i.exec(contentType)?.[1] ?? null;
  const body = bounded(decompressed(response), options.maxResponseBytes, url);
  return { url: url.href, contentType, charset, body };
}

function decompressed(response: Dispatcher.ResponseData): AsyncIterable<Uint8Array> {
  const encoding = String(response.headers["content-encoding"] ?? "identity")
    .trim()
    .toLowerCase();
  const decoder =
    encoding === "gzip" || encoding === "x-gzip"
      ? createGunzip()
      : encoding === "deflate"
        ? createInflate()
        : encoding === "br"
          ? createBrotliDecompress()
          : null;
  if (decoder === null) return response.body;
  response.body.on("error", (error) => decoder.destroy(error));
  return response.body.pipe(decoder);
}

async function* bounded(body: AsyncIterable<Uint8Array>, maxBytes: number, url: URL): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new AnswerFailure("too_large", `${url.href} answered more than ${maxBytes} bytes`);
    yield chunk;
  }
}

/** System and undici errors carry a code; so do zlib's when a compressed body is cut off. Ours do not. */
function isNetworkFailure(error: unknown): boolean {
  if (error instanceof DOMException && error.name === "TimeoutError") return true;
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? ` (${String(error.code)})` : "";
  return `${error.message}${code}`;
}
