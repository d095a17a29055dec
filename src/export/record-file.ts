import { join } from "node:path";
import { MarcError } from "../marc/errors.ts";
import type { FeedItem } from "../store/oai-list.ts";
import type { Compression } from "./compression.ts";
import { openDumpFile } from "./dump-file.ts";
import { type DumpFormat, type DumpScope, type LiveRecord, liveRecord } from "./formats.ts";
import type { FileEntry, LeftOut } from "./manifest.ts";

/** An item of the feed as all files are made from it. */
export interface DumpItem {
  readonly item: FeedItem;
  /** `null`: it is deleted. */
  readonly live: LiveRecord | null;
}

/** A file of a dump that takes records. */
export interface RecordFile {
  /** Throws `ExportError` where the file cannot be written. */
  add(items: readonly DumpItem[]): Promise<void>;
  /** Writes it to its end. Throws `ExportError`. */
  finish(): Promise<FileEntry>;
  /** Closes it as it is. */
  abandon(): Promise<void>;
}

/** Begins a file of that format in the folder. */
export function openRecordFile(
  folder: string,
  compression: Compression,
  format: DumpFormat,
  scope: DumpScope,
): RecordFile {
  const name = format.fileName + compression.suffix;
  const file = openDumpFile(join(folder, name), compression);
  const leftOut: LeftOut[] = [];
  let records = 0;
  let deleted = 0;
  let head = format.head(scope);
  const written = ({ item, live }: DumpItem): string | Uint8Array => {
    if (live === null) {
      if (format.deleted === null) return "";
      deleted += 1;
      return format.deleted(item);
    }
    if (format.live === null) return "";
    try {
      const piece = format.live(live, scope);
      records += 1;
      return piece;
    } catch (error) {
      if (!(error instanceof MarcError)) throw error;
      leftOut.push({ identifier: item.oaiIdentifier, reason: error.message });
      return "";
    }
  };
  return {
    add: async (items) => {
      await file.write(bytesOf([head, ...items.map(written)]));
      head = "";
    },
    finish: async () => {
      await file.write(bytesOf([head, format.tail(scope)]));
      return { name, format: format.name, records, deleted, ...(await file.finish()), leftOut };
    },
    abandon: file.abandon,
  };
}

/** The items as all files are made from them. */
export function dumpItems(items: readonly FeedItem[]): readonly DumpItem[] {
  return items.map((item) => ({ item, live: liveRecord(item) }));
}

/** Texts are joined first: a buffer for each would leave much more to be collected. */
function bytesOf(pieces: readonly (string | Uint8Array)[]): Buffer {
  const isText = (piece: string | Uint8Array) => typeof piece === "string";
  if (pieces.every(isText)) return Buffer.from(pieces.join(""));
  return Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)));
}
