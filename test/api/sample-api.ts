import type { FastifyInstance, InjectOptions } from "fastify";
import { pino } from "pino";
import { type ApiLimits, apiRoutes } from "../../src/api/routes.ts";
import { createServer } from "../../src/http/server.ts";
import type { Patience } from "../../src/http/turns.ts";
import { createCounts } from "../../src/portal/counts.ts";
import type { Db } from "../../src/store/database.ts";
import { readHorizon } from "../../src/store/fence.ts";

/** Where the API is for others; never taken from a request. */
export const API_URL = "https://feed.example.vn/lien-thong/api/v1";

/** A server with nothing but the API, as the program mounts it. */
export async function sampleApi(
  db: Db,
  changes: Partial<ApiLimits> & {
    readonly patience?: Patience;
    readonly log?: (line: string) => void;
    readonly baseUrl?: () => string;
  } = {},
): Promise<FastifyInstance> {
  const { log, patience, baseUrl = () => API_URL, ...limits } = changes;
  const logger = log === undefined ? pino({ level: "silent" }) : pino({ level: "debug" }, { write: log });
  const server = createServer({ logger, programsBelow: "/api/" });
  const options = {
    db,
    horizon: () => readHorizon(db),
    name: "Cổng mẫu",
    version: "1.2.3",
    baseUrl,
    counts: createCounts(db),
  };
  const turns = { answersAtOnce: 8, requestsPerMinute: 0, tokens: [], ...limits };
  await server.register(apiRoutes(options, turns, patience), { prefix: "/api/v1" });
  return server;
}

/** An answer with its body read. */
export interface Told<Body> {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Body;
}

/** Asks for `path` below the API, or for an address that an answer told. */
export async function ask<Body>(
  server: FastifyInstance,
  path: string,
  headers: NonNullable<InjectOptions["headers"]> = {},
): Promise<Told<Body>> {
  const url = path.startsWith(API_URL) ? path.slice(API_URL.length) : path;
  const response = await server.inject({ url: `/api/v1${url}`, headers });
  return {
    status: response.statusCode,
    type: String(response.headers["content-type"]),
    headers: response.headers,
    body: response.body === "" ? (null as Body) : response.json<Body>(),
  };
}

/** A page of any list. */
export interface Page {
  readonly next: string | null;
}

/** All pages of a list; `between` is done after each that has a successor. Throws where one is not answered. */
export async function pages<Body extends Page>(
  server: FastifyInstance,
  path: string,
  between: (page: number) => Promise<void> = async () => {},
): Promise<readonly Body[]> {
  const read: Body[] = [];
  for (let next: string | null = path; next !== null; ) {
    const { status, body }: Told<Body> = await ask<Body>(server, next);
    if (status !== 200) throw new Error(`page ${read.length + 1} of ${path}: ${status} ${JSON.stringify(body)}`);
    read.push(body);
    next = body.next;
    if (next !== null) await between(read.length);
  }
  return read;
}

/** As much of a record as tests look at. */
export interface ApiRecord {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
  readonly source: { readonly identifier: string };
  readonly record: { readonly titles: readonly { readonly value: string }[] } | null;
}

export type RecordPage = Page & { readonly horizon: string; readonly records: readonly ApiRecord[] };
export type ChangePage = Page & { readonly horizon: string; readonly changes: readonly ApiRecord[] };
