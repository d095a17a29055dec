import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { ImportFailure } from "./import-failure.ts";
import { unpack } from "./import-unpack.ts";
import { zipMembers } from "./import-zip.ts";

type Bytes = AsyncIterable<Uint8Array>;

/** What the records of a file are written in. */
export type FileFormat = "iso2709" | "xml";

/** The content of a file, or of one file in a zip, unpacked. */
export interface FileMember {
  /** Its name in the zip; `null` where the file is no zip. */
  readonly name: string | null;
  readonly format: FileFormat;
  readonly bytes: Bytes;
}

const HEAD_BYTES = 4_096;
/** The local header of a first member, or the end of an empty directory (PKWARE APPNOTE 6.3 §4.3). */
const ZIP_BEGINNINGS = [0x04034b50, 0x06054b50];
/** Names of files that are meant to hold records: what cannot be recognised in them is a failure and not an attachment. */
const RECORD_FILE = /\.(mrc|marc|iso|dat|xml|gz)$/i;

/**
 * The parts of a file that hold records: the file itself, or the members of a zip; gzip is unpacked in both. The bytes
 * tell what a file is, its name does not matter. A member must be read before the next is asked for. Throws
 * `ImportFailure` where there is nothing to import.
 */
export async function* openMembers(file: string): AsyncGenerator<FileMember, void> {
  if (!(await isZip(file))) {
    yield await recognised(null, createReadStream(file));
    return;
  }
  const others: string[] = [];
  let found = false;
  for await (const { name, bytes } of zipMembers(file)) {
    const member = await recognisedOrNull(name, bytes);
    if (member !== null) yield member;
    else others.push(name);
    found ||= member !== null;
  }
  if (!found) throw new ImportFailure(`the zip holds no file of records; it holds ${others.join(", ") || "nothing"}`);
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && ZIP_BEGINNINGS.includes(buffer.readUInt32LE(0));
  } finally {
    await handle.close();
  }
}

async function recognisedOrNull(name: string, bytes: Bytes): Promise<FileMember | null> {
  try {
    return await recognised(name, bytes);
  } catch (error) {
    if (error instanceof ImportFailure && !RECORD_FILE.test(name)) return null;
    throw error instanceof ImportFailure ? new ImportFailure(`${name}: ${error.message}`, { cause: error }) : error;
  }
}

async function recognised(name: string | null, packed: Bytes): Promise<FileMember> {
  const outer = await peek(packed);
  const isGzip = outer.head[0] === 0x1f && outer.head[1] === 0x8b;
  const { head, whole } = isGzip ? await peek(unpack(outer.whole, createGunzip())) : outer;
  return { name, format: formatOf(head), bytes: whole };
}

/** ISO 2709 begins with the length of a record and its status (§4.2), or holds terminators at least; XML begins with a tag. */
function formatOf(head: Uint8Array): FileFormat {
  const text = Buffer.from(head).toString("latin1");
  if (/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(text)) return "xml";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the terminators of fields and records
  if (/^\s*\d{5}[A-Za-z]/.test(text) || /[\x1d\x1e]/.test(text)) return "iso2709";
  if (text.trim() === "") throw new ImportFailure("the file is empty");
  const beginning = JSON.stringify(text.slice(0, 40));
  throw new ImportFailure(
    `this is neither MARC (ISO 2709 or MARCXML) nor an OAI static repository; it begins with ${beginning}`,
  );
}

/** The first bytes of a stream, and the whole of it. */
async function peek(bytes: Bytes): Promise<{ readonly head: Uint8Array; readonly whole: Bytes }> {
  const chunks = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  let failure: unknown = null;
  try {
    while (length < HEAD_BYTES) {
      const next = await chunks.next();
      if (next.done === true) break;
      first.push(next.value);
      length += next.value.length;
    }
  } catch (error) {
    // what came before it is looked at all the same
    if (length === 0) throw error;
    failure = error;
  }
  const head = Buffer.concat(first);
  return { head: head.subarray(0, HEAD_BYTES), whole: again(head, chunks, failure) };
}

async function* again(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  failure: unknown,
): AsyncGenerator<Uint8Array, void> {
  try {
    if (head.length > 0) yield head;
    if (failure !== null) throw failure;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
