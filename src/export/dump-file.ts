import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Compression } from "./compression.ts";
import { fileFailure } from "./errors.ts";

/** A file that was written to its end: its length and the SHA-256 of its bytes as they lie on the disk. */
export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** A compressed file on its way to the disk. */
export interface DumpFile {
  /**
   * Takes more of it, and waits as long as what it took before is not compressed: one piece is in hand, never two. Throws
   * `ExportError` once the file cannot be written.
   */
  write(piece: Uint8Array): Promise<void>;
  /** Writes it to its end and to the disk. Throws `ExportError`. */
  finish(): Promise<WrittenFile>;
  /** Closes it as it is. */
  abandon(): Promise<void>;
}

/** Begins a file at `path`, where none may be; whatever is wrong with it is thrown by the next `write`, or by `finish`. */
export function openDumpFile(path: string, compression: Compression): DumpFile {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* measured(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  const compressor = compression.create();
  const whole = pipeline(compressor, measured, createWriteStream(path, { flags: "wx", flush: true }));
  let failure: { readonly cause: unknown } | null = null;
  let goOn = () => {};
  let ready = Promise.resolve();
  whole.catch((cause: unknown) => {
    failure = { cause };
    goOn(); // what has failed never drains
  });
  return {
    write: async (piece) => {
      await ready;
      if (failure !== null) throw fileFailure(path, failure.cause);
      if (compressor.write(piece)) return;
      ready = new Promise((resolve) => {
        goOn = resolve;
        compressor.once("drain", resolve);
      });
    },
    finish: async () => {
      compressor.end();
      try {
        await whole;
      } catch (error) {
        throw fileFailure(path, error);
      }
      return { bytes, sha256: hash.digest("hex") };
    },
    abandon: async () => {
      compressor.destroy();
      await whole.catch(() => {});
    },
  };
}
