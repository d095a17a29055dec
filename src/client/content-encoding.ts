import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

type Bytes = AsyncIterable<Uint8Array>;

/** Nobody compresses more often; a header that lists a thousand encodings is an attack on our memory. */
const MAX_LAYERS = 3;
/** A byte order mark or white space, then a tag, all in ASCII: how documents begin that nobody compressed. */
const PLAIN_TEXT = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<[\t\n\r -~]*)?$/;
const SNIFF_BYTES = 8;

/**
 * Undoes the content encodings of an answer (RFC 9110 §8.4). The bytes are believed more than the header: what is called
 * gzip and is text passes as it is, and what nobody called gzip and begins like gzip is unpacked. A body that was cut
 * off fails with the error of `node:zlib`.
 */
export function decodeContent(body: Bytes, contentEncoding: string): Bytes {
  const encodings = contentEncoding
    .toLowerCase()
    .split(",")
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== "" && encoding !== "identity")
    .slice(-MAX_LAYERS);
  // the last one was applied last; one more look, because some servers compress what is compressed already
  return [...encodings.reverse(), "identity"].reduce(undo, body);
}

async function* undo(source: Bytes, encoding: string): AsyncGenerator<Uint8Array, void> {
  const { head, whole } = await peek(source);
  const decoder = decoderFor(encoding, head);
  if (decoder === null) {
    yield* whole;
    return;
  }
  // what goes wrong on the way in comes out of the decoder as well, and is met there
  pipeline(whole, decoder).catch(() => {});
  yield* decoder;
}

function decoderFor(encoding: string, head: Uint8Array): Duplex | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return createGunzip();
  if (head.length === 0 || PLAIN_TEXT.test(Buffer.from(head).toString("latin1"))) return null;
  if (encoding === "deflate") return isZlib(head) ? createInflate() : createInflateRaw();
  return encoding === "br" ? createBrotliDecompress() : null;
}

/** RFC 1950 §2.2: method 8, and a check that makes the first two bytes a multiple of 31. */
function isZlib(head: Uint8Array): boolean {
  const [first = 0, second = 0] = head;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

/** The first bytes of a body, and the whole of it. */
async function peek(source: Bytes): Promise<{ readonly head: Uint8Array; readonly whole: Bytes }> {
  const chunks = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < SNIFF_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return { head: head.subarray(0, SNIFF_BYTES), whole: again(head, chunks) };
}

async function* again(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
