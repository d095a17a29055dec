import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { healthRoutes } from "../../src/http/health-routes.ts";
import { createServer } from "../../src/http/server.ts";

const TOKEN = "a-token-for-prometheus";
const ELSEWHERE = "192.0.2.7";
let server: FastifyInstance;
let problem: string | null = null;
let asked = 0;

afterEach(async () => {
  await server.close();
  problem = null;
  asked = 0;
});

async function get(
  path: string,
  request: { token?: string | null; from?: string; headers?: Record<string, string> } = {},
) {
  server = createServer({ logger: pino({ level: "silent" }) });
  await server.register(
    healthRoutes({
      problem: async () => {
        asked += 1;
        return problem;
      },
      metrics: async () => ({ contentType: "text/plain; version=0.0.4; charset=utf-8", text: "lienthong_leases 1\n" }),
      metricsToken: request.token ?? null,
    }),
  );
  const { from: remoteAddress = "127.0.0.1", headers = {} } = request;
  return await server.inject({ path, remoteAddress, headers });
}

test("/healthz answers as long as the process lives, whatever the database does, and asks nobody", async () => {
  problem = "the database does not answer";
  const { statusCode, body } = await get("/healthz", { from: ELSEWHERE });
  expect([statusCode, body, asked]).toEqual([200, "alive\n", 0]);
});

test("/readyz is 200 where there is no problem", async () => {
  const { statusCode, headers } = await get("/readyz", { from: ELSEWHERE });
  expect([statusCode, headers["cache-control"]]).toEqual([200, "no-store"]);
});

test("/readyz is 503 with the reason as text", async () => {
  problem = "the database does not answer";
  const { statusCode, headers, body } = await get("/readyz");
  expect([statusCode, body]).toEqual([503, "the database does not answer\n"]);
  expect(headers["content-type"]).toMatch(/^text\/plain/);
});

test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("/metrics answers this machine (%s)", async (from) => {
  const { statusCode, body, headers } = await get("/metrics", { from });
  expect([statusCode, body]).toEqual([200, "lienthong_leases 1\n"]);
  expect(headers["content-type"]).toMatch(/version=0\.0\.4/);
});

test.each(["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1"])("/metrics does not answer %s", async (from) => {
  const { statusCode, body } = await get("/metrics", { from });
  expect(statusCode).toBe(403);
  expect(body).toContain("METRICS_TOKEN");
});

test.each(["x-forwarded-for", "forwarded", "via", "x-real-ip"])(
  "/metrics is not fooled by a proxy on this machine that sends %s",
  async (name) => {
    expect((await get("/metrics", { headers: { [name]: "192.0.2.7" } })).statusCode).toBe(403);
  },
);

test("/metrics with a token answers whoever brings it, from anywhere", async () => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect((await get("/metrics", { token: TOKEN, from: ELSEWHERE, headers })).statusCode).toBe(200);
});

test.each([[{}], [{ authorization: `Bearer ${TOKEN}x` }], [{ authorization: TOKEN }], [{ authorization: "Bearer " }]])(
  "/metrics with a token refuses %j, this machine too",
  async (headers: Record<string, string>) => {
    const { statusCode, headers: answered, body } = await get("/metrics", { token: TOKEN, headers });
    expect([statusCode, answered["www-authenticate"]]).toEqual([401, "Bearer"]);
    expect(body).not.toContain("lienthong_leases");
  },
);
