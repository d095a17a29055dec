import { COMPRESSIONS } from "./compression.ts";
import { MANIFEST } from "./folder.ts";
import { DELETED_LIST, DUMP_FORMATS } from "./formats.ts";
import type { Manifest } from "./manifest.ts";

/** Where the dumps of all nights lie, each in a folder that is named by its day ("2026-11-29"). All throw `ExportError`. */
export interface DumpPlace {
  /** As a person knows it; never with a secret. */
  readonly target: string;
  /** What `lienthong export --out` takes for that day. */
  addressOf(day: string): string;
  /** The manifest of the dump of that day, or `null` where none is whole. */
  find(day: string): Promise<Manifest | null>;
  /** Lets people find this dump as the latest one. */
  pointTo(day: string, manifest: Manifest): Promise<void>;
  /** The days whose dumps may lie here; `begun` are those that were begun and not cleared away. */
  days(begun: readonly string[]): Promise<readonly string[]>;
  /** Removes the dump of that day, whose manifest this is, and nothing that is not named there. */
  remove(day: string, manifest: Manifest): Promise<void>;
  /** Removes what exports have left that were killed, such as those of the `broken` days. */
  clearPartials(broken: readonly string[]): Promise<void>;
}

/** The name of a dump. */
export const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Nothing writes to what has not changed for so long. */
export const DEAD_AFTER_MS = 12 * 3_600_000;

/** Also those that another Node.js has made. */
const SUFFIXES = new Set([".gz", ".zst", ...COMPRESSIONS.map(({ suffix }) => suffix)]);

/** Every name that a file of a dump can have, the manifest first: where that is gone, no dump is there. */
export const FILE_NAMES: readonly string[] = [
  MANIFEST,
  ...[...DUMP_FORMATS, DELETED_LIST].flatMap(({ fileName }) => [...SUFFIXES].map((suffix) => fileName + suffix)),
];

/** Reads a manifest; `null`: it is none of ours. */
export function parseManifest(text: string): Manifest | null {
  try {
    const manifest: Partial<Manifest> | null = JSON.parse(text);
    const isOurs = manifest?.manifestVersion === 1 && Array.isArray(manifest.files);
    return isOurs ? (manifest as Manifest) : null;
  } catch {
    return null;
  }
}

/** The names of the files of a dump, the manifest first; of a manifest that names others, `null`. */
export function filesOf({ files }: Manifest): readonly string[] | null {
  const names = [MANIFEST, ...files.map(({ name }) => name)];
  return names.every((name) => FILE_NAMES.includes(name)) ? names : null;
}
