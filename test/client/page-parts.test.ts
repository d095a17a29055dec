import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { GivenItems, type GivePart, readParts } from "../../src/client/page-parts.ts";
import { collect } from "../support/collect.ts";

/** Lets everything happen that does not wait for anything. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function giveAll(give: GivePart<string>, parts: readonly string[]): Promise<void> {
  for (const part of parts) await give(part);
}

describe("readParts", () => {
  test("brings each part in its order, and then what was left", async () => {
    const reading = readParts<string, string>(async (give) => {
      await giveAll(give, ["a", "b", "c"]);
      return "rest";
    });
    const seen: string[] = [];
    let next = await reading.next();
    for (; next.done !== true; next = await reading.next()) seen.push(next.value);
    expect([seen, next.value]).toEqual([["a", "b", "c"], "rest"]);
  });

  test("brings nothing where nothing is given", async () => {
    expect(await collect(readParts(async () => "rest"))).toEqual([]);
  });

  test("lets work go on only while the reader waits for a part", async () => {
    const log: string[] = [];
    const reading = readParts<string, void>(async (give) => {
      for (const part of ["a", "b"]) {
        log.push(`make ${part}`);
        await give(part);
      }
      log.push("made");
    });
    await settled();
    for await (const part of reading) {
      await settled();
      log.push(`read ${part}`);
    }
    expect(log).toEqual(["make a", "read a", "make b", "read b", "made"]);
  });

  test("hands over a failure at its place, after the parts before it", async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const part of readParts<string, void>(async (give) => {
        await give("a");
        throw new Error("cut off");
      }))
        seen.push(part);
    })();
    await expect(reading).rejects.toThrow("cut off");
    expect(seen).toEqual(["a"]);
  });

  test("ends the work when the reader leaves, and not before it has ended", async () => {
    const log: string[] = [];
    for await (const part of readParts<string, void>(async (give, signal) => {
      try {
        await giveAll(give, ["a", "b"]);
      } catch (error) {
        log.push(`stopped: ${signal.aborted && error === signal.reason}`);
        await settled();
        log.push("cleared up");
        throw error;
      }
    })) {
      log.push(part);
      break;
    }
    log.push("left");
    expect(log).toEqual(["a", "stopped: true", "cleared up", "left"]);
  });

  test("refuses what is given after the reader has left", async () => {
    let refusals = 0;
    for await (const _ of readParts<string, void>(async (give) => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await give("again").catch(() => {
          refusals += 1;
        });
      }
    }))
      break;
    expect(refusals).toBe(3);
  });

  test("ends when somebody else says so, with the reason given", async () => {
    const outer = new AbortController();
    const reading = readParts<string, void>(async (give, signal) => {
      await give("a");
      await new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        outer.abort(new Error("to be stopped"));
      });
    }, outer.signal);
    expect(await reading.next()).toEqual({ done: false, value: "a" });
    await expect(reading.next()).rejects.toThrow("to be stopped");
  });

  test("does not begin where it was told to end before", async () => {
    let begun = false;
    const reading = readParts(
      async () => {
        begun = true;
      },
      AbortSignal.abort(new Error("to be stopped")),
    );
    await expect(reading.next()).rejects.toThrow("to be stopped");
    expect(begun).toBe(false);
  });

  test("leaves nothing behind on a signal that outlives it", async () => {
    const { signal } = new AbortController();
    for (let list = 0; list < 3; list += 1) await collect(readParts((give) => giveAll(give, ["a"]), signal));
    for await (const _ of readParts((give) => giveAll(give, ["a"]), signal)) break;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("GivenItems", () => {
  const given = () => new GivenItems<string>((item) => item);

  test("keeps back after a repetition what was given before it", () => {
    const items = given();
    items.repeat();
    expect(items.withoutGiven(["a", "b"])).toEqual(["a", "b"]);
    items.add(["a", "b"]);
    items.repeat();
    expect(items.withoutGiven(["a", "b", "c"])).toEqual(["c"]);
    items.add(["c"]);
    items.repeat();
    expect(items.withoutGiven(["c", "a", "d", "b"])).toEqual(["d"]);
  });

  test("keeps nothing back that the page itself repeats", () => {
    const items = given();
    items.add(["a", "a", "b"]);
    expect(items.withoutGiven(["a"])).toEqual(["a"]);
    items.repeat();
    expect(items.withoutGiven(["a", "b", "a", "a", "b"])).toEqual(["a", "b"]);
  });
});
