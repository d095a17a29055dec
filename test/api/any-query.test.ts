import fc from "fast-check";
import type { FastifyInstance } from "fastify";
import { Agent } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { API_ROUTES } from "../../src/api/all-routes.ts";
import { writePlace } from "../../src/api/place.ts";
import { saveFailedRun } from "../../src/store/runs.ts";
import { addSource, publish, sampleRecord, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { type Answer, judgeBy, type OpenApi } from "./description.ts";
import { ask, type Page, sampleApi } from "./sample-api.ts";

/** `FUZZ_REQUESTS=20000 npx vitest run test/api/any-query.test.ts` asks more. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400);
const IDENTIFIER = "oai:lienthong.example:kho/kho.example.edu.vn:1";

let database: TestDatabase;
let api: FastifyInstance;
let origin = "";
let judge: (answer: Answer) => readonly unknown[];
let place = "";
const seen = new Map<string, number>();
const agent = new Agent();

beforeAll(async () => {
  database = await createTestDatabase();
  const kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  const gone = sampleRecord(kho, 13, { deletedReason: "sweep", published: null, contentHash: null });
  await publish(database.db, kho, [...sampleRecords(kho, 1, 12), gone], new Date("2024-05-06T07:08:09Z"));
  await database.pool.query(
    `INSERT INTO record_issue (repository_id, record_id, position, code, severity, value)
     SELECT $1, n, 0, 'date-missing', 'warning', '<>' FROM generate_series(1, 3) n`,
    [kho.repositoryId],
  );
  await saveFailedRun(database.db, kho.repositoryId, "person", "no answer", { diagnosis: "unreachable" });
  api = await sampleApi(database.db);
  origin = await api.listen({ port: 0, host: "127.0.0.1" });
  judge = judgeBy((await ask<OpenApi>(api, "/openapi.json")).body);
  const first = await ask<Page>(api, "/records?limit=5");
  place = new URL(first.body.next ?? "").searchParams.get("after") ?? "";
});

afterAll(async () => {
  await agent.close();
  await api.close();
  await database.close();
});

const LIST = JSON.stringify(["/records", undefined, null, null]);
/** Places that have the form of ours and that nobody gave. */
const MADE_UP = [
  writePlace(LIST, [999_999_999_999_999, 1, 1]),
  writePlace(LIST, [0, 0, 999_999_999_999_999]),
  writePlace(LIST, [-1, "NaN", "\u0000"]),
  writePlace("/sets", ["\u0000"]),
  writePlace(JSON.stringify(["/issues", "kho", undefined]), ["999999999999999", "999999999"]),
  writePlace("/repositories/kho/runs", ["1e400"]),
  writePlace("/repositories/kho/runs", ["999999999999999"]),
];
const VALUES = [
  "inst:kho",
  "kho",
  "1",
  IDENTIFIER,
  "draft",
  "date-missing",
  "bad-date",
  "2024-05-06",
  "2024-05-06T07:08:09Z",
  "9999-12-31",
  "0000-01-01",
  "-1",
  "1e3",
  "9007199254740993",
  "",
  "\u0000",
  "\ud800",
  "constructor",
  "__proto__",
  `"><script>&amp;`,
  "PLACE",
  ...MADE_UP,
  "A".repeat(20_000),
];
const NAMES = [
  "repository",
  "code",
  "set",
  "from",
  "until",
  "since",
  "limit",
  "after",
  "state",
  "identifier",
  "__proto__",
];

const values = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...VALUES) }, fc.string({ unit: "binary" }));
const encoded = values.map((text) => encodeURIComponent(Buffer.from(text).toString()));
/** What no client writes: it cannot be decoded, or is not encoded as it should be. */
const raw = fc.oneof(
  { weight: 8, arbitrary: encoded },
  fc.constantFrom("%", "%zz", "%ED%A0%80", "%00", "a/b", "..", "*"),
);
const names = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ unit: "binary" }));
const pairs = fc.array(
  fc.tuple(names, raw).map(([name, value]) => `${encodeURIComponent(Buffer.from(name).toString())}=${value}`),
  { maxLength: 4 },
);
/** What may be asked where; nothing at all elsewhere. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  "/records": ["", "limit=5", "set=inst:kho", "limit=5&after=PLACE", "from=2024-05-06", "until=2024-05-06"],
  "/changes": ["since=2024-01-01", "since=2024-01-01&limit=1"],
  "/issues": ["repository=kho&limit=1", "repository=kho&code=date-missing"],
  "/repositories": ["", "state=draft"],
};
const asked = fc.record({
  path: fc.constantFrom(...API_ROUTES.map(({ path }) => path), "/nothing", ""),
  named: raw,
  right: fc.nat(5),
  more: fc.oneof(fc.constant([]), pairs),
  method: fc.constantFrom("GET" as const, "GET" as const, "GET" as const, "HEAD" as const),
});

type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

async function check({ path, named, right, more, method }: Asked): Promise<void> {
  const possible = RIGHT[path] ?? [""];
  const some = possible[right % possible.length] ?? "";
  const given = [some, ...more]
    .filter((part) => part !== "")
    .join("&")
    .replaceAll("PLACE", place);
  const address = `/api/v1${path.replace(/\{\w+\}/, () => named)}${given === "" ? "" : `?${given}`}`;
  const { statusCode: status, headers, body: sent } = await agent.request({ origin, path: address, method });
  const text = await sent.text();
  seen.set(`${path} ${status}`, (seen.get(`${path} ${status}`) ?? 0) + 1);
  expect([200, 400, 404]).toContain(status);
  if (method === "HEAD") {
    expect(text).toBe("");
    return;
  }
  const answer = { type: String(headers["content-type"]), body: JSON.parse(text) };
  // "a/b" and ".." are parts of other addresses than the one meant
  const meant = !/^(a\/b|\.\.)$/.test(named);
  if (status === 200 && meant) expect(judge({ path, status, ...answer })).toEqual([]);
  if (status !== 200) expect(judge({ path: "/records", status: 400, ...answer })).toEqual([]);
}

test("whatever is asked, the answer is what the document says, and never our failure", async () => {
  await fc.assert(fc.asyncProperty(asked, check), { numRuns: REQUESTS });
  // it would prove little if nothing right had been asked
  for (const path of ["/records", "/issues", "/sets", "/statistics", "/openapi.json"])
    expect(seen.get(`${path} 200`), path).toBeGreaterThan(0);
}, 3_600_000);
