import { once } from "node:events";
import { createConnection } from "node:net";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { request } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { oaiRoutes } from "../../src/http/oai-routes.ts";
import type { AnsweredRequest, AnswerSubject } from "../../src/http/observe-answers.ts";
import { createServer } from "../../src/http/server.ts";
import type { Patience } from "../../src/http/turns.ts";

const SUBJECT: AnswerSubject = {
  route: "ListRecords",
  metadataPrefix: "oai_dc",
  setSpec: "thesis",
  records: 100,
  lastPage: true,
  outcome: null,
};
const PATIENCE: Patience = { waiting: 1, waitMs: 60_000, unsentBytes: 1e9, sendingMs: 60_000 };
const XML = `<x>${"Luận văn ".repeat(1_000)}</x>`;
let server: FastifyInstance;
let observed: AnsweredRequest[] = [];

afterEach(async () => {
  const closed = server.close();
  server.server.closeAllConnections();
  await closed;
});

type Answer = (query: string) => Promise<{ xml: string; entityTag: string | null; subject?: AnswerSubject }>;
const answered: Answer = async () => ({ xml: XML, entityTag: null, subject: SUBJECT });

async function start(answer: Answer = answered, limits = {}, trustedProxies: readonly string[] = []): Promise<string> {
  observed = [];
  server = createServer({ logger: pino({ level: "silent" }), trustedProxies });
  const most = { answersAtOnce: 8, requestsPerMinute: 0, ...limits };
  await server.register(oaiRoutes(answer, most, PATIENCE, (each) => observed.push(each)));
  return `${await server.listen({ port: 0, host: "127.0.0.1" })}/oai`;
}

