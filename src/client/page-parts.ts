import { createHash } from "node:crypto";

/** Takes a part; the promise is fulfilled when the reader wants the next one, and fails where it wants none. */
export type GivePart<Part> = (part: Part) => Promise<void>;

/** Makes parts, gives them one after the other, and returns what is left at the end. It stops when `signal` says so. */
export type MakeParts<Part, Rest> = (give: GivePart<Part>, signal: AbortSignal) => Promise<Rest>;

/**
 * Turns something that gives parts away into something that can be read at the reader's pace: `make` works only while the
 * reader waits for a part, and never has more than that one in hand. Returns what `make` returns and throws what it throws.
 * A reader that leaves ends `make`, and so does `outer`.
 */
export async function* readParts<Part, Rest>(
  make: MakeParts<Part, Rest>,
  outer?: AbortSignal,
): AsyncGenerator<Part, Rest> {
  outer?.throwIfAborted();
  // by hand: `AbortSignal.any` of a signal that lives as long as the process does not give the memory back in time
  const stop = new AbortController();
  const stopToo = () => stop.abort(outer?.reason);
  outer?.addEventListener("abort", stopToo, { once: true });
  const handover = new Handover<Part>(stop.signal);
  // before `make` begins: it may give its first part at once
  let wanted = handover.take();
  const making = make((part) => handover.give(part), stop.signal).finally(() => handover.close());
  // where it fails while nobody waits for it, the failure is met at its end
  making.catch(() => {});
  try {
    for (;;) {
      const given = await wanted;
      if (given === null) return await making;
      yield given.part;
      wanted = handover.take();
    }
  } finally {
    outer?.removeEventListener("abort", stopToo);
    stop.abort();
    handover.refuse();
    await making.catch(() => {});
  }
}

/** One part passes at a time, and whoever gives it waits until the next one is wanted. */
class Handover<Part> {
  readonly #stopped: AbortSignal;
  #deliver: (part: { readonly part: Part } | null) => void = () => {};
  #goOn: () => void = () => {};
  #fail: (reason: unknown) => void = () => {};

  constructor(stopped: AbortSignal) {
    this.#stopped = stopped;
  }

  /** The next part, or `null` where there is none any more. */
  take(): Promise<{ readonly part: Part } | null> {
    return new Promise((resolve) => {
      this.#deliver = resolve;
      this.#goOn();
    });
  }

  give(part: Part): Promise<void> {
    // nobody would ever come for it
    if (this.#stopped.aborted) return Promise.reject(this.#stopped.reason);
    return new Promise((resolve, reject) => {
      this.#goOn = resolve;
      this.#fail = reject;
      this.#deliver({ part });
    });
  }

  close(): void {
    this.#deliver(null);
  }

  /** The part that waits, if one does, will not be followed by another. */
  refuse(): void {
    this.#fail(this.#stopped.reason);
  }
}

/**
 * The items of one page that were given away already. When a request has to be repeated, it brings them once more: each is
 * kept back as often as it was given, so that nothing is counted twice and nothing that a page repeats itself is lost.
 */
export class GivenItems<Item> {
  readonly #keyOf: (item: Item) => string;
  readonly #given = new Map<string, number>();
  #expected = new Map<string, number>();

  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf;
  }

  /** The request is made once more. */
  repeat(): void {
    this.#expected = new Map(this.#given);
  }

  /** Those of the items that were not given before the request was repeated. */
  withoutGiven(items: readonly Item[]): readonly Item[] {
    if (this.#expected.size === 0) return items;
    return items.filter((item) => {
      const key = this.#digestOf(item);
      const times = this.#expected.get(key) ?? 0;
      if (times > 1) this.#expected.set(key, times - 1);
      else this.#expected.delete(key);
      return times === 0;
    });
  }

  /** Of one length, and a string of its own: a key is made of slices that keep the text of the record alive. */
  #digestOf(item: Item): string {
    return createHash("sha1").update(this.#keyOf(item)).digest("base64");
  }

  /** From now on they count as given. */
  add(items: readonly Item[]): void {
    for (const item of items) {
      const key = this.#digestOf(item);
      this.#given.set(key, (this.#given.get(key) ?? 0) + 1);
    }
  }
}
