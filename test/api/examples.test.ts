import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { API_ROUTES } from "../../src/api/all-routes.ts";
import { PROBLEMS } from "../../src/api/problem.ts";
import { saveFailedRun } from "../../src/store/runs.ts";
import { addSource, publish, type SampleSource, sampleRecord } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { ask, sampleApi } from "./sample-api.ts";

const DOCUMENT = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");
const EXAMPLES = [...DOCUMENT.matchAll(/^curl -s "\$API(\/[^"]*)"/gm)].map(([, path = ""]) => path);
const OAI_IDENTIFIER = "oai:lienthong.vn:thu-vien-so/repository.example.edu.vn:123456789/137";
let source: SampleSource;
let database: TestDatabase;
let api: FastifyInstance;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await addSource(database.db, "thu-vien-so", "https://repository.example.edu.vn/oai");
  await addSource(database.db, "tap-chi", "https://tapchi.example.edu.vn/oai");
  const gone = sampleRecord(source, 2, { deletedReason: "sweep", published: null, contentHash: null });
  const records = [sampleRecord(source, 1, { oaiIdentifier: OAI_IDENTIFIER }), gone];
  await publish(database.db, source, records, new Date("2024-01-02T00:00:00Z"));
  await saveFailedRun(database.db, source.repositoryId, "person", "no answer");
  api = await sampleApi(database.db);
});

afterAll(async () => {
  await api.close();
  await database.close();
});

test("docs/api.md has examples", () => expect(EXAMPLES.length).toBeGreaterThan(8));

test.each(EXAMPLES)("%s is answered as docs/api.md says", async (path) => {
  const { status, body } = await ask<{ readonly detail?: string }>(api, path);
  // one example is of a mistake, and its answer stands below it
  if (status !== 200) expect(DOCUMENT).toContain(JSON.stringify(body.detail));
});

test("the program of docs/api.md follows the changes, page by page", async () => {
  let origin = "";
  const server = await sampleApi(database.db, { baseUrl: () => `${origin}/api/v1` });
  origin = await server.listen({ port: 0, host: "127.0.0.1" });
  // a page each
  const program = /^```js\n(.*?)^```$/ms.exec(DOCUMENT)?.[1]?.replace("limit=1000", "limit=1") ?? "";
  const args = ["--input-type=module", "-e", program, "follow.mjs", "2020-01-01"];
  const env = { ...process.env, API: `${origin}/api/v1` };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  await server.close();
  expect(stdout.replace(/from .*/, "from")).toBe(
    `store ${OAI_IDENTIFIER}\ndelete ${sampleRecord(source, 2).oaiIdentifier}\ngo on from\n`,
  );
});

test("docs/api.md tells of every address and of every problem", () => {
  const addresses = [...DOCUMENT.matchAll(/^\| `(\/[^`]*)`/gm)].map(([, path]) => path);
  expect(addresses.toSorted()).toEqual(
    API_ROUTES.map(({ path }) => path)
      .filter((path) => path !== "/openapi.json")
      .toSorted(),
  );
  for (const [name, { status }] of Object.entries(PROBLEMS))
    expect(DOCUMENT).toMatch(new RegExp(`^\\| ${status} .*\`${name}\``, "m"));
});
