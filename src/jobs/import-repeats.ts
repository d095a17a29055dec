const BITS = 27;

/**
 * Finds identifiers that a file holds more than once, so that the last one can win without the earlier ones being stored.
 * Memory is 16 MB for a file of any length, and a little for each repeated identifier.
 */
export class Repeats {
  /** One bit an identifier, by its hash: a bit that was set already says "perhaps before". */
  readonly #seen = new Uint8Array(2 ** BITS / 8);
  readonly #last = new Map<string, number>();

  /** Takes note that the record at `position` has this identifier; positions rise. */
  add(identifier: string, position: number): void {
    const hash = hashOf(identifier);
    const [index, bit] = [hash >>> 3, 1 << (hash & 7)];
    const byte = this.#seen[index] ?? 0;
    if ((byte & bit) !== 0) this.#last.set(identifier, position);
    else this.#seen[index] = byte | bit;
  }

  /** Whether a later record has the same identifier; exact, whatever the hashes do. */
  comesAgain(identifier: string, position: number): boolean {
    return (this.#last.get(identifier) ?? 0) > position;
  }
}

/** FNV-1a, cut to the number of bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> BITS)) & (2 ** BITS - 1);
}
