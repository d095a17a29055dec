import { expect, test } from "vitest";
import { createRateLimit } from "../../src/http/rate-limit.ts";

const NOW = Date.parse("2024-05-06T07:08:09Z");

test.each([1, 7, 60, 1_000])("%i requests a minute may come at once, and no more", (perMinute) => {
  const limit = createRateLimit(perMinute);
  for (let request = 0; request < perMinute; request++) expect(limit("a", NOW)).toBe(0);
  expect(limit("a", NOW)).toBeGreaterThan(0);
});

test("who is refused is told when the next one is answered, and it is", () => {
  const limit = createRateLimit(6);
  for (let request = 0; request < 6; request++) limit("a", NOW);
  const waitSeconds = limit("a", NOW + 1_000);
  expect(waitSeconds).toBe(9);
  expect(limit("a", NOW + 1_000 + waitSeconds * 1_000)).toBe(0);
  expect(limit("a", NOW + 1_000 + waitSeconds * 1_000)).toBeGreaterThan(0);
});

test("who keeps asking though it is refused waits no longer for that", () => {
  const limit = createRateLimit(6);
  for (let request = 0; request < 100; request++) limit("a", NOW);
  expect(limit("a", NOW + 10_000)).toBe(0);
});

test("evenly spread, the limit is never met, for hours", () => {
  const limit = createRateLimit(7);
  for (let request = 0; request < 2_000; request++) expect(limit("a", NOW + request * (60_000 / 7))).toBe(0);
});

test("one consumer's requests are not another's", () => {
  const limit = createRateLimit(1);
  expect([limit("a", NOW), limit("b", NOW), limit("a", NOW)]).toEqual([0, 0, 60]);
});

test("however many consumers there are, those who asked last are remembered", () => {
  const limit = createRateLimit(1);
  limit("first", NOW);
  for (let consumer = 0; consumer < 50_000; consumer++) limit(`${consumer}`, NOW);
  expect(limit("49999", NOW)).toBe(60);
  expect(limit("first", NOW)).toBe(0);
});
