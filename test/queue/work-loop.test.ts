import { afterEach, expect, test } from "vitest";
import { startWorkLoop, type WorkLoop } from "../../src/queue/work-loop.ts";

const STOP_MS = 60_000;
const loops: WorkLoop[] = [];

afterEach(async () => {
  for (const loop of loops.splice(0)) await loop.stop(STOP_MS);
});

/** What the program does until it waits for something outside: timers of a second are far away. */
const settled = async () => await new Promise((resolve) => setImmediate(resolve));

test("an idle worker looks again at once when a job ends: what that job kept out may be taken up now", async () => {
  const waiting = ["first"];
  const worked: string[] = [];
  let end = () => {};
  const work = async (job: string) => {
    worked.push(job);
    if (job === "first") await new Promise<void>((resolve) => (end = resolve));
  };
  loops.push(startWorkLoop(2, async () => waiting.shift() ?? null, work));
  await settled();
  expect(worked).toEqual(["first"]);
  waiting.push("second");
  await settled();
  expect(worked).toEqual(["first"]);
  end();
  await settled();
  expect(worked).toEqual(["first", "second"]);
});
