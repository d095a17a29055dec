import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32, createInflateRaw } from "node:zlib";
import { ImportFailure } from "./import-failure.ts";
import { unpack } from "./import-unpack.ts";

/** One file inside of a zip. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What the central directory says of a member (PKWARE APPNOTE 6.3 §4.3.12). */
interface DirectoryEntry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const MAX_COMMENT_LENGTH = 0xffff;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_LENGTH = 20;
const ZIP64_END = 0x06064b50;
const ZIP64_END_LENGTH = 56;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_LENGTH = 46;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_LENGTH = 30;
const ZIP64_EXTRA = 0x0001;
const IN_ZIP64 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
/** Some hundred thousand members; nobody exports a catalogue in more. */
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024;

/**
 * The files inside of a zip, in the order of its central directory (PKWARE APPNOTE 6.3, zip64 included): folders and what
 * macOS adds are left out. Members are unpacked while they are read. Throws `ImportFailure` where the zip is cut off or
 * damaged, or a member is encrypted or packed by another method than deflate.
 */
export async function* zipMembers(file: string): AsyncGenerator<ZipMember, void> {
  for (const entry of await readDirectory(file)) {
    if (entry.name.endsWith("/") || /(^|\/)(__MACOSX\/|\.)/.test(entry.name)) continue;
    yield { name: entry.name, bytes: contentOf(file, entry) };
  }
}

async function readDirectory(file: string): Promise<readonly DirectoryEntry[]> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const place = await findDirectory(handle, size);
    if (place.length > MAX_DIRECTORY_BYTES) throw new ImportFailure("the directory of the zip is too long to be true");
    return entriesOf(await readAt(handle, place.offset, place.length), place.count);
  } finally {
    await handle.close();
  }
}

async function findDirectory(handle: FileHandle, size: number) {
  const tailStart = Math.max(0, size - END_LENGTH - MAX_COMMENT_LENGTH);
  const tail = await readAt(handle, tailStart, size - tailStart);
  const end = lastEnd(tail);
  if (end < 0) throw new ImportFailure("the zip has no directory at its end: it was cut off; fetch or export it again");
  const place = {
    count: tail.readUInt16LE(end + 10),
    length: tail.readUInt32LE(end + 12),
    offset: tail.readUInt32LE(end + 16),
  };
  const locator = end - ZIP64_LOCATOR_LENGTH;
  if (locator < 0 || tail.readUInt32LE(locator) !== ZIP64_LOCATOR) return place;
  const end64 = await readAt(handle, Number(tail.readBigUInt64LE(locator + 8)), ZIP64_END_LENGTH);
  if (end64.readUInt32LE(0) !== ZIP64_END) throw damaged();
  return {
    count: Number(end64.readBigUInt64LE(32)),
    length: Number(end64.readBigUInt64LE(40)),
    offset: Number(end64.readBigUInt64LE(48)),
  };
}

/** A comment may follow the end of the directory, and may hold anything. */
function lastEnd(tail: Buffer): number {
  for (let at = tail.length - END_LENGTH; at >= 0; at -= 1) {
    const isEnd = tail.readUInt32LE(at) === END_OF_DIRECTORY;
    if (isEnd && at + END_LENGTH + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return -1;
}

function entriesOf(directory: Buffer, count: number): readonly DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + DIRECTORY_ENTRY_LENGTH > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw damaged();
    const nameEnd = at + DIRECTORY_ENTRY_LENGTH + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const large = zip64Numbers(directory.subarray(nameEnd, extraEnd));
    const size = directory.readUInt32LE(at + 24);
    const packedSize = directory.readUInt32LE(at + 20);
    const offset = directory.readUInt32LE(at + 42);
    // the numbers that did not fit stand in this order, and only those (§4.5.3)
    if (size === IN_ZIP64) large.shift();
    entries.push({
      name: directory.toString("utf8", at + DIRECTORY_ENTRY_LENGTH, nameEnd),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      packedSize: packedSize === IN_ZIP64 ? (large.shift() ?? packedSize) : packedSize,
      offset: offset === IN_ZIP64 ? (large.shift() ?? offset) : offset,
    });
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function zip64Numbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64_EXTRA) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.floor(field.length / 8) }, (_, index) =>
      Number(field.readBigUInt64LE(index * 8)),
    ).slice(0, 3);
  }
  return [];
}

async function* contentOf(file: string, entry: DirectoryEntry): AsyncGenerator<Uint8Array, void> {
  if (entry.encrypted) throw new ImportFailure("it is encrypted; make a zip without a password");
  if (entry.method !== STORED && entry.method !== DEFLATED)
    throw new ImportFailure(`it is packed by method ${entry.method}; make a zip in the usual way (deflate)`);
  const packed = await packedBytes(file, entry);
  let checksum = 0;
  for await (const piece of entry.method === STORED ? packed : unpack(packed, createInflateRaw())) {
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (checksum !== entry.checksum) throw new ImportFailure("its checksum is wrong: the zip is damaged");
}

/** The local header is as long as it says, which may differ from what the directory says (§4.3.7). */
async function packedBytes(file: string, entry: DirectoryEntry): Promise<AsyncIterable<Uint8Array>> {
  const handle = await open(file);
  try {
    const header = await readAt(handle, entry.offset, LOCAL_HEADER_LENGTH);
    if (header.readUInt32LE(0) !== LOCAL_HEADER) throw damaged();
    const start = entry.offset + LOCAL_HEADER_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
    return createReadStream(file, { start, end: start + entry.packedSize - 1 });
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw damaged();
  return buffer;
}

function damaged(): ImportFailure {
  return new ImportFailure("the zip is damaged; fetch or export it again");
}
