import { isUtf8 } from "node:buffer";

/** Where bytes that are not UTF-8 go: byte 0x80 becomes U+DC80 and so on, a code unit that no UTF-8 can produce. */
const ESCAPE_BASE = 0xdc00;
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Decodes UTF-8 chunk by chunk without losing what is not UTF-8: each such byte becomes a lone surrogate that remembers
 * it, so that whoever sees the whole record can decide what it was meant to be (`src/xml/stray-bytes.ts`).
 */
export class LenientUtf8Decoder {
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;

  /** The text of the bytes so far; a character that the chunk cuts in two waits for the next one. */
  write(chunk: Uint8Array): string {
    const bytes = this.#rest.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#rest, chunk]);
    const end = completeLength(bytes);
    this.#rest = Buffer.from(bytes.subarray(end));
    return this.#withoutMark(decode(bytes.subarray(0, end)));
  }

  /** What a document that ends in the middle of a character leaves behind. */
  end(): string {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return this.#withoutMark(decode(rest));
  }

  #withoutMark(text: string): string {
    if (this.#begun || text === "") return text;
    this.#begun = true;
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decode(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let text = "";
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) at += length;
    else {
      text += bytes.toString("utf8", from, at) + String.fromCharCode(ESCAPE_BASE + (bytes[at] ?? 0));
      at += 1;
      from = at;
    }
  }
  return text + bytes.toString("utf8", from);
}

/** Length of the well-formed sequence at `at` (RFC 3629 §4), or 0 where there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = announcedLength(lead);
  return length > 1 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

function announcedLength(lead: number): number {
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
}

/** How many bytes can be decoded now: all but a last character of which more may follow. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return announcedLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
