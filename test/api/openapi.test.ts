import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { API_ROUTES } from "../../src/api/all-routes.ts";
import { PROBLEMS } from "../../src/api/problem.ts";
import { finishRun, startRun } from "../../src/store/runs.ts";
import { addSource, publish, sampleRecord, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { judgeBy, type OpenApi } from "./description.ts";
import { API_URL, ask, sampleApi } from "./sample-api.ts";

const IDENTIFIER = encodeURIComponent("oai:lienthong.example:kho/kho.example.edu.vn:1");
/** An address of each route, and the status that it is answered with. */
const ADDRESSES: readonly (readonly [string, string, number])[] = [
  ["/records", "/records", 200],
  ["/records", "/records?limit=2", 200],
  ["/records", "/records?limit=x", 400],
  ["/records", "/records?set=none", 404],
  ["/records/{identifier}", `/records/${IDENTIFIER}`, 200],
  ["/records/{identifier}", "/records/none", 404],
  ["/changes", "/changes?since=2020-01-01&limit=2", 200],
  ["/repositories", "/repositories", 200],
  ["/repositories/{code}", "/repositories/kho", 200],
  ["/repositories/{code}", "/repositories/tap-chi", 200],
  ["/repositories/{code}", "/repositories/none", 404],
  ["/repositories/{code}/runs", "/repositories/kho/runs", 200],
  ["/repositories/{code}/runs", "/repositories/kho/runs?limit=1", 200],
  ["/runs/{id}", "/runs/1", 200],
  ["/runs/{id}", "/runs/2", 200],
  ["/runs/{id}", "/runs/0", 404],
  ["/repositories/{code}/issues", "/repositories/kho/issues", 200],
  ["/issues", "/issues?repository=kho&limit=1", 200],
  ["/issues", "/issues?repository=none", 404],
  ["/sets", "/sets?limit=1", 200],
  ["/statistics", "/statistics", 200],
  ["/statistics/use", "/statistics/use", 200],
  ["/openapi.json", "/openapi.json", 200],
  ["/schemas/record.json", "/schemas/record.json", 200],
  ["/problems/{name}", "/problems/bad-date", 200],
];

let database: TestDatabase;
let api: FastifyInstance;
let document: OpenApi;

beforeAll(async () => {
  database = await createTestDatabase();
  const kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  await addSource(database.db, "tap-chi", "https://tapchi.example.edu.vn/oai");
  const gone = sampleRecord(kho, 13, { deletedReason: "sweep", published: null, contentHash: null });
  const judged = sampleRecord(kho, 14, { quality: { score: 40, missed: 0b110 } });
  await publish(database.db, kho, [...sampleRecords(kho, 1, 12), gone, judged], new Date("2024-05-06T07:08:09Z"));
  await addRuns(kho.repositoryId);
  await database.pool.query(
    `INSERT INTO record_issue (repository_id, record_id, position, code, severity)
     VALUES ($1, 1, 0, 'date-missing', 'warning'), ($1, 2, 0, 'no-such-remark-any-more', 'info')`,
    [kho.repositoryId],
  );
  const behaviour = JSON.stringify({ remarks: ["datestamp-moves", "gone"] });
  await database.pool.query("UPDATE repository SET platform = 'dspace', behaviour = $1 WHERE code = 'kho'", [
    behaviour,
  ]);
  await database.pool.query(
    `INSERT INTO consumer_day (day, surface, network, user_agent, contact, route, metadata_prefix, set_spec, product, requests,
       records, bytes, lists)
     VALUES (now()::date, 'feed', '192.0.2.0/24', 'Kho/1', 'a@kho.vn', 'ListRecords', 'oai_dc', '', 'Kho', 3, 300, 9000, 1)`,
  );
  api = await sampleApi(database.db);
  document = (await ask<OpenApi>(api, "/openapi.json")).body;
});

afterAll(async () => {
  await api.close();
  await database.close();
});

/** A run that is partial and one that goes on. */
async function addRuns(repositoryId: number): Promise<void> {
  const plan = {
    repositoryId,
    trigger: "person",
    metadataPrefix: "oai_dc",
    metadataNamespace: "http://www.openarchives.org/OAI/2.0/oai_dc/",
    sourceStarted: null,
    fullList: true,
    windows: [{ from: null, until: null, resumptionToken: null, received: 0 }],
  } as const;
  const missing = { windows: [{ from: "2020-01-01", until: null, why: "timeout" }], identifiers: ["oai:x:1"] };
  const end = { outcome: "partial", failure: "the server did not answer", diagnosis: "timeout", cursor: null, missing };
  await finishRun(database.db, await startRun(database.db, plan), end);
  await startRun(database.db, plan);
}

test("the document is valid OpenAPI 3.1, as an independent validator sees it", async () => {
  const { valid, errors } = await new Validator().validate({ ...document });
  expect([valid, errors]).toEqual([true, undefined]);
  expect(document.openapi).toMatch(/^3\.1\./);
});

test("every route is in it, and is asked here", () => {
  expect(Object.keys(document.paths)).toEqual(API_ROUTES.map(({ path }) => path));
  expect([...new Set(ADDRESSES.map(([path]) => path))].toSorted()).toEqual(Object.keys(document.paths).toSorted());
});

test.each(ADDRESSES)("%s: GET %s is answered %i, as the document says", async (path, address, status) => {
  const { type, body, ...told } = await ask(api, address);
  expect(told.status).toBe(status);
  expect(judgeBy(document)({ path, status, type, body })).toEqual([]);
});

test("an answer that the document does not describe is none, for whoever judges here", async () => {
  const { type, body } = await ask<object>(api, `/records/${IDENTIFIER}`);
  const judge = judgeBy(document);
  const answer = { path: "/records/{identifier}", status: 200, type };
  for (const wrong of [{ ...body, deleted: "no" }, { ...body, more: 1 }, { ...body, record: {} }, {}])
    expect(judge({ ...answer, body: wrong })).not.toEqual([]);
});

test("every parameter that it names is taken, and no other", async () => {
  for (const [path, { get }] of Object.entries(document.paths)) {
    const address = ADDRESSES.find(([of, , status]) => of === path && status === 200)?.[1] ?? "";
    const url = new URL(`http://x${address}`);
    for (const { name, in: place } of get.parameters) {
      if (place === "path") expect(path).toContain(`{${name}}`);
      else {
        const given = new URLSearchParams({ ...Object.fromEntries(url.searchParams), [name]: "?" });
        const { body } = await ask<{ readonly detail?: string }>(api, `${url.pathname}?${given}`);
        expect(body.detail, `${path} ${name}`).not.toMatch(/there is no parameter/);
      }
    }
    expect((await ask<{ detail: string }>(api, `${url.pathname}?x=1`)).body.detail).toContain('no parameter "x" here');
  }
});

test("the JSON Schema of the record says yes to records and no to others", async () => {
  const { body: schema, type } = await ask<object>(api, "/schemas/record.json");
  expect(type).toBe("application/schema+json; charset=utf-8");
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  const { body } = await ask<{ readonly record: object }>(api, `/records/${IDENTIFIER}`);
  validate(body.record);
  expect(validate.errors).toBeNull();
  expect(validate({ ...body.record, titles: "Luận văn" })).toBe(false);
  expect(validate({ ...body.record, colour: "red" })).toBe(false);
});

test("every problem that there is can happen somewhere, and stands in the document there", () => {
  const told = JSON.stringify(document.paths);
  // whatever is no route has none in the document
  const elsewhere = ["unknown-address", "method-not-allowed"];
  for (const name of Object.keys(PROBLEMS))
    if (!elsewhere.includes(name)) expect(told).toMatch(new RegExp(`[ ,:]${name}[,.]`));
  expect(told).not.toContain(`${API_URL}/problems`);
});
