import { describe, expect, test } from "vitest";
import { TransientFailure } from "../../src/client/failures.ts";
import type { RetryNotice } from "../../src/client/http.ts";
import { backoffMs } from "../../src/client/retry.ts";
import { retryAfterMs } from "../../src/client/retry-after.ts";
import { serve, stillClock, testClient, textOf } from "./servers.ts";

describe("backoffMs", () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [30, 60_000],
  ])("after attempt %i lies anywhere between nothing and %i ms", (attempt, most) => {
    expect(backoffMs(attempt, 1_000, 0)).toBe(0);
    expect(backoffMs(attempt, 1_000, 0.5)).toBe(most / 2);
    expect(backoffMs(attempt, 1_000, 0.999_999)).toBeLessThanOrEqual(most);
  });
});

describe("retryAfterMs", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  test.each([
    ["120", 120_000],
    ["0", 0],
    [" 5 ", 5_000],
    ["Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
    ["Wed, 31 Dec 2025 23:00:00 GMT", 0],
    ["soon", 0],
    ["", 0],
    ["-5", 0],
    ["86400", 30 * 60_000],
    ["99999999999999999999", 30 * 60_000],
    ["Thu, 01 Jan 2099 00:00:00 GMT", 30 * 60_000],
    [undefined, 0],
  ])("%j is %i ms (RFC 9110 §10.2.3)", (header, waitMs) => {
    expect(retryAfterMs(header, now)).toBe(waitMs);
  });
});

describe("a repository that is busy for ever", () => {
  async function busy(headers: Record<string, string> = {}) {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(503, headers).end();
    });
    return { url, requests: () => requests };
  }

  test("is asked exactly as often as was agreed, and waited for with back-off", async () => {
    const { url, requests } = await busy();
    const clock = stillClock();
    const notices: RetryNotice[] = [];
    const http = testClient({ retries: 4, firstRetryMs: 1_000 }, (notice) => notices.push(notice), {
      ...clock.surroundings,
      random: () => 0.5,
    });
    await expect(textOf(http, url)).rejects.toThrow(TransientFailure);
    expect(requests()).toBe(5);
    expect(clock.waits).toEqual([500, 1_000, 2_000, 4_000]);
    expect(notices.map(({ attempt, retriesLeft, waitMs }) => [attempt, retriesLeft, waitMs])).toEqual([
      [1, 4, 500],
      [2, 3, 1_000],
      [3, 2, 2_000],
      [4, 1, 4_000],
    ]);
  });

  test.each([
    ["in seconds", "90"],
    ["as a date", "Thu, 01 Jan 2026 00:01:30 GMT"],
  ])("is waited for as long as it says %s", async (_, header) => {
    const { url } = await busy({ "retry-after": header });
    const clock = stillClock();
    const http = testClient({ retries: 1 }, () => {}, clock.surroundings);
    await expect(textOf(http, url)).rejects.toThrow(TransientFailure);
    expect(clock.waits).toEqual([90_000]);
  });

  test("is given up before the waiting of one request goes beyond its budget", async () => {
    const { url, requests } = await busy({ "retry-after": "1000" });
    const clock = stillClock();
    const http = testClient({ retries: 6, maxWaitMs: 2_500_000 }, () => {}, clock.surroundings);
    await expect(textOf(http, url)).rejects.toThrow(/HTTP 503/);
    expect(clock.waits).toEqual([1_000_000, 1_000_000]);
    expect(requests()).toBe(3);
  });

  test("is not waited for after the last attempt", async () => {
    const { url, requests } = await busy({ "retry-after": "60" });
    const clock = stillClock();
    await expect(
      textOf(
        testClient({ retries: 0 }, () => {}, clock.surroundings),
        url,
      ),
    ).rejects.toThrow(/HTTP 503/);
    expect(clock.waits).toEqual([]);
    expect(requests()).toBe(1);
  });
});
