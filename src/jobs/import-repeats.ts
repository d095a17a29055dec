const BITS = 27;
/** 4 kB of bits each. */
const SEGMENT_BITS = 15;

/**
 * Finds identifiers that a file holds more than once, so that the last one can win without the earlier ones being stored.
 * Memory is 16 MB at most for a file of any length, and a little for each repeated identifier.
 */
export class Repeats {
  /**
   * One bit an identifier, by its hash: a bit that was set already says "perhaps before". Segments come into being when
   * they are needed: to have all of them takes 50 ms, longer than most files.
   */
  readonly #seen: Uint8Array[] = [];
  readonly #last = new Map<string, number>();

  /** Takes note that the record at `position` has this identifier; positions rise. */
  add(identifier: string, position: number): void {
    const hash = hashOf(identifier);
    const segment = this.#segmentOf(hash);
    const [index, bit] = [(hash & (2 ** SEGMENT_BITS - 1)) >>> 3, 1 << (hash & 7)];
    const byte = segment[index] ?? 0;
    if ((byte & bit) !== 0) this.#last.set(identifier, position);
    else segment[index] = byte | bit;
  }

  #segmentOf(hash: number): Uint8Array {
    const number = hash >>> SEGMENT_BITS;
    const segment = this.#seen[number] ?? new Uint8Array(2 ** SEGMENT_BITS / 8);
    this.#seen[number] = segment;
    return segment;
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
