import { finished } from "node:stream/promises";
import type { Gunzip, InflateRaw } from "node:zlib";
import { ImportFailure } from "./import-failure.ts";

/** What is packed 1:1000, as far as deflate goes, must not fill the memory. */
const FEED_BYTES = 16 * 1024;

/**
 * Unpacks bytes while they arrive. Whatever could be unpacked is handed on before the error of what is cut off or damaged
 * is thrown (`ImportFailure`), which reading the stream itself would not do.
 */
export async function* unpack(
  packed: AsyncIterable<Uint8Array>,
  decoder: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array, void> {
  const pieces: Uint8Array[] = [];
  const state: { failure: Error | null; over: boolean } = { failure: null, over: false };
  decoder.on("data", (piece: Uint8Array) => pieces.push(piece));
  const over = finished(decoder, { writable: false }).then(
    () => {
      state.over = true;
    },
    (error: Error) => {
      state.failure = error;
    },
  );
  try {
    for await (const bytes of fed(packed)) {
      await Promise.race([over, new Promise((resolve) => decoder.write(bytes, resolve))]);
      yield* pieces.splice(0);
      if (state.over || state.failure !== null) break;
    }
    decoder.end();
    await over;
    yield* pieces.splice(0);
  } finally {
    decoder.destroy();
  }
  if (state.failure !== null) throw new ImportFailure(sentence(state.failure), { cause: state.failure });
}

async function* fed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += FEED_BYTES) yield chunk.subarray(start, start + FEED_BYTES);
  }
}

function sentence(error: Error): string {
  const cutOff = "code" in error && error.code === "Z_BUF_ERROR";
  return cutOff
    ? "the compressed data is cut off here; fetch or export the file again"
    : `the compressed data is damaged here (${error.message}); fetch or export the file again`;
}
