import { request as rawRequest } from "node:http";
import { createConnection } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fileRoute } from "../../src/http/file-route.ts";
import { oaiRoutes } from "../../src/http/oai-routes.ts";
import { createServer } from "../../src/http/server.ts";

const LIMITS = { answersAtOnce: 8, requestsPerMinute: 0 };
const FORM = "application/x-www-form-urlencoded";
const LONG = "<x>Luận văn tốt nghiệp</x>".repeat(500);
const logged: string[] = [];
let server: FastifyInstance;
let url = "";
let asked: string[] = [];
let answer: (query: string) => Promise<string>;
let entityTag: string | null = null;

beforeAll(async () => {
  server = createServer({ logger: pino({ level: "warn" }, { write: (line: string) => logged.push(line) }) });
  await server.register(
    oaiRoutes(async (query) => {
      asked.push(query);
      return { xml: await answer(query), entityTag };
    }, LIMITS),
  );
  await server.register(fileRoute({ path: "/schema/cr.xsd", type: "text/xml; charset=utf-8", content: "<schema/>" }));
  await server.register(async (scope) => {
    scope.get("/page", async (_request, reply) => reply.type("text/html; charset=utf-8").send("<p>đ</p>"));
    scope.get("/broken", async () => {
      throw new Error("the password is secret");
    });
  });
  url = await server.listen({ port: 0, host: "127.0.0.1" });
});

afterAll(async () => await server.close());

beforeEach(() => {
  asked = [];
  logged.length = 0;
  answer = async () => LONG;
  entityTag = null;
});

async function get(path: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" | "PUT" = "GET") {
  const response = await request(`${url}${path}`, { method, headers });
  return { ...response, bytes: Buffer.from(await response.body.arrayBuffer()) };
}

async function post(body: string, headers: Record<string, string> = { "content-type": FORM }, path = "/oai") {
  const response = await request(`${url}${path}`, { method: "POST", headers, body });
  return { ...response, text: await response.body.text() };
}

