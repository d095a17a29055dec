import { createConnection, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { Agent, request } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type OaiAnswer, oaiRoutes } from "../../src/http/oai-routes.ts";
import { createServer } from "../../src/http/server.ts";
import type { Patience, TurnLimits } from "../../src/http/turns.ts";
import type { Provider } from "../../src/provider/provider.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { addSource, identifiersOf, publish, sampleProvider, sampleRecords, tokenOf } from "./sample-feed.ts";

const LIMITS: TurnLimits = { answersAtOnce: 8, requestsPerMinute: 0 };
const PATIENCE: Patience = { waiting: 256, waitMs: 20_000, unsentBytes: 64 * 1024 * 1024, sendingMs: 300_000 };
/** More than the buffers of any connection hold. */
const HUGE = "x".repeat(40 * 1024 * 1024);
const LIST = "verb=ListRecords&metadataPrefix=oai_dc";

let database: TestDatabase;
let provider: Provider;
let server: FastifyInstance;
let port = 0;
let atOnce = 0;
let mostAtOnce = 0;
const sockets: Socket[] = [];
// one connection each: nobody waits for another on our side
const agent = new Agent({ connections: 250, pipelining: 1 });

beforeAll(async () => {
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  await publish(database.db, source, sampleRecords(source, 1, 30), new Date("2024-05-06T07:08:09Z"));
  provider = sampleProvider(database.db);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
});

afterAll(async () => {
  await agent.close();
  await database.close();
});

async function start(
  answer: (query: string) => Promise<OaiAnswer>,
  changes: Partial<TurnLimits & Patience> & { readonly trustedProxies?: readonly string[] } = {},
): Promise<void> {
  const { trustedProxies = [] } = changes;
  server = createServer({ logger: pino({ level: "silent" }), trustedProxies });
  [atOnce, mostAtOnce] = [0, 0];
  const counted = async (query: string) => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    return await answer(query).finally(() => {
      atOnce -= 1;
    });
  };
  await server.register(oaiRoutes(counted, { ...LIMITS, ...changes }, { ...PATIENCE, ...changes }));
  port = Number(new URL(await server.listen({ port: 0, host: "127.0.0.1" })).port);
}

async function get(query: string, headers: Record<string, string> = {}) {
  const response = await request(`http://127.0.0.1:${port}/oai?${query}`, { dispatcher: agent, headers });
  const retryAfter = Number(response.headers["retry-after"]);
  return { status: response.statusCode, retryAfter, text: await response.body.text() };
}

/** Asks for `query` over a connection of its own and reads nothing of the answer. */
async function askAndNotRead(query: string, localAddress: string): Promise<Socket> {
  const socket = createConnection({ port, host: "127.0.0.1", localAddress });
  sockets.push(socket);
  socket.on("error", () => {});
  socket.pause();
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write(`GET /oai?${query} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return socket;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The connections that the server holds. */
function connections(): Promise<number> {
  return new Promise((resolve, reject) =>
    server.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
  );
}

async function harvest(): Promise<number> {
  let records = 0;
  for (let next: string | null = LIST; next !== null; ) {
    const { status, text } = await get(next);
    expect(status).toBe(200);
    records += identifiersOf(text).length;
    const token = tokenOf(text);
    next = token === null ? null : `verb=ListRecords&resumptionToken=${token}`;
  }
  return records;
}

test("two hundred harvesters get the whole list, and only so many answers are made at once", async () => {
  await start(provider.answerWithTag);
  const harvested = await Promise.all(Array.from({ length: 200 }, harvest));
  expect(new Set(harvested)).toEqual(new Set([30]));
  expect(mostAtOnce).toBe(8);
});

test("beyond those who may wait, harvesters are told to come back and never dropped", async () => {
  await start(provider.answerWithTag, { answersAtOnce: 1, waiting: 16 });
  const answers = await Promise.all(Array.from({ length: 200 }, () => get(LIST)));
  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(17);
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
  expect(refused.every(({ retryAfter }) => retryAfter > 0)).toBe(true);
  expect(mostAtOnce).toBe(1);
});

describe("a limit of requests a minute", () => {
  const limited = { requestsPerMinute: 2 };
  const statuses = async (headers: readonly Record<string, string>[]) => {
    const found: number[] = [];
    for (const each of headers) found.push((await get("verb=Identify", each)).status);
    return found;
  };
  const from = (address: string) => ({ "x-forwarded-for": address });

  test("answers 503 with the time to wait", async () => {
    await start(provider.answerWithTag, limited);
    expect(await statuses([{}, {}])).toEqual([200, 200]);
    const { status, retryAfter } = await get("verb=Identify");
    expect(status).toBe(503);
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeLessThanOrEqual(30);
  });

  test("is not to be got round by a header, where no proxy is trusted", async () => {
    await start(provider.answerWithTag, limited);
    expect(await statuses(["192.0.2.1", "192.0.2.2", "192.0.2.3"].map(from))).toEqual([200, 200, 503]);
  });

  test("is each consumer's own behind a trusted proxy, by what that proxy itself says", async () => {
    await start(provider.answerWithTag, { ...limited, trustedProxies: ["127.0.0.0/8"] });
    // the proxy appends who asked it; what stands before that, anybody may have written
    const forged = ["198.51.100.1", "198.51.100.2", "198.51.100.3"].map((lie) => from(`${lie}, 192.0.2.1`));
    expect(await statuses(forged)).toEqual([200, 200, 503]);
    expect(await statuses([from("192.0.2.2"), from("not-an-address"), from("")])).toEqual([200, 200, 200]);
  });
});

describe("a reader who does not read", () => {
  const huge = async () => ({ xml: HUGE, entityTag: null });

  test("is cut off when nothing has moved for a time", async () => {
    await start(huge);
    // as in production, where it is two minutes
    expect(server.server.timeout).toBeGreaterThan(0);
    server.server.setTimeout(300);
    await askAndNotRead("", "127.0.0.1");
    await until(() => mostAtOnce === 1);
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  test("is cut off in the end although it reads a little now and then", async () => {
    await start(huge, { sendingMs: 600 });
    const socket = await askAndNotRead("", "127.0.0.1");
    const sip = setInterval(() => socket.read(1_000), 50);
    await until(() => mostAtOnce === 1);
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    clearInterval(sip);
  });

  test("gets nothing more until it has read, and others are answered", async () => {
    const small = async (query: string) => ({ xml: query === "huge" ? HUGE : "<x/>", entityTag: null });
    await start(small, { unsentBytes: 4 * HUGE.length - 4, waitMs: 200 });
    const reader = await askAndNotRead("huge", "127.0.0.2");
    await until(() => mostAtOnce === 1 && atOnce === 0);
    const again = await askAndNotRead("small", "127.0.0.2");
    const answered = new Promise<string>((resolve) => again.once("data", (data) => resolve(String(data))));
    again.resume();
    expect((await get("small")).status).toBe(200);
    expect(await answered).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: \d+/i);
    reader.destroy();
    await until(() => reader.closed);
    const third = await askAndNotRead("small", "127.0.0.2");
    third.resume();
    expect(await new Promise((resolve) => third.once("data", (data) => resolve(String(data))))).toMatch(
      /^HTTP\/1\.1 200/,
    );
  });
});
