import { createServer } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { PLAIN_CONNECTION } from "../../src/client/connection.ts";
import { AnswerFailure, TransientFailure } from "../../src/client/failures.ts";
import { listen, NAMES_HERE, serve, testClient, textOf } from "./servers.ts";

const BODY = "<a>Thư viện</a>";
const DOCUMENT = `<?xml version="1.0"?>${BODY}`;

describe("reads a body", () => {
  test.each([
    ["gzip", gzipSync(BODY)],
    ["x-gzip", gzipSync(BODY)],
    ["GZIP", gzipSync(BODY)],
    ["deflate", deflateSync(BODY)],
    ["br", brotliCompressSync(BODY)],
    ["identity", Buffer.from(BODY)],
    ["deflate, gzip", gzipSync(deflateSync(BODY))],
    ["br, identity, gzip", gzipSync(brotliCompressSync(BODY))],
  ])("sent as %s", async (encoding, bytes) => {
    const url = await serve((_, response) => response.writeHead(200, { "content-encoding": encoding }).end(bytes));
    expect(await textOf(testClient(), url)).toBe(BODY);
  });

  test.each([
    ["raw deflate, as old servers understand the word", "deflate", deflateRawSync(BODY)],
    ["text that is called gzip", "gzip", Buffer.from(BODY)],
    ["text that is called deflate", "deflate", Buffer.from(`\n${DOCUMENT}`)],
    ["text with a byte order mark that is called br", "br", Buffer.from(`\ufeff${DOCUMENT}`)],
    ["text that is called utf-8", "utf-8", Buffer.from(BODY)],
    ["gzip that is called br", "br", gzipSync(BODY)],
    ["gzip that was compressed once more", "gzip", gzipSync(gzipSync(BODY))],
  ])("that is %s", async (_, encoding, bytes) => {
    const url = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(bytes),
    );
    expect((await textOf(testClient(), url)).replace(/^\ufeff|\n/, "")).toMatch(
      /^(<\?xml version="1.0"\?>)?<a>Thư viện<\/a>$/,
    );
  });

  test("that is gzip and says nothing of it", async () => {
    const url = await serve((_, response) => response.end(gzipSync(BODY)));
    expect(await textOf(testClient(), url)).toBe(BODY);
  });

  test("in several header lines of encodings", async () => {
    const url = await serve((_, response) =>
      response
        .writeHead(
          200,
          [
            ["content-encoding", "deflate"],
            ["content-encoding", "gzip"],
          ].flat(),
        )
        .end(gzipSync(deflateSync(BODY))),
    );
    expect(await textOf(testClient(), url)).toBe(BODY);
  });

  test("chunk by chunk, as it arrives", async () => {
    let sendRest = () => {};
    const url = await serve((_, response) => {
      response.write("the beginning");
      sendRest = () => response.end(", the rest");
    });
    const pieces = await testClient().fetch(new URL(url), async ({ body }) => {
      const seen: string[] = [];
      for await (const chunk of body) {
        seen.push(Buffer.from(chunk).toString());
        // the rest is sent only once the beginning has been read
        if (seen.join("") === "the beginning") sendRest();
      }
      return seen;
    });
    expect(pieces.join("")).toBe("the beginning, the rest");
  });
});

describe("asks again", () => {
  test.each([408, 425, 429, 500, 502, 503, 504, 522])("after HTTP %i", async (status) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? status : 200).end(BODY);
    });
    expect(await textOf(testClient(), url)).toBe(BODY);
  });

  test.each([
    ["with a length that was promised", { "content-length": "1000" }],
    ["chunked", {}],
    ["compressed with gzip", { "content-encoding": "gzip" }],
  ])("when the connection is cut in the middle of a body %s", async (_, headers) => {
    let requests = 0;
    const whole = "content-encoding" in headers ? gzipSync(BODY.repeat(1_000)) : Buffer.from(BODY);
    const url = await serve((_request, response) => {
      requests += 1;
      if (requests > 1) response.writeHead(200, "content-encoding" in headers ? headers : {}).end(whole);
      else {
        response.writeHead(200, headers);
        response.write(whole.subarray(0, 12), () => response.destroy());
      }
    });
    expect(await textOf(testClient(), url)).toContain(BODY);
    expect(requests).toBe(2);
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("when a body in %s ends too early although the connection does not", async (encoding, compress) => {
    let requests = 0;
    const whole = compress(BODY.repeat(1_000));
    const url = await serve((_, response) => {
      requests += 1;
      response
        .writeHead(200, { "content-encoding": encoding })
        .end(requests === 1 ? whole.subarray(0, whole.length - 8) : whole);
    });
    expect(await textOf(testClient(), url)).toBe(BODY.repeat(1_000));
    expect(requests).toBe(2);
  });

  test("when what was read turns out to be broken, and gives up with the last reason", async () => {
    const read = vi.fn(async () => {
      throw new TransientFailure("the answer cannot be read");
    });
    const url = await serve((_, response) => response.end(BODY));
    await expect(testClient().fetch(new URL(url), read)).rejects.toThrow("the answer cannot be read");
    expect(read).toHaveBeenCalledTimes(3);
  });
});

