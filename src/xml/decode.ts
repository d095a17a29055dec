import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { XmlError } from "./errors.ts";
import { LenientUtf8Decoder } from "./lenient-utf8.ts";

/** A server may print a page of warnings before the XML declaration. */
const SNIFF_BYTES = 4 * 1024;

/**
 * Decodes a document chunk by chunk. The byte order mark decides, then the XML declaration, then the charset of the HTTP
 * header, then UTF-8 (RFC 7303 puts HTTP second; servers that add a wrong default charset are more frequent than wrong
 * declarations). Whatever is declared, UTF-8 that shows itself as such is read as UTF-8. In UTF-8 no byte is lost: what is
 * none becomes a lone surrogate that `restoreStrayBytes` can read. Throws `XmlError` for an encoding that nobody knows.
 */
export async function* decodeXml(
  chunks: AsyncIterable<Uint8Array>,
  httpCharset: string | null,
): AsyncGenerator<string, void> {
  let head: Uint8Array = new Uint8Array(0);
  let decoder: Decoder | null = null;
  for await (const chunk of chunks) {
    if (decoder === null) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < SNIFF_BYTES) continue;
      decoder = decoderFor(sniffCharset(head, httpCharset), head);
      yield decoder.write(head);
    } else yield decoder.write(chunk);
  }
  if (decoder === null) {
    decoder = decoderFor(sniffCharset(head, httpCharset), head);
    yield decoder.write(head);
  }
  const rest = decoder.end();
  if (rest !== "") yield rest;
}

/** The encoding of a document from its first bytes, as `TextDecoder` names it. */
export function sniffCharset(head: Uint8Array, httpCharset: string | null): string {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0x00 && head[1] === 0x3c) return "utf-16be";
  if (head[0] === 0x3c && head[1] === 0x00) return "utf-16le";
  const declared = declaredEncoding(Buffer.from(head.subarray(0, SNIFF_BYTES)).toString("latin1"));
  // A document that says UTF-16 in single bytes is not UTF-16.
  return declared !== undefined && !/^utf-?16/i.test(declared) ? declared : (httpCharset ?? "utf-8");
}

/**
 * What the first XML declaration says. A server may have printed a warning before it; one that stands in a document that
 * has begun already is quoted there and says nothing about it.
 */
function declaredEncoding(head: string): string | undefined {
  const at = head.search(/<\?xml\s/);
  if (at < 0 || /\sxmlns\b|<!\[CDATA\[/.test(head.slice(0, at))) return undefined;
  return /^[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head.slice(at))?.[1];
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/** Throws `XmlError` for a name that nobody knows, unless what it names is UTF-8 all the same. */
function decoderFor(charset: string, head: Uint8Array): Decoder {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset);
  } catch (cause) {
    if (isUtf8(wholeCharacters(head))) return new LenientUtf8Decoder();
    throw new XmlError(`the answer is written in "${charset}", an encoding that is not known here`, { cause });
  }
  if (decoder.encoding === "utf-8") return new LenientUtf8Decoder();
  // always as a stream: Node.js 20 takes windows-1252 for Latin-1 otherwise
  const declared: Decoder = {
    write: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
  return SINGLE_BYTE.test(decoder.encoding) ? new SingleByteOrUtf8(declared) : declared;
}

const SINGLE_BYTE = /^(?:windows-125\d|iso-8859-\d+)$/;

/**
 * Many servers declare ISO-8859-1 and send UTF-8. The first bytes beyond ASCII tell: text in a single-byte encoding is
 * hardly ever valid UTF-8.
 */
class SingleByteOrUtf8 implements Decoder {
  #decoder: Decoder;
  #decided = false;
  /** The first byte beyond ASCII and what follows it, while too little has come to tell. */
  #held: Uint8Array = new Uint8Array(0);

  constructor(declared: Decoder) {
    this.#decoder = declared;
  }

  write(bytes: Uint8Array): string {
    if (this.#decided) return this.#decoder.write(bytes);
    const joined = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const whole = wholeCharacters(joined);
    this.#decided = !isAscii(whole);
    if (this.#decided && isUtf8(whole)) this.#decoder = new LenientUtf8Decoder();
    this.#held = this.#decided ? new Uint8Array(0) : joined.subarray(whole.length);
    return this.#decoder.write(this.#decided ? joined : whole);
  }

  end(): string {
    return this.#decoder.write(this.#held) + this.#decoder.end();
  }
}

/** The bytes without a last character that may go on in the next piece. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  const tail = bytes.subarray(-3).findLastIndex((byte) => byte >= 0xc0);
  return tail < 0 ? bytes : bytes.subarray(0, bytes.length - Math.min(3, bytes.length) + tail);
}
