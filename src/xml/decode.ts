import { TextDecoder } from "node:util";
import { XmlError } from "./errors.ts";
import { LenientUtf8Decoder } from "./lenient-utf8.ts";

const SNIFF_BYTES = 1024;

/**
 * Decodes a document chunk by chunk. The byte order mark decides, then the XML declaration, then the charset of the HTTP
 * header, then UTF-8 (RFC 7303 puts HTTP second; servers that add a wrong default charset are more frequent than wrong
 * declarations). In UTF-8 no byte is lost: what is none becomes a lone surrogate that `restoreStrayBytes` can read.
 * Throws `XmlError` for an encoding that nobody knows.
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
      decoder = decoderFor(sniffCharset(head, httpCharset));
      yield decoder.write(head);
    } else yield decoder.write(chunk);
  }
  if (decoder === null) {
    decoder = decoderFor(sniffCharset(head, httpCharset));
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
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    Buffer.from(head.subarray(0, SNIFF_BYTES)).toString("latin1"),
  )?.[1];
  // A document that says UTF-16 in single bytes is not UTF-16.
  return declared !== undefined && !/^utf-?16/i.test(declared) ? declared : (httpCharset ?? "utf-8");
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

function decoderFor(charset: string): Decoder {
  try {
    const decoder = new TextDecoder(charset);
    if (decoder.encoding === "utf-8") return new LenientUtf8Decoder();
    // always as a stream: Node.js 20 takes windows-1252 for Latin-1 otherwise
    return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  } catch (cause) {
    throw new XmlError(`the answer is written in "${charset}", an encoding that is not known here`, { cause });
  }
}
