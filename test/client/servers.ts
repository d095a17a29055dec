import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import { afterEach } from "vitest";
import type { RepositoryConnection } from "../../src/client/connection.ts";
import {
  createHttpClient,
  DEFAULT_HTTP_OPTIONS,
  type HttpClient,
  type HttpOptions,
  type RetryNotice,
} from "../../src/client/http.ts";
import { REAL_SURROUNDINGS, type Surroundings } from "../../src/client/surroundings.ts";
import { collect } from "../support/collect.ts";

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Listens on a free port of this machine until the test is over; returns the port. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A web server for one test; returns its address without a slash at the end. */
export async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

/** Options that let a test ask its own servers, at once and without patience. */
export const TEST_OPTIONS: HttpOptions = {
  ...DEFAULT_HTTP_OPTIONS,
  retries: 2,
  firstRetryMs: 1,
  delayMs: 0,
  privateNetworks: ["127.0.0.0/8"],
};

/** A client for one test. */
export function testClient(
  options: Partial<HttpOptions> = {},
  onRetry: (notice: RetryNotice) => void = () => {},
  surroundings: Partial<Surroundings> = {},
): HttpClient {
  const http = createHttpClient({ ...TEST_OPTIONS, ...options }, onRetry, { ...REAL_SURROUNDINGS, ...surroundings });
  closers.push(() => http.close());
  return http;
}

/** Names that all lead to this machine, whatever the real ones are. */
export const NAMES_HERE: Partial<Surroundings> = {
  lookUp: async () => [{ address: "127.0.0.1", family: 4 }],
};

/** The whole body of an answer as text. */
export async function textOf(http: HttpClient, url: string, connection?: RepositoryConnection): Promise<string> {
  const read = async ({ body }: { readonly body: AsyncIterable<Uint8Array> }) =>
    Buffer.concat(await collect(body)).toString("utf8");
  return await http.fetch(new URL(url), read, undefined, connection);
}

/** A clock that stands still but for the waiting, which takes no time; `waits` tells what was waited for. */
export function stillClock(start = Date.parse("2026-01-01T00:00:00Z")) {
  let time = start;
  const waits: number[] = [];
  const surroundings: Partial<Surroundings> = {
    now: () => time,
    date: () => new Date(time),
    sleep: async (ms) => {
      waits.push(ms);
      time += ms;
    },
  };
  return { surroundings, waits, pass: (ms: number) => (time += ms) };
}