describe("does not ask again", () => {
  test.each([400, 401, 403, 404, 405, 406, 410, 422, 451])("after HTTP %i", async (status) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(status).end();
    });
    await expect(textOf(testClient(), url)).rejects.toThrow(AnswerFailure);
    expect(requests).toBe(1);
  });

  test("after a mistake of our own", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.end(BODY);
    });
    const read = async () => {
      throw new TypeError("not what was expected");
    };
    await expect(testClient().fetch(new URL(url), read)).rejects.toThrow(TypeError);
    expect(requests).toBe(1);
  });

  test("when it is stopped, and says why", async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort(new Error("Ctrl-C")));
    const asking = testClient().fetch(new URL(url), async () => "never", stop.signal);
    await expect(asking).rejects.toThrow("Ctrl-C");
  });

  test("when it is stopped while it waits to ask again", async () => {
    const stop = new AbortController();
    const url = await serve((_, response) => response.writeHead(503, { "retry-after": "600" }).end());
    const http = testClient({}, () => stop.abort(new Error("Ctrl-C")));
    await expect(http.fetch(new URL(url), async () => "never", stop.signal)).rejects.toThrow();
    expect(stop.signal.aborted).toBe(true);
  });
});

describe("ends an answer", () => {
  test("that is larger than allowed after decompression", async () => {
    const url = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(100_000))),
    );
    const asking = textOf(testClient({ maxResponseBytes: 10_000 }), url);
    await expect(asking).rejects.toMatchObject({ diagnosis: "too_large" });
    await expect(asking).rejects.toThrow(/more than 10000 bytes/);
  });

  test("that never ends", async () => {
    const url = await serve((request, response) => {
      const more = () => {
        while (!request.destroyed && response.write("x".repeat(10_000))) {
          // until the socket is full
        }
      };
      response.on("drain", more);
      more();
    });
    await expect(textOf(testClient({ maxResponseBytes: 1_000_000 }), url)).rejects.toThrow(/more than 1000000 bytes/);
  });

  test("that unpacks to a thousand times what was sent", async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const url = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    await expect(textOf(testClient(), url)).rejects.toThrow(/unpack to more than 500 times as much/);
  });

  test("that stops arriving, and names the limit", async () => {
    const url = await serve((_, response) => {
      response.write("<a>");
    });
    await expect(textOf(testClient({ retries: 0, idleTimeoutMs: 200 }), url)).rejects.toMatchObject({
      message: expect.stringMatching(/sent nothing more for 0.2 s \(idle timeout\)/),
      diagnosis: "timeout",
    });
  });

  test("that never begins, and names the limit", async () => {
    const url = await serve(() => {});
    await expect(textOf(testClient({ retries: 0, headersTimeoutMs: 200 }), url)).rejects.toThrow(
      /began no answer within 0.2 s \(headers timeout\)/,
    );
  });

  test("whose headers arrive letter by letter", async () => {
    const port = await listen(
      createServer((socket) => {
        socket.write("HTTP/1.1 200 OK\r\nX-Slow: ");
        const timer = setInterval(() => socket.write("a"), 20);
        socket.on("error", () => {}).on("close", () => clearInterval(timer));
      }),
    );
    await expect(textOf(testClient({ retries: 0, headersTimeoutMs: 300 }), `http://127.0.0.1:${port}`)).rejects.toThrow(
      /headers timeout/,
    );
  });

  test("that trickles for ever, by the limit for a whole response", async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    await expect(textOf(testClient({ retries: 0, responseTimeoutMs: 300 }), url)).rejects.toThrow(
      /did not finish its answer within 0.3 s \(limit for a whole response\)/,
    );
  });

  test("that trickles, by the least rate", async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    const slow = testClient({ retries: 0, slowPeriodMs: 200, minBytesPerSecond: 1_000 });
    await expect(textOf(slow, url)).rejects.toThrow(/least rate: 1000 bytes a second/);
  });

  test("before it begins where no connection is made in time", async () => {
    // takes the connection, but never answers the greeting of TLS
    const port = await listen(createServer((socket) => socket.on("error", () => {})));
    const http = testClient({ retries: 0, connectTimeoutMs: 200 });
    await expect(textOf(http, `https://127.0.0.1:${port}`)).rejects.toThrow(
      /took no connection within 0.2 s \(connect timeout\)/,
    );
  });

  test("whose headers are larger than anybody needs", async () => {
    const port = await listen(
      createServer((socket) => {
        socket.on("error", () => {});
        socket.end(`HTTP/1.1 200 OK\r\nX-Large: ${"x".repeat(100_000)}\r\n\r\n`);
      }),
    );
    await expect(textOf(testClient(), `http://127.0.0.1:${port}`)).rejects.toMatchObject({ diagnosis: "too_large" });
  });
});

