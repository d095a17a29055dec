import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { OrderedItems } from "./ordered-items.ts";
import { answerQuery } from "./sample-answer.ts";
import type { SampleItem, SampleRepository } from "./sample-repository.ts";

export interface SampleServerOptions {
  readonly now?: () => Date;
  /** True: it has answered, or will. Tests misbehave with it; until a promise is fulfilled the request waits. */
  readonly intercept?: (request: http.IncomingMessage, response: http.ServerResponse) => boolean | Promise<boolean>;
}

export interface SampleServer {
  readonly origin: string;
  baseUrl(repository: SampleRepository): string;
  /** From now on the repository holds these items. Tokens given out before keep their position only. */
  replaceItems(repository: SampleRepository, items: readonly SampleItem[]): void;
  /** Every URL asked so far, oldest first; arguments sent by POST are written behind a question mark as well. */
  requests(): readonly string[];
  close(): Promise<void>;
}

interface ServedRepository {
  readonly repository: SampleRepository;
  items: OrderedItems;
}

interface ServerState {
  readonly served: ReadonlyMap<string, ServedRepository>;
  readonly asked: string[];
  readonly now: () => Date;
  origin: string;
}

const compress = promisify(gzip);

/** Serves sample repositories over real HTTP on a free port, as well-behaved OAI-PMH 2.0 providers do. */
export async function startSampleServer(
  repositories: readonly SampleRepository[],
  options: SampleServerOptions = {},
): Promise<SampleServer> {
  const served = new Map(
    repositories.map((repository) => [repository.path, { repository, items: new OrderedItems(repository.items) }]),
  );
  const state: ServerState = { served, asked: [], now: options.now ?? (() => new Date()), origin: "" };
  const server = http.createServer((request, response) => {
    const slot = state.asked.push(`${state.origin}${request.url ?? ""}`) - 1;
    const answer = async () => {
      if (!(await options.intercept?.(request, response))) await respond(state, slot, request, response);
    };
    answer().catch((error: unknown) => response.destroy(asError(error)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  state.origin = originOf(server.address());
  return {
    origin: state.origin,
    baseUrl: (repository) => `${state.origin}${repository.path}`,
    replaceItems: (repository, items) => replaceItems(state, repository, items),
    requests: () => [...state.asked],
    close: () => close(server),
  };
}

async function respond(
  state: ServerState,
  slot: number,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", state.origin);
  const served = state.served.get(url.pathname);
  if (served === undefined) return refuse(response, 404, {});
  if (request.method !== "GET" && request.method !== "POST") return refuse(response, 405, { Allow: "GET, POST" });

  const search = request.method === "GET" ? url.search.slice(1) : await readBody(request);
  state.asked[slot] = search === "" ? url.href : `${state.origin}${url.pathname}?${search}`;
  const { repository, items } = served;
  const context = { repository, items, baseUrl: state.origin + url.pathname, now: state.now() };
  await send(request, response, Buffer.from(answerQuery(context, new URLSearchParams(search))));
}

async function send(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): Promise<void> {
  const accepted = String(request.headers["accept-encoding"] ?? "");
  const compressed = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted);
  const sent = compressed ? await compress(body, { level: 1 }) : body;
  response.writeHead(200, {
    "Content-Type": "text/xml;charset=UTF-8",
    "Content-Length": sent.length,
    Vary: "Accept-Encoding",
    ...(compressed ? { "Content-Encoding": "gzip" } : {}),
  });
  response.end(sent);
}

function refuse(response: http.ServerResponse, status: number, headers: http.OutgoingHttpHeaders): void {
  response.writeHead(status, { ...headers, "Content-Type": "text/plain;charset=UTF-8" });
  response.end(`${http.STATUS_CODES[status]}\n`);
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function replaceItems(state: ServerState, repository: SampleRepository, items: readonly SampleItem[]): void {
  const served = state.served.get(repository.path);
  if (served === undefined) throw new Error(`Not served here: ${repository.path}`);
  served.items = new OrderedItems(items);
}

/** Harvesters keep their connections open; waiting for them to let go would hang every test. */
async function close(server: http.Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

function originOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === "string") throw new Error("The sample server has no address");
  return `http://127.0.0.1:${address.port}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
