import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExportError } from "./errors.ts";
import { type DumpFolder, MANIFEST } from "./folder.ts";
import type { Manifest } from "./manifest.ts";
import { hasObject, type ObjectStore, putObject } from "./object-store.ts";

/** `s3://bucket` or `s3://bucket/prefix`. */
const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*?))?\/?$/;

/** Whether this names a place in an object store. */
export function isBucketAddress(target: string): boolean {
  return target.startsWith("s3:");
}

/**
 * Begins a dump that goes into an object store: it is written into a temporary folder, and sent when it is whole, the manifest
 * last. Where there is a manifest already, nothing is done; `signal` ends the sending after the file in hand. Throws
 * `ExportError`.
 */
export async function beginBucket(address: string, store: ObjectStore, signal?: AbortSignal): Promise<DumpFolder> {
  const [, bucket, prefix = ""] = ADDRESS.exec(address) ?? [];
  if (bucket === undefined)
    throw new ExportError(`"${address}" is no place in an object store; give s3://bucket/prefix`);
  const nameOf = (file: string) => [bucket, ...(prefix === "" ? [] : [prefix]), file].join("/");
  if (await hasObject(store, nameOf(MANIFEST)))
    throw new ExportError(`${address}: a dump is there already; name a new prefix, or remove that one`);
  const path = await mkdtemp(join(tmpdir(), "lienthong-export-"));
  const abandon = async () => await rm(path, { recursive: true, force: true });
  return {
    path,
    complete: async () => {
      await send(store, path, nameOf, signal);
      await abandon();
    },
    abandon,
  };
}

async function send(store: ObjectStore, folder: string, nameOf: (file: string) => string, signal?: AbortSignal) {
  const manifest = await readFile(join(folder, MANIFEST));
  const { files } = JSON.parse(manifest.toString("utf8")) as Manifest;
  const sha256 = createHash("sha256").update(manifest).digest("hex");
  for (const { name, ...written } of [...files, { name: MANIFEST, bytes: manifest.length, sha256 }]) {
    if (signal?.aborted === true) throw new ExportError("the export was stopped; it has no manifest and is no dump");
    await putObject(store, nameOf(name), { path: join(folder, name), ...written });
  }
}
