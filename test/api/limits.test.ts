import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { addSource, publish, type SampleSource, sampleRecord, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { API_URL, ask, sampleApi } from "./sample-api.ts";

interface ApiProblem {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
}

const TOKEN = "a-token-that-nobody-guesses";
const TOKENS = [
  { name: "khac", digest: createHash("sha256").update("another").digest() },
  { name: "thu-vien", digest: createHash("sha256").update(TOKEN).digest() },
];
const BEARER = { authorization: `Bearer ${TOKEN}` };
let database: TestDatabase;
let kho: SampleSource;
let api: FastifyInstance | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
  kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  await publish(database.db, kho, sampleRecords(kho, 1, 3), new Date("2024-01-02T00:00:00Z"));
});

afterEach(async () => await api?.close());

afterAll(async () => await database.close());

async function start(changes: Parameters<typeof sampleApi>[1] = {}): Promise<FastifyInstance> {
  api = await sampleApi(database.db, changes);
  return api;
}

function recordPath(number: number): string {
  return `/records/${encodeURIComponent(sampleRecord(kho, number).oaiIdentifier)}`;
}

describe("who asks too often", () => {
  test("is told when to come back, and that it was the rate", async () => {
    const server = await start({ requestsPerMinute: 2 });
    expect([(await ask(server, "/sets")).status, (await ask(server, "/records?limit=x")).status]).toEqual([200, 400]);
    const { status, type, headers, body } = await ask<ApiProblem>(server, "/sets");
    expect([status, type]).toEqual([429, "application/problem+json; charset=utf-8"]);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(body).toMatchObject({ type: `${API_URL}/problems/too-many-requests`, status: 429 });
    expect(body.detail).toContain(`${headers["retry-after"]} seconds`);
  });

  test("is not limited with a token of ours, and does not use up what others may ask", async () => {
    const server = await start({ requestsPerMinute: 2, tokens: TOKENS });
    for (let number = 0; number < 10; number++) expect((await ask(server, "/sets", BEARER)).status).toBe(200);
    expect((await ask(server, "/sets")).status).toBe(200);
  });
});

describe("a token", () => {
  test.each(["Bearer wrong", `bearer ${TOKEN}x`, `Bearer ${TOKEN.toUpperCase()}`])(
    "that is none of ours, %s, is refused: 401 (RFC 6750 §3.1)",
    async (authorization) => {
      const server = await start({ tokens: TOKENS });
      const { status, headers, body } = await ask<ApiProblem>(server, "/sets", { authorization });
      expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer error="invalid_token"']);
      expect(body.type).toBe(`${API_URL}/problems/bad-token`);
    },
  );

  test("cannot be guessed by trying many: those count", async () => {
    const server = await start({ requestsPerMinute: 2, tokens: TOKENS });
    const statuses = [];
    for (const guess of ["a", "b", "c"])
      statuses.push((await ask(server, "/sets", { authorization: `Bearer ${guess}` })).status);
    expect(statuses).toEqual([401, 401, 429]);
  });

  test.each([undefined, "Basic dGh1OnZpZW4=", "Bearer", ""])(
    "is not needed: %s, which a proxy may have asked for, does no harm",
    async (authorization) => {
      const server = await start({ tokens: TOKENS });
      expect((await ask(server, "/sets", authorization === undefined ? {} : { authorization })).status).toBe(200);
    },
  );

  test("stands in no answer and in no log", async () => {
    const lines: string[] = [];
    const server = await start({ tokens: TOKENS, log: (line) => lines.push(line) });
    const answers = [];
    for (const path of ["/sets", "/records?limit=x", "/nothing", "/openapi.json"])
      answers.push(await ask(server, path, BEARER));
    const told = JSON.stringify(answers) + lines.join("");
    expect(told).toContain("/api/v1/records?limit=x");
    for (const secret of [TOKEN, "thu-vien", ...TOKENS.map(({ digest }) => digest.toString("hex"))])
      expect(told).not.toContain(secret);
  });
});

test("where too many wait, the rest is told to come back", async () => {
  const patience = { waiting: 0, waitMs: 20, unsentBytes: 1_000_000, sendingMs: 10_000 };
  const server = await start({ answersAtOnce: 1, patience });
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask<ApiProblem>(server, "/records")));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(20);
  for (const { status, headers, body } of refused) {
    expect([status, body.type]).toEqual([503, `${API_URL}/problems/unavailable`]);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  }
});

