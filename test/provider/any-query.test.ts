import { createHash } from "node:crypto";
import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { createConnection } from "node:net";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outgoingCrosswalks } from "../../mappings/index.ts";
import { oaiRoutes } from "../../src/http/oai-routes.ts";
import { createServer } from "../../src/http/server.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { SCHEMA_UNKNOWN, schemaComplaints, schemasPresent } from "../support/schemas.ts";
import { addSource, DOMAIN, publish, sampleProvider, sampleRecord, sampleRecords, tokenOf } from "./sample-feed.ts";

/** `FUZZ_REQUESTS=20000 npx vitest run test/provider/any-query.test.ts` asks more. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400);
const FORM = "application/x-www-form-urlencoded";
/** What the server takes: docs/provider.md. */
const BODY_LIMIT_BYTES = 256 * 1024;
const HEAD_LIMIT_BYTES = 128 * 1024;
const LINE_AND_HEADERS_BYTES = 2 * 1024;
const MALFORMED = Buffer.from("HTTP/1.1 400 Bad Request");

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

let database: TestDatabase;
let server: FastifyInstance;
let port = 0;
let tokens: Readonly<Record<string, string>> = {};
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  const thesis = sampleRecord(source, 13, {
    published: {
      titles: [{ value: "Nhan đề <một> & \u0001hai", lang: "vie", type: "main" }],
      creators: [{ name: "Nguyễn Văn A", nameType: "personal" }],
      issued: { value: "2021-05", raw: "05/2021", precision: "month" },
      thesis: { level: "master", grantor: { name: "Đại học X" } },
    },
  });
  const deleted = sampleRecord(source, 14, { deletedReason: "sweep", published: null, contentHash: null });
  const records = [...sampleRecords(source, 1, 12), thesis, deleted];
  await publish(database.db, source, records, new Date("2024-05-06T07:08:09Z"));
  const formats = outgoingCrosswalks.filter(({ metadataPrefix }) => !SCHEMA_UNKNOWN.has(metadataPrefix));
  const provider = sampleProvider(database.db, { formats });
  const tokenFor = async (verb: string) => tokenOf(await provider.answer(`verb=${verb}&metadataPrefix=oai_dc`)) ?? "";
  tokens = { RECORDS_TOKEN: await tokenFor("ListRecords"), IDENTIFIERS_TOKEN: await tokenFor("ListIdentifiers") };
  server = createServer({ logger: pino({ level: "silent" }) });
  await server.register(oaiRoutes(provider.answerWithTag, { answersAtOnce: 8, requestsPerMinute: 0 }));
  port = Number(new URL(await server.listen({ port: 0, host: "127.0.0.1" })).port);
});

afterAll(async () => {
  agent.destroy();
  await server.close();
  await database.close();
});

const VERBS = ["Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords", "GetRecord"];
const NAMES = ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"];
const VALUES = [
  ...VERBS,
  ...outgoingCrosswalks.map(({ metadataPrefix }) => metadataPrefix),
  "inst:kho",
  ...[1, 13, 14].map((number) => `oai:${DOMAIN}:kho/kho.example.edu.vn:${number}`),
  "2024-05-06",
  "2024-05-06T07:08:09Z",
  "9999-12-31",
  "0000-01-01",
  "-",
  "",
  "%",
  "%00",
  "%ED%A0%80",
  "%F4%90%80%80",
  "%EF%BF%BE",
  "\ud800",
  "\u0000",
  `"><script>&amp;]]>`,
  "A".repeat(100_000),
  "%22".repeat(30_000),
];

const names = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ unit: "binary" }));
const values = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: fc.constantFrom("RECORDS_TOKEN", "IDENTIFIERS_TOKEN", "RECORDS_TOKENx") },
  fc.string({ unit: "binary" }),
  fc.string({ unit: "binary" }).map((text) => encodeURIComponent(Buffer.from(text).toString())),
);
const pairs = fc.array(
  fc.tuple(names, values).map(([name, value]) => `${name}=${value}`),
  { maxLength: 5 },
);
const IDENTIFIER = `oai:${DOMAIN}:kho/kho.example.edu.vn:1`;
const RIGHT: readonly Readonly<Record<string, string>>[] = [
  { verb: "Identify" },
  { verb: "ListMetadataFormats", identifier: IDENTIFIER },
  { verb: "ListSets" },
  { verb: "ListIdentifiers", metadataPrefix: "oai_dc" },
  { verb: "ListRecords", metadataPrefix: "marc21", from: "2024-05-06", until: "2024-05-07", set: "inst:kho" },
  { verb: "ListRecords", resumptionToken: "RECORDS_TOKEN" },
  { verb: "GetRecord", metadataPrefix: "mods", identifier: IDENTIFIER },
];
/** A right request but for one argument, so that what is asked is read to its end. */
const nearlyRight = fc
  .tuple(fc.constantFrom(...RIGHT), fc.constantFrom(...NAMES), values)
  .map(([right, name, value]) => ({ ...right, [name]: value }))
  .map((given) => Object.entries(given).map(([name, value]) => `${name}=${value}`))
  .map((parts) => parts.join("&"));
