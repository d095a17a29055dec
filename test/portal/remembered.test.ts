import { expect, test } from "vitest";
import { remembered } from "../../src/portal/remembered.ts";

const LIFETIME = { freshMs: 60_000, usableMs: 600_000 };

/** Counts how often it was worked out; its clock stands until it is moved. */
function counter() {
  let [clock, done, failing] = [1_000, 0, false];
  const work = async () => {
    done += 1;
    if (failing) throw new Error("the database is gone");
    return done;
  };
  return {
    ask: remembered(work, LIFETIME, () => clock),
    wait: (ms: number) => (clock += ms),
    fail: (fails: boolean) => (failing = fails),
    done: () => done,
  };
}

test("what was worked out is given for its time, with the moment at which it was", async () => {
  const { ask, wait, done } = counter();
  expect(await ask()).toEqual({ value: 1, at: new Date(1_000) });
  wait(59_999);
  expect(await ask()).toEqual({ value: 1, at: new Date(1_000) });
  expect(done()).toBe(1);
});

test("when that is over nobody waits: the old one is given once more while it is worked out anew", async () => {
  const { ask, wait } = counter();
  await ask();
  wait(60_000);
  expect((await ask()).value).toBe(1);
  expect(await ask()).toEqual({ value: 2, at: new Date(61_000) });
});

test("what is too old is not given: whoever asks waits for the new one", async () => {
  const { ask, wait } = counter();
  await ask();
  wait(600_000);
  expect((await ask()).value).toBe(2);
});

test("those who ask at the same time wait for the same work", async () => {
  const { ask, done } = counter();
  await Promise.all([ask(), ask(), ask()]);
  expect(done()).toBe(1);
});

test("a failure is told to those who have nothing else, and not kept", async () => {
  const { ask, fail, wait } = counter();
  fail(true);
  await expect(Promise.all([ask(), ask()])).rejects.toThrow("the database is gone");
  fail(false);
  const { value } = await ask();
  fail(true);
  wait(60_000);
  expect([(await ask()).value, (await ask()).value]).toEqual([value, value]);
});
