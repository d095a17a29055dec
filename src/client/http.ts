import { type Dispatcher, request } from "undici";
import { acceptAnswer, type HttpAnswer, headersOfAnswer, type SignInUse } from "./accept.ts";
import { type AddressGuard, createAddressGuard, portOf, unbracketed } from "./address-guard.ts";
import type { BodyLimits } from "./body.ts";
import { connectionHeaders, hasSecrets, PLAIN_CONNECTION, type RepositoryConnection } from "./connection.ts";
import { openDeadline } from "./deadline.ts";
import { createDispatchers, type DispatcherOptions, type Dispatchers } from "./dispatchers.ts";
import { AnswerFailure, TransientFailure } from "./failures.ts";
import { HostGate } from "./host-gate.ts";
import { networkFailure, type TimeLimits } from "./network-failures.ts";
import { MAX_REDIRECTS, type Redirect, redirectOf } from "./redirect.ts";
import { type RetryNotice, type RetryPolicy, withRetries } from "./retry.ts";
import { REAL_SURROUNDINGS, type Surroundings } from "./surroundings.ts";
import { tlsFailure } from "./tls-failures.ts";

export type { RetryNotice } from "./retry.ts";

/** How we behave towards repositories. All times in milliseconds, sizes in bytes. */
export interface HttpOptions extends TimeLimits, BodyLimits, RetryPolicy, DispatcherOptions {
  /** Product, version and contact, so that a repository's operator knows whom to write to. */
  readonly userAgent: string;
  /** An e-mail address for the `From` header, or `null`. */
  readonly from: string | null;
  /** The least pause between two requests to one host; it grows where the host is slow or busy. 0: none. */
  readonly delayMs: number;
  /** Networks (`10.2.0.0/16`), addresses and host names that may be asked although they are private. */
  readonly privateNetworks: readonly string[];
}

export const DEFAULT_HTTP_OPTIONS: HttpOptions = {
  userAgent: "lienthong (+https://lienthong.vn)",
  from: null,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
  responseTimeoutMs: 10 * 60_000,
  maxResponseBytes: 512 * 1024 * 1024,
  maxCompressionRatio: 500,
  minBytesPerSecond: 50,
  slowPeriodMs: 60_000,
  retries: 6,
  firstRetryMs: 1_000,
  maxWaitMs: 60 * 60_000,
  delayMs: 100,
  privateNetworks: [],
  proxy: null,
};

/** Reads one answer. */
export type ReadAnswer<Result> = (answer: HttpAnswer) => Promise<Result>;

/** Asks other people's repositories: with limits, manners and patience, and only where it may. */
export interface HttpClient {
  /**
   * Fetches a URL and hands the answer to `read`, which consumes it. What `read` throws as `TransientFailure`, and every
   * network failure while it reads, repeats the request. Throws `TransientFailure` when the patience is used up, and
   * `AnswerFailure` at once.
   */
  fetch<Result>(
    url: URL,
    read: ReadAnswer<Result>,
    signal?: AbortSignal,
    connection?: RepositoryConnection,
  ): Promise<Result>;
  close(): Promise<void>;
}

/** What all requests of a client share. */
interface Client {
  readonly options: HttpOptions;
  readonly guard: AddressGuard;
  readonly dispatchers: Dispatchers;
  readonly gate: HostGate;
  readonly surroundings: Surroundings;
}

/** One request with all that belongs to it. */
interface Asking<Result> {
  readonly client: Client;
  readonly first: URL;
  readonly read: ReadAnswer<Result>;
  readonly signal: AbortSignal | undefined;
  readonly connection: RepositoryConnection;
}

/** Where a chain of redirects stands. */
interface Hop {
  readonly url: URL;
  readonly movedTo: URL | null;
}

type Exchange<Result> = { readonly redirect: Redirect } | { readonly result: Result };

const DUMPED_BYTES = 64 * 1024;

/** A client that asks each host one thing at a time. Throws an `Error` for options that cannot be used. */
export function createHttpClient(
  options: HttpOptions = DEFAULT_HTTP_OPTIONS,
  onRetry: (notice: RetryNotice) => void = () => {},
  surroundings: Surroundings = REAL_SURROUNDINGS,
): HttpClient {
  const guard = createAddressGuard(options.privateNetworks);
  const dispatchers = createDispatchers(options, guard, surroundings);
  const gate = new HostGate(options.delayMs, options.maxWaitMs, surroundings);
  const client = { options, guard, dispatchers, gate, surroundings };
  return {
    fetch: async (first, read, signal, connection = PLAIN_CONNECTION) =>
      await withRetries(options, surroundings, onRetry, first, signal, () =>
        once({ client, first, read, signal, connection }),
      ),
    close: () => dispatchers.close(),
  };
}

