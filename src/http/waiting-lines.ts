/** A line for each consumer, from which one after the other is taken in turn: who sends many requests waits for them alone. */
export class WaitingLines<Item> {
  readonly #lines = new Map<string, Item[]>();
  #size = 0;

  /** How many wait, in all lines. */
  get size(): number {
    return this.#size;
  }

  add(consumer: string, item: Item): void {
    const line = this.#lines.get(consumer);
    if (line === undefined) this.#lines.set(consumer, [item]);
    else line.push(item);
    this.#size += 1;
  }

  /** Takes out the first of the next consumer in turn who may go on; `undefined`: nobody is there who may. */
  next(mayGoOn: (consumer: string) => boolean): Item | undefined {
    for (const [consumer, line] of this.#lines) {
      const item = line[0];
      if (item === undefined || !mayGoOn(consumer)) continue;
      // to the end of the round
      this.#lines.delete(consumer);
      this.#lines.set(consumer, line);
      this.remove(consumer, item);
      return item;
    }
    return undefined;
  }

  /** Takes one out, wherever it stands in its line; one that is not there is no mistake. */
  remove(consumer: string, item: Item): void {
    const line = this.#lines.get(consumer) ?? [];
    const index = line.indexOf(item);
    if (index < 0) return;
    line.splice(index, 1);
    this.#size -= 1;
    if (line.length === 0) this.#lines.delete(consumer);
  }

  /** The last of the longest line, where that is longer than the one of `consumer`. */
  lastOfLongerLine(consumer: string): Item | undefined {
    let longest = this.#lines.get(consumer) ?? [];
    const own = longest;
    for (const line of this.#lines.values()) if (line.length > longest.length) longest = line;
    return longest === own ? undefined : longest.at(-1);
  }
}