describe("names what cannot be reached", () => {
  test("a host that nobody answers at", async () => {
    await expect(textOf(testClient({ retries: 0 }), "http://127.0.0.1:1/oai")).rejects.toMatchObject({
      message: expect.stringMatching(/127\.0\.0\.1:1 could not be reached.*ECONNREFUSED/),
      diagnosis: "unreachable",
    });
  });

  test.each(["ENOTFOUND", "EAI_AGAIN"])("a name that is not in the DNS (%s), after asking again", async (code) => {
    const lookUp = vi.fn(async () => {
      throw Object.assign(new Error(`getaddrinfo ${code}`), { code });
    });
    await expect(
      textOf(
        testClient({}, () => {}, { lookUp }),
        "http://kho.edu.vn/oai",
      ),
    ).rejects.toMatchObject({
      message: `the name kho.edu.vn cannot be found (DNS: ${code})`,
      diagnosis: "dns",
    });
    expect(lookUp).toHaveBeenCalledTimes(3);
  });
});

describe("an answer that is not 200", () => {
  test("is named by what its page says", async () => {
    const url = await serve((_, response) =>
      response.writeHead(403, { "cf-mitigated": "challenge" }).end("<title>Just a moment...</title>"),
    );
    await expect(textOf(testClient(), url)).rejects.toMatchObject({
      diagnosis: "bot_wall",
      message: expect.stringContaining("HTTP 403 with a bot wall (Cloudflare)"),
    });
  });

  test("is a bot wall although AWS sends nothing in it", async () => {
    const url = await serve((_, response) => response.writeHead(202, { "x-amzn-waf-action": "challenge" }).end());
    await expect(textOf(testClient(), url)).rejects.toMatchObject({ diagnosis: "bot_wall" });
  });

  test("stays worth repeating when it is a maintenance page, and says so", async () => {
    const notices: string[] = [];
    const url = await serve((_, response) =>
      response.writeHead(503).end("<html><title>Hệ thống đang bảo trì</title></html>"),
    );
    const http = testClient({}, ({ error }) => notices.push(error.message));
    await expect(textOf(http, url)).rejects.toMatchObject({ name: "TransientFailure", diagnosis: "maintenance" });
    expect(notices).toEqual([expect.stringContaining("HTTP 503 with a maintenance page"), expect.anything()]);
  });

  test("is judged by its status where its body cannot even be unpacked", async () => {
    const url = await serve((_, response) =>
      response.writeHead(404, { "content-encoding": "gzip" }).end(gzipSync(BODY).subarray(0, 12)),
    );
    await expect(textOf(testClient(), url)).rejects.toThrow(/answered HTTP 404/);
  });

  test("says that a sign-in is wanted, that it is refused, or that it is kept for another address", async () => {
    const url = await serve((request, response) => {
      const elsewhere = request.url === "/moved" ? `http://www.kho.edu.vn:${new URL(url).port}/oai` : null;
      response.writeHead(elsewhere === null ? 401 : 302, elsewhere === null ? {} : { location: elsewhere }).end();
    });
    const signIn = { ...PLAIN_CONNECTION, basicAuth: { user: "u", password: "secret" } };
    await expect(textOf(testClient(), url)).rejects.toMatchObject({
      diagnosis: "sign_in_wanted",
      message: expect.stringMatching(/HTTP 401; it wants a user name and a password: .*lienthong repository set/),
    });
    await expect(textOf(testClient(), url, signIn)).rejects.toMatchObject({
      diagnosis: "sign_in_refused",
      message: expect.stringMatching(/HTTP 401; it does not accept the sign-in that is stored/),
    });
    const moved = `http://kho.edu.vn:${new URL(url).port}/moved`;
    await expect(
      textOf(
        testClient({}, () => {}, NAMES_HERE),
        moved,
        signIn,
      ),
    ).rejects.toMatchObject({
      diagnosis: "sign_in_wanted",
      message: expect.stringMatching(/--url …` makes http:\/\/www\.kho\.edu\.vn:\d+ that one/),
    });
  });
});

describe("we say who we are", () => {
  test("with product, version, contact and an address to write to", async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers["user-agent"], request.headers.from);
      response.end(BODY);
    });
    await textOf(testClient({ userAgent: "lienthong/1 (+https://lienthong.vn)", from: "admin@lienthong.vn" }), url);
    expect(seen).toEqual(["lienthong/1 (+https://lienthong.vn)", "admin@lienthong.vn"]);
  });

  test("and with what the repository itself wants: headers, user and password in UTF-8 (RFC 7617)", async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers["x-api-key"], request.headers.authorization, request.headers.host);
      response.end(BODY);
    });
    await textOf(testClient(), url, {
      ...PLAIN_CONNECTION,
      headers: { "X-Api-Key": "42", Host: "elsewhere.vn", "Accept-Encoding": "zstd" },
      basicAuth: { user: "thư viện", password: "mở:ra" },
    });
    const basic = Buffer.from("thư viện:mở:ra", "utf8").toString("base64");
    expect(seen).toEqual(["42", `Basic ${basic}`, url.slice("http://".length)]);
  });
});
