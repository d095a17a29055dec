import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writePlace } from "../../src/api/place.ts";
import { addSource, publish, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { API_URL, ask, type Page, pages, sampleApi } from "./sample-api.ts";

interface ApiProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

let database: TestDatabase;
let api: FastifyInstance;

beforeAll(async () => {
  database = await createTestDatabase();
  const kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  await publish(database.db, kho, sampleRecords(kho, 1, 20), new Date("2024-01-02T00:00:00Z"));
  api = await sampleApi(database.db);
});

afterAll(async () => {
  await api.close();
  await database.close();
});

describe("what cannot be answered says why", () => {
  test.each([
    ["/records?limit=0", 400, "bad-parameter", '"limit" was "0": give how many to give at most, a whole number from 1'],
    ["/records?limit=1001", 400, "bad-parameter", '"limit" was "1001"'],
    ["/records?limit=1e2", 400, "bad-parameter", '"limit" was "1e2"'],
    ["/records?limit=", 400, "bad-parameter", '"limit" was ""'],
    ["/records?limit=1&limit=1", 400, "bad-parameter", '"limit" was given twice: give it once'],
    ["/records?page=2", 400, "unknown-parameter", 'no parameter "page" here: there are set, from, until, limit, after'],
    ["/records?__proto__=2", 400, "unknown-parameter", 'no parameter "__proto__" here'],
    ["/records/x?lang=vi", 400, "unknown-parameter", 'no parameter "lang" here: this address takes none'],
    ["/records?from=2024-02-30", 400, "bad-date", '"from" was "2024-02-30": give a date as 2026-05-01 or'],
    ["/records?until=yesterday", 400, "bad-date", '"until" was "yesterday"'],
    ["/records?from=0000-01-01", 400, "bad-date", '"from" was "0000-01-01"'],
    ["/records?from=2024-01-02&until=2024-01-02T00:00:00Z", 400, "bad-date", "must both be days or both be seconds"],
    ["/records?from=2024-01-03&until=2024-01-02", 400, "bad-date", "2024-01-03 is later than 2024-01-02"],
    ["/records?set=inst:none", 404, "unknown-set", 'there is no set "inst:none"'],
    ["/records?set=%00", 404, "unknown-set", "there is no set"],
    ["/records?after=x", 400, "bad-place", '"after" is none that this list gave'],
    ["/changes", 400, "bad-parameter", '"since" is missing: give the "horizon" of your last answer, or another moment'],
    ["/changes?since=now", 400, "bad-date", '"since" was "now"'],
    ["/changes?since=2024-01-01&from=2024-01-01", 400, "unknown-parameter", 'no parameter "from" here'],
    ["/records/oai:lienthong.example:kho/none", 404, "unknown-record", 'no record "oai:lienthong.example:kho/none"'],
    ["/records/x", 404, "unknown-record", 'there is no record "x"'],
    ["/records/oai:%00", 404, "unknown-record", "percent-encoded"],
    ["/repositories/none", 404, "unknown-repository", 'there is no repository "none"'],
    ["/repositories/%00/runs", 404, "unknown-repository", "there is no repository"],
    ["/repositories/KHO/issues", 404, "unknown-repository", 'there is no repository "KHO"'],
    ["/repositories/kho/nothing", 404, "unknown-repository", 'there is no repository "kho/nothing"'],
    ["/repositories?state=gone", 400, "bad-parameter", '"state" was "gone": give one of draft, live, paused, retired'],
    ["/repositories/kho/runs?after=MQ", 400, "bad-place", "this list gave"],
    ["/issues", 400, "bad-parameter", '"repository" is missing: give the code of a repository'],
    ["/issues?repository=none", 404, "unknown-repository", 'there is no repository "none"'],
    ["/issues?repository=kho&code=%00", 400, "bad-parameter", "give the code of a remark"],
    ["/issues?repository=kho&after=MQ", 400, "bad-place", "this list gave"],
    ["/runs/1", 404, "unknown-run", "there is no run 1"],
    ["/runs/99999999999999999999", 404, "unknown-run", "there is no run"],
    ["/runs/x", 404, "unknown-run", "there is no run x"],
    ["/sets?after=MQ", 400, "bad-place", "this list gave"],
    ["/problems/none", 404, "unknown-problem", "there are unknown-address, "],
    ["/nothing", 404, "unknown-address", "/api/v1/openapi.json lists the addresses"],
    ["", 404, "unknown-address", "/api/v1/openapi.json"],
    ["/", 404, "unknown-address", "/api/v1/openapi.json"],
  ])("%s", async (path, status, name, detail) => {
    const told = await ask<ApiProblem>(api, path);
    expect([told.status, told.type]).toEqual([status, "application/problem+json; charset=utf-8"]);
    expect(told.body.detail).toContain(detail);
    const { type, title } = told.body;
    expect(type).toBe(`${API_URL}/problems/${name}`);
    // its address tells the same (RFC 9457 §3.1.1)
    expect((await ask(api, type)).body).toEqual({ type, title, status });
  });

  test("a place in a list belongs to that list: with other filters records would be missed without a word", async () => {
    const [{ next }] = (await pages(api, "/records?limit=10")) as [Page];
    const after = new URL(next ?? "").searchParams.get("after") ?? "";
    for (const [path, status] of [
      [`/records?after=${after}`, 200],
      [`/records?limit=3&after=${after}`, 200],
      [`/records?set=inst:kho&after=${after}`, 400],
      [`/records?from=2024-01-01&after=${after}`, 400],
      [`/changes?since=2024-01-01&after=${after}`, 400],
      [`/records?after=${after.slice(0, -1)}`, 400],
      [`/records?after=${after}=`, 400],
    ] as const) {
      expect([path, (await ask(api, path)).status]).toEqual([path, status]);
    }
  });

  test.each([
    ["/records", JSON.stringify(["/records", undefined, null, null]), [9e14, 0, 1], "where no list of ours has been"],
    ["/records", JSON.stringify(["/records", undefined, null, null]), [1, 2, 1], "where no list of ours has been"],
    ["/records", JSON.stringify(["/records", undefined, null, null]), ["", "-1", "x"], "this list gave"],
    ["/sets", "/sets", ["\u0000"], "this list gave"],
    ["/repositories/kho/runs", "/repositories/kho/runs", ["x"], "this list gave"],
  ])("a place in %s that somebody made up", async (path, list, place, detail) => {
    const { status, body } = await ask<ApiProblem>(api, `${path}?after=${writePlace(list, place)}`);
    expect([status, body.detail]).toEqual([400, expect.stringContaining(detail)]);
  });

  test("a place that a server gave which is further than this one: it is waited for, and who waits long comes back", async () => {
    const list = JSON.stringify(["/records", undefined, null, null]);
    // the horizon is less than a second behind the clock
    const ahead = (seconds: number) => writePlace(list, [(Math.floor(Date.now() / 1_000) + seconds) * 1_000, 1, 1]);
    expect((await ask(api, `/records?after=${ahead(1)}`)).status).toBe(200);
    const { status, headers, body } = await ask<ApiProblem>(api, `/records?after=${ahead(20)}`);
    expect([status, body.detail]).toEqual([503, expect.stringContaining("come back later")]);
    expect(Number(headers["retry-after"])).toBeGreaterThanOrEqual(19);
  });

  test("an address that cannot be decoded, as far as HTTP goes", async () => {
    const { status, type, body } = await ask<ApiProblem>(api, "/records/%ED%A0%80");
    expect([status, type]).toEqual([400, "application/problem+json; charset=utf-8"]);
    expect(body).toMatchObject({ type: "about:blank", title: "Bad Request", status: 400 });
    expect(body.detail).toContain("percent-encode");
  });

  test("what was given comes back cut to a length that can be read", async () => {
    const { body } = await ask<ApiProblem>(api, `/records?set=${"x".repeat(50_000)}`);
    expect(body.detail.length).toBeLessThan(400);
  });
});
