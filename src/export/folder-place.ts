import { randomBytes } from "node:crypto";
import { lstat, readdir, readFile, rename, rm, rmdir, stat, symlink, unlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DAY, DEAD_AFTER_MS, type DumpPlace, FILE_NAMES, filesOf, parseManifest } from "./dump-place.ts";
import { ExportError, fileFailure } from "./errors.ts";
import { isAbsent, MANIFEST } from "./folder.ts";
import type { Manifest } from "./manifest.ts";

const LATEST = "latest";
/** As `beginFolder` names what is not whole. */
const PARTIAL = /^\d{4}-\d{2}-\d{2}\.partial-[0-9a-f]{8}$/;

/** Dumps in a folder: `<day>`, and `latest`, a link to the newest. What is not named like that is not looked at. */
export function folderPlace(folder: string): DumpPlace {
  const target = resolve(folder);
  const at = (name: string) => join(target, name);
  return {
    target,
    addressOf: at,
    find: async (day) => await manifestIn(at(day)),
    pointTo: async (day) => await link(at(LATEST), day),
    days: async () => (await namesIn(target)).filter((name) => DAY.test(name)),
    remove: async (day, manifest) => await removeDump(at(day), manifest),
    clearPartials: async () => {
      for (const name of await namesIn(target)) if (PARTIAL.test(name)) await clearDead(at(name));
    },
  };
}

/**
 * Removes the folder of an export that was killed: nothing but files of a dump is in it, and none of them has changed for half a
 * day. Throws `ExportError`.
 */
export async function clearDead(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (!names.every((name) => FILE_NAMES.includes(name))) return;
  for (const path of [folder, ...names.map((name) => join(folder, name))]) {
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs < DEAD_AFTER_MS) return;
  }
  await removeFiles(folder, names);
}

/** The manifest in a folder, or `null` where there is none of ours. */
async function manifestIn(folder: string): Promise<Manifest | null> {
  const path = join(folder, MANIFEST);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isAbsent(error)) return "";
    throw fileFailure(path, error);
  });
  return parseManifest(text);
}

/** In one step, so that there is always one; what is no link is somebody else's. */
async function link(path: string, name: string): Promise<void> {
  const there = await lstat(path).catch(() => null);
  if (there !== null && !there.isSymbolicLink())
    throw new ExportError(`${path}: it is no link, and stays as it is; move it away, and it will name the latest dump`);
  const next = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    await symlink(name, next);
    await rename(next, path);
  } catch (error) {
    await unlink(next).catch(() => {});
    throw fileFailure(path, error);
  }
}

/** Under another name first: half a dump must not look like one. */
async function removeDump(folder: string, manifest: Manifest): Promise<void> {
  const files = filesOf(manifest) ?? [];
  const other = (await namesIn(folder)).find((name) => !files.includes(name));
  if (other !== undefined)
    throw new ExportError(
      `${folder}: it holds a file that is none of the dump (${other}), and stays; remove it yourself`,
    );
  const path = `${folder}.partial-${randomBytes(4).toString("hex")}`;
  await rename(folder, path).catch((error: unknown) => {
    throw fileFailure(folder, error);
  });
  await removeFiles(path, files);
}

/** Files one by one, and the folder only if it is empty then. */
async function removeFiles(folder: string, names: readonly string[]): Promise<void> {
  try {
    for (const name of names) await rm(join(folder, name), { force: true });
    await rmdir(folder);
  } catch (error) {
    throw fileFailure(folder, error);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw fileFailure(folder, error);
  });
}
