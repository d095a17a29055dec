import type { Transform } from "node:stream";
import zlib from "node:zlib";

/** How the files of a dump are compressed. */
export interface Compression {
  /** As `--compression` and the manifest name it. */
  readonly name: "zstd" | "gzip";
  /** What it adds to the name of a file. */
  readonly suffix: ".zst" | ".gz";
  readonly create: () => Transform;
}

const gzip: Compression = { name: "gzip", suffix: ".gz", create: () => zlib.createGzip() };

/** Node.js has zstd from 22.15 on; the types are those of the oldest one that we run on. */
const { createZstdCompress } = zlib as typeof zlib & { readonly createZstdCompress?: () => Transform };

/** Those that this Node.js can write, the better one first. */
export const COMPRESSIONS: readonly [Compression, ...Compression[]] =
  createZstdCompress === undefined
    ? [gzip]
    : [{ name: "zstd", suffix: ".zst", create: () => createZstdCompress() }, gzip];