/** Those that were told of once there are so many. */
async function told(count: number): Promise<readonly AnsweredRequest[]> {
  while (observed.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  return observed;
}

type Asked = NonNullable<Parameters<typeof request>[1]>;

/** Asks, and tells what was told of it. */
async function tellOf(url: string, asked: Asked = {}): Promise<AnsweredRequest> {
  const before = observed.length;
  await (await request(url, asked)).body.dump();
  const event = (await told(before + 1))[before];
  if (event === undefined) throw new Error("nothing was told");
  return event;
}

const post = (body: string, type = "application/x-www-form-urlencoded"): Asked => ({
  method: "POST",
  body,
  headers: { "content-type": type },
});

test("an answer is told with who asked, what it is about, and its bytes", async () => {
  const url = await start();
  const headers = { "user-agent": "Kho/1.0", from: "a@kho.vn", "accept-encoding": "identity" };
  const { outcome: _none, ...subject } = SUBJECT;
  const who = { userAgent: "Kho/1.0", contact: "a@kho.vn", network: "127.0.0.0/24" };
  const expected = { surface: "feed", outcome: "answered", bytes: Buffer.byteLength(XML), ...who, ...subject };
  expect(await tellOf(`${url}?verb=ListRecords`, { headers })).toEqual(expected);
  expect(await tellOf(url, { ...post("verb=ListRecords"), headers: { ...headers, ...post("").headers } })).toEqual(
    expected,
  );
});

test("bytes are those that were sent: compressed ones", async () => {
  const url = await start();
  const response = await request(url, { headers: { "accept-encoding": "gzip" } });
  const { byteLength } = await response.body.arrayBuffer();
  expect(byteLength).toBeLessThan(XML.length / 10);
  expect((await told(1))[0]?.bytes).toBe(byteLength);
});

test("who is behind a proxy of ours is told by the network that it names", async () => {
  const url = await start(answered, {}, ["127.0.0.0/8"]);
  const headers = { "x-forwarded-for": "203.0.113.77" };
  expect((await tellOf(url, { headers })).network).toBe("203.0.113.0/24");
});

describe("delivers no records:", () => {
  test("a HEAD, which brings nothing", async () => {
    const url = await start();
    expect(await tellOf(url, { method: "HEAD" })).toMatchObject({
      outcome: "answered",
      route: "ListRecords",
      records: 0,
      lastPage: false,
      bytes: 0,
    });
  });

  test("an answer that the consumer has already", async () => {
    const url = await start(async () => ({ xml: XML, entityTag: 'W/"1"', subject: SUBJECT }));
    const headers = { "if-none-match": 'W/"1"' };
    expect(await tellOf(url, { headers })).toMatchObject({
      outcome: "unchanged",
      records: 0,
      lastPage: false,
      bytes: 0,
    });
  });

  test.each(["empty", "wrong"] as const)("one that is %s by the protocol", async (outcome) => {
    const url = await start(async () => ({ xml: XML, entityTag: null, subject: { ...SUBJECT, outcome } }));
    expect(await tellOf(url)).toMatchObject({ outcome, records: 0, lastPage: false });
  });

  test.each([
    ["a method that is not answered", { method: "PUT" }],
    ["a body of another type", post("<x/>", "text/xml")],
    ["a body that is too long", post("x".repeat(300_000))],
  ] as const)("%s, which is wrong", async (_name, asked) => {
    const url = await start();
    expect(await tellOf(url, asked)).toMatchObject({ outcome: "wrong", route: "", records: 0 });
  });

  test("a failure of ours", async () => {
    const url = await start(async () => {
      throw new Error("the database is away");
    });
    expect(await tellOf(url)).toMatchObject({ outcome: "failed", records: 0 });
  });

  test("a replica that is behind", async () => {
    const url = await start(async () => {
      throw Object.assign(new Error("behind"), { retryAfterSeconds: 3 });
    });
    expect(await tellOf(url)).toMatchObject({ outcome: "behind", records: 0 });
  });

  test("a consumer that asks too often", async () => {
    const url = await start(answered, { requestsPerMinute: 1 });
    expect((await tellOf(url)).outcome).toBe("answered");
    expect(await tellOf(url)).toMatchObject({ outcome: "limited", records: 0 });
  });

  test("a feed before which too many wait; who hung up meanwhile is gone", async () => {
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const url = await start((query) => finished.then(() => answered(query)), { answersAtOnce: 1 });
    const hangUp = new AbortController();
    const first = request(url);
    const second = request(url, { signal: hangUp.signal });
    const refused = await Promise.race([first, second, request(url)]);
    await refused.body.dump();
    expect(refused.statusCode).toBe(503);
    expect((await told(1))[0]).toMatchObject({ outcome: "busy", records: 0 });
    hangUp.abort();
    await second.catch(() => {});
    expect((await told(2))[1]).toMatchObject({ outcome: "gone", records: 0 });
    finish();
    await (await first).body.dump();
    expect((await told(3))[2]?.outcome).toBe("answered");
  });

  test("one that was not taken to its end", async () => {
    const huge = "x".repeat(50_000_000);
    const url = await start(async () => ({ xml: huge, entityTag: null, subject: SUBJECT }));
    const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
    socket.write("GET /oai HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(socket, "data");
    socket.destroy();
    expect((await told(1))[0]).toMatchObject({ outcome: "gone", records: 0, lastPage: false, bytes: 0 });
  });
});

test("headers that no program should send do no harm", async () => {
  const url = await start();
  const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
  socket.write("GET /oai HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
  socket.write(`User-Agent: <script>alert("\x1b[31m${"x".repeat(100_000)}")</script>\r\n`);
  socket.end(
    Buffer.concat([Buffer.from("From: "), Buffer.from([0xff, 0xfe, 0xed, 0xa0, 0x80]), Buffer.from("\r\n\r\n")]),
  );
  socket.resume();
  await once(socket, "close");
  const [event] = observed;
  // Node.js refuses control characters itself; what it lets through is clean
  if (event !== undefined) expect(`${event.userAgent}${event.contact}`).not.toMatch(/\p{C}/u);
  const kept = await tellOf(url, { headers: { "user-agent": `<b>${"x".repeat(100_000)}`, from: "\xff\xfe" } });
  expect(kept).toMatchObject({ outcome: "answered", contact: "", userAgent: `<b>${"x".repeat(157)}` });
});
