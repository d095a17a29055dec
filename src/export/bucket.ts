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

/** What the folders are called in which dumps are made before they are sent. */
export const WORKPLACE = "lienthong-export-";

/** Whether this names a place in an object store. */
export function isBucketAddress(target: string): boolean {
  return target.startsWith("s3:");
}

/** What an object is called (`bucket/key`) that has these parts below the address. Throws `ExportError` where that is none. */
export function placeIn(address: string): (...parts: readonly string[]) => string {
  const [, bucket, prefix = ""] = ADDRESS.exec(address) ?? [];
  if (bucket === undefined)
    throw new ExportError(`"${address}" is no place in an object store; give s3://bucket/prefix`);
  return (...parts) => [bucket, ...(prefix === "" ? [] : [prefix]), ...parts].join("/");
}

/**
 * Begins a dump that goes into an object store: it is written into a temporary folder, and sent when it is whole, the manifest
 * last. Where there is a manifest already, nothing is done; `signal` ends the sending. Throws `ExportError`.
 */
export async function beginBucket(address: string, store: ObjectStore, signal?: AbortSignal): Promise<DumpFolder> {
  const nameOf = placeIn(address);
  if (await hasObject(store, nameOf(MANIFEST)))
    throw new ExportError(`${address}: a dump is there already; name a new prefix, or remove that one`);
  const path = await mkdtemp(join(tmpdir(), WORKPLACE));
  const abandon = async () => await rm(path, { recursive: true, force: true });
  return {
    path,
    complete: async () => {
      await send({ ...store, ...(signal === undefined ? {} : { signal }) }, path, nameOf);
      await abandon();
    },
    abandon,
  };
}

async function send(store: ObjectStore, folder: string, nameOf: (file: string) => string) {
  const manifest = await readFile(join(folder, MANIFEST));
  const { files } = JSON.parse(manifest.toString("utf8")) as Manifest;
  const sha256 = createHash("sha256").update(manifest).digest("hex");
  for (const { name, ...written } of [...files, { name: MANIFEST, bytes: manifest.length, sha256 }]) {
    await putObject(store, nameOf(name), { from: join(folder, name), ...written });
  }
}