const queries = fc.oneof(
  { weight: 3, arbitrary: nearlyRight },
  pairs.map((parts) => parts.join("&")),
  fc.tuple(fc.constantFrom(...VERBS), pairs).map(([verb, parts]) => [`verb=${verb}`, ...parts].join("&")),
  fc.string({ unit: "binary" }),
);
const headers = fc.record(
  {
    "accept-encoding": fc.constantFrom("gzip", "gzip;q=0", "identity", ";;,q="),
    "if-none-match": fc.constantFrom("*", 'W/"x"', '"', "x"),
    "x-forwarded-for": fc.constantFrom("192.0.2.1", "nobody, \u00e9"),
  },
  { requiredKeys: [] },
);
const types = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(FORM, `${FORM}; charset=utf-8`) },
  fc.constantFrom("text/plain", "application/json", "multipart/form-data", "x", "/", `text/plain; ${FORM}`),
);

/** The query as any client may send it: what has no place in an address is percent-encoded (RFC 3986 §2.1). */
function sendable(query: string): string {
  const escaped = (byte: string) => `%${Buffer.from(byte, "latin1").toString("hex").toUpperCase()}`;
  return Buffer.from(query)
    .toString("latin1")
    .replace(/[^\x21-\x7e]/g, escaped);
}

function withTokens(query: string): string {
  return Object.entries(tokens).reduce((text, [name, token]) => text.replaceAll(name, token), query);
}

function send(method: string, path: string, given: Record<string, string>, body: Buffer | null): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, host: "127.0.0.1", agent, method, path, headers: given }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const bytes = Buffer.concat(pieces);
        const text = response.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: text.toString() });
      });
    });
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}

/** Sends bytes that no client library would send, and gives all that comes back. */
function sendBytes(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = createConnection({ port, host: "127.0.0.1" }, () => socket.write(bytes));
    socket.on("data", (piece) => pieces.push(piece));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(pieces)));
  });
}

const judged = new Set<string>();

async function expectValid(xml: string): Promise<void> {
  const digest = createHash("sha1")
    .update(xml.replace(/<responseDate>[^<]*/, ""))
    .digest("base64");
  // many questions have the same answer
  if (judged.has(digest)) return;
  expect(await schemaComplaints(xml)).toEqual([]);
  judged.add(digest);
}

async function expectGood({ status, headers: told, text }: Answer): Promise<void> {
  if (status === 304) {
    expect(text).toBe("");
    return;
  }
  expect(status).toBe(200);
  expect(told["content-type"]).toBe("text/xml; charset=utf-8");
  await expectValid(text);
}

async function checkGet(query: string, given: Record<string, string>): Promise<void> {
  const path = `/oai?${sendable(withTokens(query))}`;
  const answer = await send("GET", path, given, null);
  if (path.length > HEAD_LIMIT_BYTES - LINE_AND_HEADERS_BYTES && answer.status === 431) return;
  await expectGood(answer);
  if (answer.status === 304) expect(given["if-none-match"]).toBe("*");
}

async function checkPost(body: Buffer, type: string, given: Record<string, string>): Promise<void> {
  const answer = await send("POST", "/oai", { ...given, "content-type": type }, body);
  if (!type.startsWith(FORM)) expect(answer.status).toBe(415);
  else if (body.length > BODY_LIMIT_BYTES) expect(answer.status).toBe(413);
  else await expectGood(answer);
}

async function checkMethod(method: string, query: string): Promise<void> {
  const { status, headers: told } = await send(method, `/oai?${sendable(query).slice(0, 1_000)}`, {}, null);
  expect(status).toBe(method === "HEAD" ? 200 : 405);
  if (status === 405) expect(told.allow).toBe("GET, HEAD, POST");
}

/** A request line that may be no HTTP: it is answered or refused as malformed, and never left without a word. */
async function checkBytes(target: string): Promise<void> {
  const line = Buffer.from(`GET /oai?${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const answer = await sendBytes(line);
  if (answer.subarray(0, MALFORMED.length).equals(MALFORMED)) return;
  const [head = "", ...rest] = answer.toString().split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1\.1 (200|404|431) /);
  if (head.startsWith("HTTP/1.1 200")) await expectValid(rest.join("\r\n\r\n"));
}

type Check = () => Promise<void>;

/** A check that tells what it asks when it fails. */
function told<Asked>(kind: string, asked: fc.Arbitrary<Asked>, check: (asked: Asked) => Promise<void>) {
  return asked.map((each): Check => {
    const description = () => `${kind} ${fc.stringify(each).slice(0, 2_000)}`;
    return Object.assign(() => check(each), { [fc.toStringMethod]: description });
  });
}

const gets = told("GET", fc.tuple(queries, headers), ([query, given]) => checkGet(query, given));
const posts = told("POST", fc.tuple(queries, types, headers), ([query, type, given]) =>
  checkPost(Buffer.from(withTokens(query)), type, given),
);
const bytePosts = told("POST of bytes", fc.uint8Array(), (bytes) => checkPost(Buffer.from(bytes), FORM, {}));
const methods = told(
  "method",
  fc.tuple(fc.constantFrom("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"), queries),
  ([method, query]) => checkMethod(method, query),
);
const rawTargets = told("GET of bytes", fc.string({ unit: "binary" }), checkBytes);
const checks = fc.oneof(
  { weight: 10, arbitrary: gets },
  { weight: 6, arbitrary: posts },
  { weight: 1, arbitrary: bytePosts },
  { weight: 1, arbitrary: methods },
  { weight: 1, arbitrary: rawTargets },
);

test.skipIf(!schemasPresent)(
  "whatever is asked, the answer is valid, or says what is wrong with the request as HTTP",
  async () => {
    await fc.assert(
      fc.asyncProperty(checks, async (check) => {
        await check();
      }),
      { numRuns: REQUESTS },
    );
  },
  3_600_000,
);
