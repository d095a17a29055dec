import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { TransientFailure } from "../../src/client/failures.ts";
import { HostPace } from "../../src/client/host-pace.ts";
import { serve, stillClock, testClient, textOf } from "./servers.ts";

const busy = (retryAfterMs = 0) => new TransientFailure("busy", { diagnosis: "busy", retryAfterMs });

describe("the pause between two requests to one host", () => {
  test("is the least one while the host is quick", () => {
    const pace = new HostPace(100);
    pace.answered(50);
    pace.finished(1_000, null);
    expect(pace.waitMs(1_000)).toBe(100);
    expect(pace.waitMs(1_060)).toBe(40);
    expect(pace.waitMs(5_000)).toBe(0);
  });

  test("grows while answers take longer, and shrinks when they are quick again", () => {
    const pace = new HostPace(100);
    const delays = [200, 2_000, 8_000, 8_000, 8_000, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200].map(
      (latency) => {
        pace.answered(latency);
        return pace.delayMs;
      },
    );
    const [slowest] = delays.slice(4, 5);
    expect(delays.slice(0, 5)).toEqual(delays.slice(0, 5).toSorted((a, b) => a - b));
    expect(slowest).toBeGreaterThan(1_000);
    expect(delays.slice(4)).toEqual(delays.slice(4).toSorted((a, b) => b - a));
    expect(delays.at(-1)).toBe(100);
  });

  test("doubles with each sign of overload, within bounds, and halves with each answer that is well", () => {
    const pace = new HostPace(100);
    const ended = (trouble: TransientFailure | null) => {
      pace.finished(0, trouble);
      return pace.delayMs;
    };
    expect([busy(), busy(), busy()].map(ended)).toEqual([1_100, 2_100, 4_100]);
    expect([null, null].map(ended)).toEqual([2_100, 1_100]);
    for (let times = 0; times < 20; times += 1) ended(busy());
    expect(pace.delayMs).toBe(30_000);
    for (let times = 0; times < 20; times += 1) ended(null);
    expect(pace.delayMs).toBe(100);
  });

  test("does not grow because a document was broken or a connection cut", () => {
    const pace = new HostPace(100);
    pace.finished(0, new TransientFailure("not well-formed"));
    pace.finished(0, new TransientFailure("cut", { diagnosis: "cut_off" }));
    expect(pace.delayMs).toBe(100);
  });

  test("is at least what Retry-After asks for", () => {
    const pace = new HostPace(100);
    pace.finished(0, busy(60_000));
    pace.finished(10, null);
    expect(pace.waitMs(10)).toBe(59_990);
  });

  test("can be switched off", () => {
    const pace = new HostPace(0);
    pace.answered(10_000);
    pace.finished(0, busy());
    expect(pace.waitMs(0)).toBe(0);
  });
});

describe("a host", () => {
  test("is never asked two things at once", async () => {
    let open = 0;
    let most = 0;
    const url = await serve((_, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        response.end("read");
      });
    });
    const http = testClient();
    await Promise.all(Array.from({ length: 5 }, () => textOf(http, url)));
    expect(most).toBe(1);
  });

  test("keeps one connection while all goes well, whatever the answers are like", async () => {
    const connections = new Set<unknown>();
    const url = await serve((request, response) => {
      connections.add(request.socket);
      if (request.url === "/moved") response.writeHead(302, { location: "/gzip" }).end("<html></html>");
      else if (request.url === "/gzip") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("read"));
      else if (request.url === "/busy") response.writeHead(503).end("later");
      else response.end("read");
    });
    const http = testClient({ retries: 0 });
    for (const path of ["/plain", "/gzip", "/moved", "/plain"]) expect(await textOf(http, url + path)).toBe("read");
    await expect(textOf(http, `${url}/busy`)).rejects.toThrow(/HTTP 503/);
    await textOf(http, `${url}/plain`);
    expect(connections.size).toBe(1);
  });

  test("is asked again only after the pause, other hosts at once", async () => {
    const [one, other] = await Promise.all([1, 2].map(() => serve((_, response) => response.end("read"))));
    const clock = stillClock();
    const http = testClient({ delayMs: 250 }, () => {}, clock.surroundings);
    await textOf(http, `${one}/1`);
    await textOf(http, `${other}/1`);
    expect(clock.waits).toEqual([]);
    await textOf(http, `${one}/2`);
    await textOf(http, `${one}/3`);
    expect(clock.waits).toEqual([250, 250]);
    clock.pass(100);
    await textOf(http, `${one}/4`);
    expect(clock.waits).toEqual([250, 250, 150]);
  });

  test("that said Retry-After to one request is not asked for another before", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(429, { "retry-after": "30" }).end();
      else response.end("read");
    });
    const clock = stillClock();
    const http = testClient({ retries: 0 }, () => {}, clock.surroundings);
    await expect(textOf(http, url)).rejects.toThrow(/HTTP 429/);
    expect(await textOf(http, url)).toBe("read");
    expect(clock.waits).toEqual([30_000]);
  });

  test("is free for the next request when one before it is given up while it waits", async () => {
    const stop = new AbortController();
    let second: Promise<unknown> = Promise.resolve();
    let third: Promise<unknown> = Promise.resolve();
    const http = testClient();
    const url = await serve((request, response) => {
      if (request.url === "/first") {
        // the first one is at the host: two more queue up behind it, and one of them gives up
        second = http.fetch(new URL(`${url}/second`), async () => "never", stop.signal).catch(String);
        third = textOf(http, `${url}/third`);
        stop.abort(new Error("not wanted any more"));
      }
      response.end("read");
    });
    expect(await textOf(http, `${url}/first`)).toBe("read");
    expect(await second).toBe("Error: not wanted any more");
    expect(await third).toBe("read");
  });
});
