import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { portalRoutes } from "../../src/portal/routes.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const OPTIONS = {
  name: "Cổng mẫu",
  oaiUrl: () => "https://cong.example.vn/oai",
  prefixes: ["oai_dc"],
  explain: async () => null,
  explainToken: () => null,
};
let database: TestDatabase;
let server: FastifyInstance;

beforeAll(async () => {
  database = await createTestDatabase();
  await addRepository(database.db, { code: "kho", name: "Kho <Đẹp>", base_url: "https://kho.example.edu.vn/oai" });
  await addRepository(database.db, { code: "kho-2", name: "Kho hai", base_url: "https://kho-2.example.edu.vn/oai" });
  server = fastify();
  await server.register(portalRoutes({ ...OPTIONS, db: database.db }));
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

describe("the page of a repository", () => {
  test("is found under its code, in the language that was chosen", async () => {
    const { statusCode, headers, body } = await get("/repositories/kho", "lang=en");
    expect([statusCode, headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(body).toMatch(/^<!doctype html><html lang="en">.*<title>Kho &lt;Đẹp> · Cổng mẫu<\/title>/);
  });

  test("counts the remarks on its records", async () => {
    const { rows } = await database.pool.query("SELECT repository_id FROM repository WHERE code = 'kho-2'");
    await database.pool.query(
      `INSERT INTO record_issue (repository_id, record_id, position, code, severity)
       SELECT $1, n, 0, CASE WHEN n = 3 THEN 'date-missing' ELSE 'type-missing' END, 'warning' FROM generate_series(1, 3) n`,
      [rows[0].repository_id],
    );
    const { body } = await get("/repositories/kho-2?lang=en");
    expect(body.replace(/<[^>]+>/g, " ")).toMatch(/No resource type .* 2 .*No date of publication .* 1 /);
  });

  test("tells the score of its live records", async () => {
    const row = { code: "kho-3", name: "Kho ba", base_url: "https://kho-3.example.edu.vn/oai" };
    const { repository_id } = await addRepository(database.db, row);
    await database.pool.query(
      `INSERT INTO record (repository_id, record_id, oai_identifier, stamp, deleted, deleted_reason, set_specs, source_identifier,
         source_datestamp, metadata_namespace, published, quality, rules_missed)
       SELECT $1, n, 'oai:q:' || n, now(), n = 3, CASE WHEN n = 3 THEN 'sweep' END, '{}', n, '', '', '{}', n * 30, 4
       FROM generate_series(1, 3) n`,
      [repository_id],
    );
    const { body } = await get("/repositories/kho-3?lang=en");
    await database.pool.query("DELETE FROM record"); // the other tests count them
    // (30 + 60) : 2; bit 2 is that of the date of publication
    expect(body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ")).toMatch(
      / 45 of 100 .* Date of publication .* 2 Write dc:date/,
    );
  });

  test("of a code that nobody registered is not found, and says so on a page", async () => {
    const { statusCode, body } = await get("/repositories/nobody");
    expect(statusCode).toBe(404);
    expect(body).toContain("<h1>Không có kho nào mang mã này</h1>");
  });
});

test("records are counted at most once a minute, whoever looks", async () => {
  const fresh = fastify();
  await fresh.register(portalRoutes({ ...OPTIONS, db: database.db }));
  const records = async () => /<dt>Records<\/dt><dd>(\d+)</.exec((await fresh.inject("/?lang=en")).body)?.[1];
  const before = await records();
  await database.pool.query(
    `INSERT INTO record (repository_id, record_id, oai_identifier, stamp, deleted, set_specs, source_identifier,
       source_datestamp, metadata_namespace, published) VALUES (1, 1, 'oai:a', now(), false, '{}', 'a', '', '', '{}')`,
  );
  expect([before, await records()]).toEqual(["0", "0"]);
  await fresh.close();
});

test.each([
  ["/style.css", "text/css; charset=utf-8", "@media (prefers-color-scheme: dark)"],
  ["/favicon.svg", "image/svg+xml", "<svg"],
  ["/oai.xsl", "text/xml; charset=utf-8", "<xsl:stylesheet"],
  ["/oai.css", "text/css; charset=utf-8", ".languages"],
  ["/oai-plain.css", "text/css; charset=utf-8", "@namespace oai"],
  ["/oai.js", "text/javascript; charset=utf-8", "document.cookie"],
])("%s is served with its type and may be cached", async (path, type, content) => {
  const { statusCode, headers, body } = await get(path);
  expect([statusCode, headers["content-type"]]).toEqual([200, type]);
  expect(headers["cache-control"]).toMatch(/max-age=\d+/);
  expect(body).toContain(content);
});
