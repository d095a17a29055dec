import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { portalRoutes } from "../../src/portal/routes.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let server: FastifyInstance;

beforeAll(async () => {
  database = await createTestDatabase();
  await addRepository(database.db, { code: "kho", name: "Kho <Đẹp>", base_url: "https://kho.example.edu.vn/oai" });
  server = fastify();
  await server.register(
    portalRoutes({ db: database.db, name: "Cổng mẫu", oaiUrl: () => "https://cong.example.vn/oai" }),
  );
});

afterAll(async () => {
  await server.close();
  await database.close();
});

const get = (url: string, cookie?: string) => server.inject({ url, headers: cookie === undefined ? {} : { cookie } });

test("the first page is a whole HTML document in Vietnamese, never cached, without a cookie", async () => {
  const { statusCode, headers, body } = await get("/");
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["set-cookie"]).toBeUndefined();
  expect(body).toMatch(/^<!doctype html><html lang="vi">.*<title>Tình trạng liên thông · Cổng mẫu<\/title>.*<\/html>$/);
  expect(body).toContain("Kho &lt;Đẹp>");
  expect(body).toContain("<code>https://cong.example.vn/oai</code>");
});

test("?lang= changes the language and is remembered in a cookie", async () => {
  const { headers, body } = await get("/?lang=en");
  expect(body).toContain('<html lang="en">');
  expect(headers["set-cookie"]).toMatch(/^lang=en; Path=\/; Max-Age=\d+; SameSite=Lax$/);
  expect((await get("/", "lang=en")).body).toContain('<html lang="en">');
});

test("an unknown language is neither shown nor remembered", async () => {
  const { headers, body } = await get("/?lang=%3Cscript%3E");
  expect(body).toContain('<html lang="vi">');
  expect(headers["set-cookie"]).toBeUndefined();
});

test("a language given twice does no harm", async () => {
  const { statusCode, body } = await get("/?lang=en&lang=vi");
  expect(statusCode).toBe(200);
  expect(body).toContain('<html lang="vi">');
});

test.each([
  ["/style.css", "text/css; charset=utf-8", "@media (prefers-color-scheme: dark)"],
  ["/favicon.svg", "image/svg+xml", "<svg"],
])("%s is served with its type and may be cached", async (path, type, content) => {
  const { statusCode, headers, body } = await get(path);
  expect([statusCode, headers["content-type"]]).toEqual([200, type]);
  expect(headers["cache-control"]).toMatch(/max-age=\d+/);
  expect(body).toContain(content);
});