describe("a GET", () => {
  test("hands over what stands behind the question mark, as it was sent", async () => {
    const response = await get("/oai?verb=Identify&x=%zz+%00?=");
    expect(asked).toEqual(["verb=Identify&x=%zz+%00?="]);
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toBe("text/xml; charset=utf-8");
    expect(response.bytes.toString()).toBe(LONG);
  });

  test("without arguments hands over none", async () => {
    await get("/oai");
    await get("/oai?");
    expect(asked).toEqual(["", ""]);
  });

  test("with 100 kB of arguments is answered", async () => {
    const query = `verb=Identify&x=${"a".repeat(100_000)}`;
    expect((await get(`/oai?${query}`)).statusCode).toBe(200);
    expect(asked).toEqual([query]);
  });

  test("whose address holds bytes outside ASCII is no HTTP (RFC 9112 §3.2) and refused with 400", async () => {
    const statusCode = await new Promise((resolve, reject) => {
      rawRequest(`${url}`, { path: "/oai?verb=\xff\xed\xa0\x80" }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(statusCode).toBe(400);
    expect(asked).toEqual([]);
  });
});

describe("what is no request", () => {
  const exchange = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let answered = "";
      const socket = createConnection(Number(new URL(url).port), "127.0.0.1", () => socket.write(text));
      socket.setEncoding("utf8");
      socket.on("data", (piece: string) => {
        answered += piece;
      });
      socket.on("error", reject);
      socket.on("end", () => socket.end());
      socket.on("close", () => resolve(answered));
    });

  test.each([
    ["an address of 3 MB", `GET /oai?${"x".repeat(3_000_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ["bytes that are no HTTP", "Xin chào\r\n\r\n", 400],
  ])("%s is told so, and that the connection ends", async (_name, text, status) => {
    const answered = await exchange(text);
    const reason = status === 431 ? "Request Header Fields Too Large" : "Bad Request";
    expect(answered).toMatch(new RegExp(`^HTTP/1\\.1 ${status} ${reason}\\r\\n`));
    expect(answered).toContain("\r\nConnection: close\r\n");
    expect(answered.split("\r\n\r\n")[1]).toBe(`${status} ${reason}\n`);
    expect(asked).toEqual([]);
  });
});

describe("a POST", () => {
  test("hands over its body, and nothing of its address", async () => {
    const response = await post(
      "verb=ListRecords&set=%C4%91+x",
      { "content-type": `${FORM}; charset=utf-8` },
      "/oai?verb=Identify",
    );
    expect(asked).toEqual(["verb=ListRecords&set=%C4%91+x"]);
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toBe("text/xml; charset=utf-8");
    expect(response.text).toBe(LONG);
  });

  test("without a body hands over no arguments", async () => {
    expect((await post("")).statusCode).toBe(200);
    expect((await request(`${url}/oai`, { method: "POST" })).statusCode).toBe(200);
    expect(asked).toEqual(["", ""]);
  });

  test("that is too large is refused with 413, one of 100 kB is not", async () => {
    expect((await post("x".repeat(100_000))).statusCode).toBe(200);
    const response = await post("x".repeat(300_000));
    expect(response.statusCode).toBe(413);
    expect(response.text).toBe("413 Payload Too Large\n");
    expect(asked).toHaveLength(1);
  });

  test.each(["application/json", "text/plain", "multipart/form-data; boundary=x"])(
    "of type %s is refused with 415",
    async (type) => {
      expect((await post("{}", { "content-type": type })).statusCode).toBe(415);
      expect(asked).toEqual([]);
    },
  );
});

test("HEAD tells what GET would, and sends nothing", async () => {
  const [head, full] = [await get("/oai?verb=Identify", {}, "HEAD"), await get("/oai?verb=Identify")];
  expect(head.statusCode).toBe(200);
  expect(head.bytes).toHaveLength(0);
  for (const name of ["content-type", "content-length", "vary"])
    expect(head.headers[name], name).toBe(full.headers[name]);
  expect(head.headers["content-length"]).toBe(String(Buffer.byteLength(LONG)));
});

describe("an answer with an entity tag", () => {
  beforeEach(() => {
    entityTag = 'W/"a-b_c"';
  });

  test("tells it, and may be kept by whoever asks each time whether it still holds", async () => {
    const { statusCode, headers } = await get("/oai?verb=Identify");
    expect([statusCode, headers.etag, headers["cache-control"]]).toEqual([200, 'W/"a-b_c"', "no-cache"]);
  });

  // RFC 9110 §13.1.2: any of several, weak or strong, or whatever there is
  test.each(['W/"a-b_c"', '"a-b_c"', '"other", W/"a-b_c"', '"x,y","a-b_c"', "*", " * "])(
    "is not sent to who has %s",
    async (tag) => {
      for (const method of ["GET", "HEAD"] as const) {
        const response = await get("/oai?verb=Identify", { "if-none-match": tag }, method);
        expect(response.statusCode).toBe(304);
        expect(response.bytes).toHaveLength(0);
        // RFC 9110 §15.4.5: what a 200 would have said of caching
        expect(response.headers.etag).toBe('W/"a-b_c"');
        expect(response.headers["cache-control"]).toBe("no-cache");
        expect(response.headers.vary).toBe("Accept-Encoding");
      }
    },
  );

  test.each(['W/"other"', '"A-B_C"', "a-b_c", "", '"', '"a-b_c', 'W/"a-b_c x"'])(
    "is sent to who has %j",
    async (tag) => {
      expect((await get("/oai?verb=Identify", { "if-none-match": tag })).statusCode).toBe(200);
    },
  );

  test("is sent to who posts: the condition is about what GET gives", async () => {
    const response = await post("verb=Identify", { "content-type": FORM, "if-none-match": "*" });
    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBeUndefined();
  });

  test("is always sent where there is none", async () => {
    entityTag = null;
    const { statusCode, headers } = await get("/oai", { "if-none-match": "*" });
    expect([statusCode, headers.etag, headers["cache-control"]]).toEqual([200, undefined, undefined]);
  });
});

test("other methods are told which ones there are", async () => {
  const response = await get("/oai", {}, "PUT");
  expect(response.statusCode).toBe(405);
  expect(response.headers.allow).toBe("GET, HEAD, POST");
});

describe("compression", () => {
  test.each([
    ["gzip", gunzipSync],
    ["br", brotliDecompressSync],
  ])("by %s gives the same text in fewer bytes", async (encoding, decompress) => {
    const response = await get("/oai", { "accept-encoding": encoding });
    expect(response.headers["content-encoding"]).toBe(encoding);
    expect(response.headers.vary).toMatch(/accept-encoding/i);
    expect(response.headers["content-length"]).toBe(String(response.bytes.length));
    expect(response.bytes.length).toBeLessThan(LONG.length / 4);
    expect(decompress(response.bytes).toString()).toBe(LONG);
  });

  test("is not done unasked, but a cache is told that it may be", async () => {
    const response = await get("/oai");
    expect(response.headers["content-encoding"]).toBeUndefined();
    expect(response.headers.vary).toMatch(/accept-encoding/i);
  });

  test("leaves small answers alone", async () => {
    answer = async () => "<x/>";
    const response = await get("/oai", { "accept-encoding": "gzip" });
    expect(response.headers["content-encoding"]).toBeUndefined();
    expect(response.bytes.toString()).toBe("<x/>");
  });
});

describe("when something goes wrong", () => {
  test("the harvester is told to come back, and nothing of the reason", async () => {
    answer = async () => {
      throw new Error("connection to 10.0.0.7 as lienthong failed");
    };
    const response = await get("/oai?verb=Identify");
    expect(response.statusCode).toBe(503);
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    expect(response.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(response.bytes.toString()).toBe("503 Service Unavailable\n");
    expect(logged.join("")).toContain("connection to 10.0.0.7 as lienthong failed");
  });

  test("that passes is told with the time that whoever threw it knows, and nobody has to act", async () => {
    answer = async () => {
      throw Object.assign(new Error("the replica is behind"), { retryAfterSeconds: 7 });
    };
    const response = await get("/oai?verb=Identify");
    expect(response.statusCode).toBe(503);
    expect(response.headers["retry-after"]).toBe("7");
    expect(logged).toEqual([]);
  });

  test("elsewhere it is a 500, and the reason stands in the log alone", async () => {
    const response = await get("/broken");
    expect(response.statusCode).toBe(500);
    expect(response.bytes.toString()).toBe("500 Internal Server Error\n");
    expect(logged.join("")).toContain("the password is secret");
  });

  test.each(["/nothing", "/oai/", "/OAI", "/%zz"])("%s is not there or no address", async (path) => {
    const response = await get(path);
    expect([400, 404]).toContain(response.statusCode);
    expect(response.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(response.bytes.toString()).toMatch(/^\d{3} [A-Za-z ]+\n$/);
  });
});

test("every answer carries the headers that keep browsers careful", async () => {
  for (const path of ["/page", "/oai", "/nothing", "/broken"]) {
    const { headers } = await get(path);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["content-security-policy"], path).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    expect(headers["referrer-policy"], path).toBeDefined();
    expect(headers["x-powered-by"], path).toBeUndefined();
  }
});

test("a file is served as it is and may be kept", async () => {
  const response = await get("/schema/cr.xsd");
  expect(response.bytes.toString()).toBe("<schema/>");
  expect(response.headers["content-type"]).toBe("text/xml; charset=utf-8");
  expect(response.headers["cache-control"]).toMatch(/max-age=\d+/);
});

test("stopping finishes the answer in hand", async () => {
  const stopping = createServer({ logger: pino({ level: "silent" }) });
  let finish = (_xml: string): void => {};
  const begun = new Promise<void>((resolve) => {
    void stopping.register(
      oaiRoutes(() => {
        resolve();
        return new Promise((done) => {
          finish = (xml) => done({ xml, entityTag: null });
        });
      }, LIMITS),
    );
  });
  const address = await stopping.listen({ port: 0, host: "127.0.0.1" });
  const pending = request(`${address}/oai`);
  await begun;
  const closed = stopping.close();
  finish("<last/>");
  expect(await (await pending).body.text()).toBe("<last/>");
  await closed;
});

test("what is asked over an open connection while the server stops is answered, and the connection ends", async () => {
  const stopping = createServer({ logger: pino({ level: "silent" }) });
  const finishers = new Map<string, () => void>();
  const begin = (query: string) =>
    new Promise<{ xml: string; entityTag: null }>((resolve) =>
      finishers.set(query, () => resolve({ xml: `<${query}/>`, entityTag: null })),
    );
  await stopping.register(oaiRoutes(begin, LIMITS));
  const port = Number(new URL(await stopping.listen({ port: 0, host: "127.0.0.1" })).port);
  const begun = async (query: string) => {
    while (!finishers.has(query)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  let answered = "";
  const socket = createConnection(port, "127.0.0.1");
  socket.on("data", (piece) => {
    answered += piece;
  });
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.write("GET /oai?first HTTP/1.1\r\nHost: a\r\n\r\n");
  await begun("first");
  const closed = stopping.close();
  socket.write("GET /oai?second HTTP/1.1\r\nHost: a\r\n\r\n");
  await begun("second");
  for (const finish of finishers.values()) finish();
  await ended;
  await closed;
  expect(answered.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(answered).toContain("<first/>");
  expect(answered).toMatch(/connection: close[\s\S]*<second\/>$/i);
});
