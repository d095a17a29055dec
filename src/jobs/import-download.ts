import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { PLAIN_CONNECTION } from "../client/connection.ts";
import type { HttpClient } from "../client/http.ts";

/**
 * Runs `work` on a local file: the one that is named, or what is at the named URL, kept in a temporary file meanwhile
 * because it is read twice. Throws what the client throws where it cannot be fetched.
 */
export async function withLocalFile<Result>(
  http: HttpClient,
  source: string,
  signal: AbortSignal | undefined,
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  if (!/^https?:\/\//i.test(source)) return await work(source);
  const folder = await mkdtemp(join(tmpdir(), "lienthong-import-"));
  const file = join(folder, "source");
  // whoever imports may ask the library's own network
  const connection = { ...PLAIN_CONNECTION, allowPrivate: true };
  try {
    await http.fetch(new URL(source), (answer) => pipeline(answer.body, createWriteStream(file)), signal, connection);
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
