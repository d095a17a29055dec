import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AnswerFailure, TransientFailure } from "../../src/client/failures.ts";
import {
  createHttpClient,
  DEFAULT_HTTP_OPTIONS,
  type HttpClient,
  type HttpOptions,
  type RetryNotice,
} from "../../src/client/http.ts";
import { retryAfterMs } from "../../src/client/retry-after.ts";
import { collect } from "../support/collect.ts";

const BODY = "<a>Thư viện</a>";
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(options: Partial<HttpOptions> = {}, onRetry: (notice: RetryNotice) => void = () => {}): HttpClient {
  const http = createHttpClient({ ...DEFAULT_HTTP_OPTIONS, retries: 2, firstRetryMs: 1, ...options }, onRetry);
  closers.push(() => http.close());
  return http;
}

async function textOf(http: HttpClient, url: string): Promise<string> {
  return await http.fetch(new URL(url), async ({ body }) => Buffer.concat(await collect(body)).toString("utf8"));
}

describe("reads a body", () => {
  test.each([
    ["gzip", gzipSync(BODY)],
    ["deflate", deflateSync(BODY)],
    ["br", brotliCompressSync(BODY)],
    ["identity", Buffer.from(BODY)],
  ])("sent as %s", async (encoding, bytes) => {
    const url = await serve((_, response) => response.writeHead(200, { "content-encoding": encoding }).end(bytes));
    expect(await textOf(client(), url)).toBe(BODY);
  });
});

describe("asks again", () => {
  test("after 503, as long as Retry-After says", async () => {
    const notices: RetryNotice[] = [];
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(503, { "retry-after": "1" }).end();
      else response.end(BODY);
    });
    const started = Date.now();
    expect(
      await textOf(
        client({}, (notice) => notices.push(notice)),
        url,
      ),
    ).toBe(BODY);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(notices.map(({ attempt, waitMs }) => [attempt, waitMs])).toEqual([[1, 1_000]]);
  });

  test.each([408, 425, 429, 500, 502, 503, 504])("after HTTP %i", async (status) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? status : 200).end(BODY);
    });
    expect(await textOf(client(), url)).toBe(BODY);
  });

  test.each([
    ["with a length that was promised", { "content-length": "1000" }],
    ["chunked", {}],
    ["compressed", { "content-encoding": "gzip" }],
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
    expect(await textOf(client(), url)).toContain(BODY);
    expect(requests).toBe(2);
  });

  test("when what was read turns out to be broken, and gives up with the last reason", async () => {
    const read = vi.fn(async () => {
      throw new TransientFailure("the answer cannot be read");
    });
    const url = await serve((_, response) => response.end(BODY));
    await expect(client().fetch(new URL(url), read)).rejects.toThrow("the answer cannot be read");
    expect(read).toHaveBeenCalledTimes(3);
  });
});

describe("does not ask again", () => {
  test.each([400, 401, 403, 404, 410])("after HTTP %i", async (status) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(status).end();
    });
    await expect(textOf(client(), url)).rejects.toThrow(AnswerFailure);
    expect(requests).toBe(1);
  });

  test("when a body is larger than allowed after decompression", async () => {
    const url = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(100_000))),
    );
    await expect(textOf(client({ maxResponseBytes: 10_000 }), url)).rejects.toThrow(/more than 10000 bytes/);
  });
});

test("a host that nobody answers at is named", async () => {
  await expect(textOf(client({ retries: 0 }), "http://127.0.0.1:1/oai")).rejects.toThrow(
    /127\.0\.0\.1:1 could not be reached.*ECONNREFUSED/,
  );
});

test("a body that stops arriving is not waited for", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200);
    response.write("<a>");
  });
  await expect(textOf(client({ retries: 0, idleTimeoutMs: 200 }), url)).rejects.toThrow(/UND_ERR_BODY_TIMEOUT/);
});

test("redirects are followed, but not in a circle", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/old") response.writeHead(301, { location: "/new?x=1" }).end();
    else if (request.url === "/new?x=1") response.end(BODY);
    else response.writeHead(302, { location: "/circle" }).end();
  });
  expect(await textOf(client(), `${url}/old`)).toBe(BODY);
  await expect(textOf(client(), `${url}/circle`)).rejects.toThrow(/redirects more than 5 times/);
});

test("we say who we are", async () => {
  const seen: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    seen.push(request.headers["user-agent"], request.headers.from);
    response.end(BODY);
  });
  await textOf(client({ userAgent: "lienthong/1 (+https://lienthong.vn)", from: "admin@lienthong.vn" }), url);
  expect(seen).toEqual(["lienthong/1 (+https://lienthong.vn)", "admin@lienthong.vn"]);
});

test("a host is never asked two things at once", async () => {
  let open = 0;
  let most = 0;
  const url = await serve((_, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.end(BODY);
    }, 10);
  });
  const http = client();
  await Promise.all(Array.from({ length: 5 }, () => textOf(http, url)));
  expect(most).toBe(1);
});

describe("retryAfterMs", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  test.each([
    ["120", 120_000],
    ["0", 0],
    ["Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
    ["Wed, 31 Dec 2025 23:00:00 GMT", 0],
    ["soon", 0],
    ["999999", 30 * 60_000],
    [undefined, 0],
  ])("%j is %i ms (RFC 9110 §10.2.3)", (header, waitMs) => {
    expect(retryAfterMs(header, now)).toBe(waitMs);
  });
});