describe("when something goes wrong", () => {
  test("it stands in the log, and the reader learns nothing of it", async () => {
    const lines: string[] = [];
    const server = await start({ log: (line) => lines.push(line) });
    await database.pool.query("ALTER TABLE oai_set RENAME TO gone");
    const { status, body } = await ask<ApiProblem>(server, "/sets");
    await database.pool.query("ALTER TABLE gone RENAME TO oai_set");
    expect([status, body.type]).toEqual([500, `${API_URL}/problems/internal-error`]);
    expect(JSON.stringify(body)).not.toContain("oai_set");
    expect(lines.join("")).toContain("oai_set");
  });

  test("because the database is away, the reader is told to come back", async () => {
    const lines: string[] = [];
    const away = openDatabase("postgres://nobody@127.0.0.1:1/nothing");
    const server = await sampleApi(away, { log: (line) => lines.push(line) });
    const { status, headers, body } = await ask<ApiProblem>(server, "/records");
    await server.close();
    await away.destroy();
    expect([status, body.type]).toEqual([503, `${API_URL}/problems/unavailable`]);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain("127.0.0.1");
    expect(lines.join("")).toContain("ECONNREFUSED");
  });
});

describe("an answer", () => {
  test("has an entity tag, which spares who has it the rest, until it changes", async () => {
    const server = await start();
    const first = await ask(server, recordPath(3));
    expect(first.headers.etag).toMatch(/^W\/"[\w-]+"$/);
    expect(first.headers["cache-control"]).toBe("no-cache");
    const again = await ask(server, recordPath(3), { "if-none-match": String(first.headers.etag) });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, null, first.headers.etag]);
    expect(again.headers["access-control-allow-origin"]).toBe("*");
    const changed = sampleRecord(kho, 3, { title: "Bản sửa" });
    await publish(database.db, kho, [changed], new Date("2024-01-03T00:00:00Z"));
    const last = await ask(server, recordPath(3), { "if-none-match": String(first.headers.etag) });
    expect(last.status).toBe(200);
    expect(last.headers.etag).not.toBe(first.headers.etag);
  });

  test("names the next page in its Link header too (RFC 8288)", async () => {
    const server = await start();
    const first = await ask<{ readonly next: string }>(server, "/records?limit=2");
    expect(first.headers.link).toBe(`<${first.body.next}>; rel="next"`);
    expect((await ask(server, first.body.next)).headers.link).toBeUndefined();
  });

  test("to HEAD has the headers of GET and no body", async () => {
    const server = await start();
    const url = `/api/v1${recordPath(1)}`;
    const [head, get] = [await server.inject({ method: "HEAD", url }), await server.inject({ url })];
    expect([head.statusCode, head.body]).toEqual([200, ""]);
    for (const name of ["etag", "content-type", "content-length", "cache-control", "vary"])
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
    const missing = await server.inject({ method: "HEAD", url: "/api/v1/records/none" });
    expect([missing.statusCode, missing.body]).toEqual([404, ""]);
  });

  test("may be read by pages of others, problems too", async () => {
    const server = await start();
    for (const path of ["/sets", "/records?limit=x", "/nothing"])
      expect([path, (await ask(server, path)).headers["access-control-allow-origin"]]).toEqual([path, "*"]);
    const asked = { origin: "https://other.example", "access-control-request-method": "GET" };
    const headers = { ...asked, "access-control-request-headers": "authorization" };
    const preflight = await server.inject({ method: "OPTIONS", url: "/api/v1/records", headers });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe("*");
    expect(preflight.headers["access-control-allow-methods"]).toContain("GET");
    expect(String(preflight.headers["access-control-allow-headers"])).toMatch(/authorization/i);
  });

  test("is packed for who can unpack it", async () => {
    const server = await start();
    const { headers } = await server.inject({
      url: "/api/v1/schemas/record.json",
      headers: { "accept-encoding": "gzip" },
    });
    expect(headers["content-encoding"]).toBe("gzip");
  });
});

test.each(["POST", "PUT", "PATCH", "DELETE"] as const)(
  "%s is not answered: nothing can be changed here",
  async (method) => {
    const server = await start();
    for (const url of ["/api/v1/records", "/api/v1/nothing"]) {
      const body = { method, url, headers: { "content-type": "application/json" }, payload: "{" };
      const { statusCode, headers, json } = await server.inject(body);
      expect([statusCode, headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
      expect(json()).toMatchObject({ type: `${API_URL}/problems/method-not-allowed` });
    }
  },
);