/** Asks, and follows redirects by hand: each hop is judged, waits its turn at its host and has the same limits. */
async function once<Result>(asking: Asking<Result>): Promise<Result> {
  const { client, first, signal } = asking;
  let hop: Hop = { url: first, movedTo: null };
  let forGood = true;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    await refuseBadAddress(asking, hop.url);
    const { url } = hop;
    const exchanged: Exchange<Result> = await client.gate.pass(url.host, signal, async (pace) => {
      const asked = client.surroundings.now();
      return await exchange(asking, hop, () => pace.answered(client.surroundings.now() - asked));
    });
    if ("result" in exchanged) return exchanged.result;
    forGood &&= exchanged.redirect.permanent;
    hop = { url: exchanged.redirect.url, movedTo: forGood ? exchanged.redirect.url : hop.movedTo };
  }
  throw new AnswerFailure(
    "http_error",
    `${first.href} redirects more than ${MAX_REDIRECTS} times; the last one goes to ${hop.url.href}`,
  );
}

/** A proxy connects for us, so that the addresses are judged here; a name that only the proxy can find is its business. */
async function refuseBadAddress({ client, connection }: Asking<unknown>, url: URL): Promise<void> {
  const { guard, options, surroundings } = client;
  guard.checkUrl(url, connection.allowPrivate);
  if (options.proxy === null) return;
  const host = unbracketed(url.hostname);
  const addresses = await surroundings.lookUp(host).catch(() => []);
  guard.checkAddresses(host, portOf(url), addresses, connection.allowPrivate);
}

/** One request and its answer, within the time for a whole response. */
async function exchange<Result>(asking: Asking<Result>, hop: Hop, answered: () => void): Promise<Exchange<Result>> {
  const { client, connection, first, read } = asking;
  const { headersTimeoutMs, idleTimeoutMs, responseTimeoutMs } = client.options;
  const { signal, close } = openDeadline(responseTimeoutMs, asking.signal);
  const own = hop.url.origin === first.origin;
  const signIn: SignInUse = !hasSecrets(connection) ? "none" : own ? "sent" : "withheld";
  let response: Dispatcher.ResponseData | null = null;
  try {
    response = await request(hop.url, {
      dispatcher: client.dispatchers.of(connection),
      signal,
      headers: headersOf(client.options, connection, own),
      headersTimeout: headersTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    });
    // its failures are met where it is read; nobody else listens when it is given up
    response.body.on("error", () => {});
    answered();
    const place = { first, current: hop.url, secrets: hasSecrets(connection) };
    const redirect = redirectOf(response.statusCode, headersOfAnswer(response).location, place);
    if (redirect === null)
      return {
        result: await read(await acceptAnswer(response, { ...hop, signIn }, client.options, client.surroundings)),
      };
    await response.body.dump({ limit: DUMPED_BYTES, signal });
    return { redirect };
  } catch (error) {
    asking.signal?.throwIfAborted();
    throw failureOf(error, hop.url, client.options, { connected: response !== null, timedOut: signal.aborted });
  } finally {
    close();
    response?.body.destroy();
  }
}

function failureOf(
  error: unknown,
  url: URL,
  limits: TimeLimits,
  state: { readonly connected: boolean; readonly timedOut: boolean },
): unknown {
  if (error instanceof AnswerFailure || error instanceof TransientFailure) return error;
  const tls = state.connected ? null : tlsFailure(error, url.hostname);
  return tls ?? networkFailure(error, url, limits, state.timedOut) ?? error;
}

function headersOf(options: HttpOptions, connection: RepositoryConnection, own: boolean): Record<string, string> {
  return {
    accept: "text/xml, application/xml;q=0.9, */*;q=0.1",
    "user-agent": options.userAgent,
    ...(options.from === null ? {} : { from: options.from }),
    ...(own ? connectionHeaders(connection) : {}),
    "accept-encoding": "gzip, deflate, br",
  };
}
