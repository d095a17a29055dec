import { expect, test } from "vitest";
import { AnswerGate, type GateLimits, Overload } from "../../src/http/answer-gate.ts";

const LIMITS: GateLimits = { atOnce: 2, waiting: 4, waitMs: 60_000, unsentBytes: 1_000 };
const NEVER_GONE = new AbortController().signal;

/** A gate whose answers are finished by hand. */
function startGate(changes: Partial<GateLimits> = {}) {
  const gate = new AnswerGate({ ...LIMITS, ...changes });
  const making: string[] = [];
  const finishers = new Map<string, () => void>();
  const ask = (consumer: string, name: string, gone = NEVER_GONE) => {
    const make = () =>
      new Promise<string>((resolve) => {
        making.push(name);
        finishers.set(name, () => resolve(name));
      });
    const answer = gate.pass(consumer, gone, make);
    // who still waits when a test has ended is refused a minute later, when nobody asks any more
    answer.catch(() => {});
    return answer;
  };
  const finish = async (name: string) => {
    finishers.get(name)?.();
    await settled();
  };
  return { gate, ask, making, finish };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("no more answers are made at once than may be, and the next when one is done", async () => {
  const { ask, making, finish } = startGate();
  const answers = ["1", "2", "3"].map((name) => ask("a", name));
  expect(making).toEqual(["1", "2"]);
  await finish("2");
  expect(making).toEqual(["1", "2", "3"]);
  await finish("1");
  await finish("3");
  expect(await Promise.all(answers)).toEqual(["1", "2", "3"]);
});

test("an answer that fails gives its place free, and the failure is told as it is", async () => {
  const { gate, ask, making } = startGate({ atOnce: 1 });
  const failing = gate.pass("a", NEVER_GONE, async () => {
    throw new Error("the database is away");
  });
  void ask("a", "next");
  await expect(failing).rejects.toThrow("the database is away");
  await settled();
  expect(making).toEqual(["next"]);
});

test("consumers take turns: who asks for much waits for that alone", async () => {
  const { ask, making, finish } = startGate({ atOnce: 1, waiting: 100 });
  for (const name of ["a1", "a2", "a3", "a4"]) void ask("a", name);
  for (const name of ["b1", "b2"]) void ask("b", name);
  void ask("c", "c1");
  for (const name of ["a1", "a2", "b1", "c1", "a3", "b2"]) await finish(name);
  expect(making).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
});

test("where too many wait, the next is told to come back", async () => {
  const { ask } = startGate();
  for (const name of ["1", "2", "3", "4", "5", "6"]) void ask("a", name);
  const refused = await ask("a", "7").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Overload);
  expect((refused as Overload).retryAfterSeconds).toBeGreaterThan(0);
});

test("where one consumer fills the line, another gets in, and the last of the first gives way", async () => {
  const { ask, making, finish } = startGate({ atOnce: 1, waiting: 2 });
  void ask("a", "a1");
  void ask("a", "a2");
  const last = ask("a", "a3");
  void ask("b", "b1");
  await expect(last).rejects.toThrow(Overload);
  await finish("a1");
  await finish("a2");
  expect(making).toEqual(["a1", "a2", "b1"]);
});

test("whose turn does not come in time is told to come back, and is not made later", async () => {
  const { ask, making, finish } = startGate({ atOnce: 1, waitMs: 20 });
  void ask("a", "1");
  await expect(ask("a", "2")).rejects.toThrow(Overload);
  await finish("1");
  expect(making).toEqual(["1"]);
});

test("nothing is made for those who have gone", async () => {
  const { ask, making, finish } = startGate({ atOnce: 1 });
  const gone = new AbortController();
  void ask("a", "1");
  const waiting = ask("a", "2", gone.signal);
  gone.abort();
  await expect(waiting).rejects.toThrow(Overload);
  await finish("1");
  expect(making).toEqual(["1"]);
});

test("who leaves a quarter of all unread waits until it is read; others do not", async () => {
  const { gate, ask, making } = startGate();
  const sent = gate.hold("a", 251);
  void ask("a", "a1");
  void ask("b", "b1");
  expect(making).toEqual(["b1"]);
  sent();
  await settled();
  expect(making).toEqual(["b1", "a1"]);
});

test("while more than may be lies unread, nothing is made", async () => {
  const { gate, ask, making } = startGate();
  const holds = ["a", "b", "c", "d", "e"].map((consumer) => gate.hold(consumer, 210));
  void ask("f", "f1");
  expect(making).toEqual([]);
  holds[0]?.();
  await settled();
  expect(making).toEqual(["f1"]);
});
