import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { resolve } from "node:path";
import { ExportError, fileFailure } from "./errors.ts";

/** The file that says what a dump is; the last one that is written. */
export const MANIFEST = "manifest.json";

/** A folder on its way to its name. */
export interface DumpFolder {
  /** Where it is being filled: beside its later place, under a name that nobody else takes. */
  readonly path: string;
  /** Gives it its name: from then on, and not before, the dump is there. Throws `ExportError`. */
  complete(): Promise<void>;
  /** Removes it with all that is in it. */
  abandon(): Promise<void>;
}

/**
 * Begins the folder that will be `target`, where none may be but an empty one. An export that is killed leaves a folder
 * `<target>.partial-…`, which is in nobody's way. Throws `ExportError`.
 */
export async function beginFolder(target: string): Promise<DumpFolder> {
  const place = resolve(target);
  await makeRoom(place);
  const path = `${place}.partial-${randomBytes(4).toString("hex")}`;
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw fileFailure(path, error);
  });
  return {
    path,
    complete: async () => {
      await rename(path, place).catch((error: unknown) => {
        throw fileFailure(place, error);
      });
    },
    abandon: async () => await rm(path, { recursive: true, force: true }),
  };
}

/** Removes the folder if it is empty: nothing is ever mixed or written over. */
async function makeRoom(place: string): Promise<void> {
  try {
    await rmdir(place);
  } catch (error) {
    if (isAbsent(error)) return;
    const names = await readdir(place).catch((): string[] => []);
    if (names.includes(MANIFEST))
      throw new ExportError(`${place}: a dump is there already; name a new folder, or remove that one`);
    if (names.length > 0)
      throw new ExportError(`${place}: this folder holds other files (${names[0]}); name a new one`);
    throw fileFailure(place, error);
  }
}

/** Whether a file or folder could not be had because it is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
