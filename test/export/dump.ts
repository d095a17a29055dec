import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { COMPRESSIONS, type Compression } from "../../src/export/compression.ts";
import { type ExportOptions, exportFeed } from "../../src/export/export-feed.ts";
import { beginFolder } from "../../src/export/folder.ts";
import { DUMP_FORMATS, type DumpFormat } from "../../src/export/formats.ts";
import type { Manifest } from "../../src/export/manifest.ts";
import type { Db } from "../../src/store/database.ts";
import { BASE_URL } from "../provider/sample-feed.ts";

/** A temporary folder in which dumps are made. */
export interface Workplace {
  readonly path: string;
  remove(): void;
}

/** The programs that unpack what is written, independent of ours. */
export const UNPACKER = { gzip: "gzip", zstd: "zstd" } as const;

const MOST = 256 * 1024 * 1024;
const run = promisify(execFile);

export function makeWorkplace(): Workplace {
  const path = mkdtempSync(join(tmpdir(), "lienthong-export-"));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** The compression that every Node.js has. */
export function gzip(): Compression {
  const found = COMPRESSIONS.find(({ name }) => name === "gzip");
  if (found === undefined) throw new Error("this Node.js has no gzip");
  return found;
}

/** The format that `--format` knows by that name. */
export function formatCalled(name: string): DumpFormat {
  const found = DUMP_FORMATS.find((format) => format.name === name);
  if (found === undefined) throw new Error(`there is no format ${name}`);
  return found;
}

/** Dumps the whole feed in all formats with gzip; `changes` replaces what a test is about. */
export async function dump(db: Db, folder: string, changes: Partial<ExportOptions> = {}): Promise<Manifest> {
  return await exportFeed(db, {
    begin: () => beginFolder(folder),
    formats: DUMP_FORMATS,
    compression: gzip(),
    setSpec: null,
    baseUrl: BASE_URL,
    metadataRights: null,
    ...changes,
  });
}

/** A file of a dump, unpacked by gzip or zstd itself; throws where that is not content with it. */
export function unpacked(folder: string, file: string): Buffer {
  const program = file.endsWith(".zst") ? UNPACKER.zstd : UNPACKER.gzip;
  const { status, stdout, stderr } = spawnSync(program, ["-dc", join(folder, file)], { maxBuffer: MOST });
  if (status !== 0) throw new Error(`${program}: ${stderr.toString()}`);
  return stdout;
}

/** SHA-256 of a file as sha256sum computes it. */
export async function sha256Of(path: string): Promise<string> {
  return (await run("sha256sum", [path])).stdout.slice(0, 64);
}

/** A line of `records.jsonl`. */
export interface JsonLine {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
  readonly source?: Readonly<Record<string, string>>;
  readonly record?: { readonly titles: readonly { readonly value: string }[] };
}

export function jsonLines(folder: string, file = "records.jsonl.gz"): readonly JsonLine[] {
  const lines = unpacked(folder, file).toString("utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as JsonLine);
}

export function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
}
