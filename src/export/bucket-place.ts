import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeIn, WORKPLACE } from "./bucket.ts";
import { type DumpPlace, FILE_NAMES, filesOf, parseManifest } from "./dump-place.ts";
import { ExportError } from "./errors.ts";
import { MANIFEST } from "./folder.ts";
import { clearDead } from "./folder-place.ts";
import { getObject, hasObject, type ObjectStore, putObject, removeObject } from "./object-store.ts";

const LATEST = "latest.json";

/**
 * Dumps in an object store: `<prefix>/<day>/…`, and `<prefix>/latest.json`, which names the newest. Nothing is listed there: the
 * days are those that were begun. Throws `ExportError` where the address is none.
 */
export function bucketPlace(address: string, store: ObjectStore): DumpPlace {
  const nameIn = placeIn(address);
  const find = async (day: string) => parseManifest((await getObject(store, nameIn(day, MANIFEST))) ?? "");
  // the manifest is the first of the names
  const removeAll = async (day: string, names: readonly string[]) => {
    for (const name of names) await removeObject(store, nameIn(day, name));
  };
  return {
    target: address,
    addressOf: (day) => `${address}/${day}`,
    find,
    pointTo: async (day, { horizon }) => {
      const text = JSON.stringify({ dump: day, manifest: `${day}/${MANIFEST}`, horizon }, null, 2);
      const from = Buffer.from(`${text}\n`);
      const sha256 = createHash("sha256").update(from).digest("hex");
      await putObject(store, nameIn(LATEST), { from, bytes: from.length, sha256 });
    },
    days: async (begun) => begun,
    remove: async (day, manifest) => {
      const files = filesOf(manifest);
      if (files === null) throw new ExportError(`${address}/${day}: its manifest names files that are none of a dump`);
      await removeAll(day, files);
    },
    clearPartials: async (broken) => {
      for (const day of broken) {
        // a manifest that we cannot read is somebody's all the same
        if (!(await hasObject(store, nameIn(day, MANIFEST)))) await removeAll(day, FILE_NAMES);
      }
      const workplaces = (await readdir(tmpdir())).filter((name) => name.startsWith(WORKPLACE));
      // those of other users cannot be looked into, and are theirs to clear away
      for (const name of workplaces) await clearDead(join(tmpdir(), name)).catch(() => {});
    },
  };
}
