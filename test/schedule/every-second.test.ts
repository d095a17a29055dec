import { expect, test } from "vitest";
import { everySecond } from "../../src/schedule/every-second.ts";

test("begins at once, goes on, and never does two at a time", async () => {
  let atOnce = 0;
  let most = 0;
  const moments: number[] = [];
  await new Promise<void>((resolve) => {
    const ticks = everySecond(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      moments.push(Date.now());
      await new Promise((done) => setTimeout(done, 30));
      atOnce -= 1;
      if (moments.length === 2) void ticks.stop().then(resolve);
    });
  });
  const [first = 0, second = 0, ...more] = moments;
  expect(second - first).toBeGreaterThanOrEqual(1_000);
  expect([most, more]).toEqual([1, []]);
});

test("waits for the one in hand when it is stopped", async () => {
  let done = false;
  const ticks = everySecond(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    done = true;
  });
  await ticks.stop();
  expect(done).toBe(true);
});
