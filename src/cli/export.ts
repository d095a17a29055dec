import { feedUrl, objectStore } from "../dump-plan.ts";
import { beginBucket, isBucketAddress } from "../export/bucket.ts";
import { COMPRESSIONS, type Compression } from "../export/compression.ts";
import { ExportError } from "../export/errors.ts";
import { exportFeed } from "../export/export-feed.ts";
import { beginFolder } from "../export/folder.ts";
import { DELETED_LIST, DUMP_FORMATS, type DumpFormat } from "../export/formats.ts";
import type { Manifest } from "../export/manifest.ts";
import { addConsumerDays, type ConsumerDay, dayOf, NO_COUNTS } from "../store/consumer-days.ts";
import { assertReplica, isReplica } from "../store/replica.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { createProgress } from "./progress.ts";
import { print, printTable, withStore } from "./run-command.ts";
import { stopSignal } from "./signals.ts";

interface ExportCommandOptions {
  readonly out: string;
  readonly format?: readonly string[];
  readonly compression?: string;
  readonly set?: string;
  /** The process that started this one ends it by closing the channel between them. */
  readonly tied?: true;
}

/** `lienthong export`: a dump of the feed into a folder; exit code 2 where a format could not carry some records. */
export async function exportCommand(options: ExportCommandOptions): Promise<void> {
  const { out, set, tied } = options;
  const formats = chosenFormats(options.format ?? []);
  const compression = chosenCompression(options.compression);
  await withStore(async ({ config, db, feed }) => {
    if (feed !== db) await assertReplica(db, feed);
    const signal = stopSignal({ tied });
    const progress = createProgress(process.stderr, "export");
    const exported = exportFeed(feed, {
      begin: () => (isBucketAddress(out) ? beginBucket(out, objectStore(config), signal) : beginFolder(out)),
      formats,
      compression,
      setSpec: set ?? null,
      baseUrl: feedUrl(config),
      metadataRights: config.metadataRights,
      signal,
      onPage: progress.page,
    });
    const manifest = await exported.finally(progress.end);
    printDump(out, manifest);
    // from a replica a dump can be made as well; it is counted nowhere
    if (!(await isReplica(db))) await addConsumerDays(db, dumpDays(manifest, new Date()));
  });
}

/** The dump among what consumers took: each of its files with records in one format is a request. */
function dumpDays({ files, set }: Manifest, now: Date): readonly ConsumerDay[] {
  const us = { network: "", userAgent: "lienthong export", contact: "", product: "lienthong" };
  return files
    .filter(({ format }) => format !== DELETED_LIST.name)
    .map(({ format, records, deleted, bytes }) => ({
      ...{ day: dayOf(now), surface: "export", route: "dump", ...us, metadataPrefix: format, setSpec: set ?? "" },
      counts: { ...NO_COUNTS, requests: 1, records: records + deleted, bytes, lists: 1 },
    }));
}

/** Those that are named, one by one or with commas; otherwise all. Throws `ExportError`. */
function chosenFormats(given: readonly string[]): readonly DumpFormat[] {
  const names = given.flatMap((text) => text.split(",")).map((name) => name.trim());
  const known = DUMP_FORMATS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ExportError(`--format "${unknown}": there is no such format; there are ${known.join(", ")}`);
  return names.length === 0 ? DUMP_FORMATS : DUMP_FORMATS.filter(({ name }) => names.includes(name));
}

/** The one that is named, otherwise the best. Throws `ExportError`. */
function chosenCompression(name?: string): Compression {
  if (name === undefined) return COMPRESSIONS[0];
  const chosen = COMPRESSIONS.find((compression) => compression.name === name);
  if (chosen !== undefined) return chosen;
  if (name === "zstd")
    throw new ExportError(`--compression zstd: Node.js ${process.version} has none, 22.15 has; or gzip`);
  throw new ExportError(`--compression "${name}": there is no such compression; there are zstd and gzip`);
}

function printDump(folder: string, { files, horizon, howToGoOn }: Manifest): void {
  const rows = files.map(({ name, records, deleted, bytes }) => [name, records, deleted, (bytes / 1e6).toFixed(1)]);
  printTable(["file", "records", "deleted", "MB"], rows);
  const leftOut = files.flatMap((file) => file.leftOut);
  if (leftOut.length > 0) {
    print(`\n${leftOut.length} records do not fit into a format; ${folder}/manifest.json names them and says why`);
    process.exitCode = EXIT_CODES.complete_with_rejects;
  }
  print(`\n${folder} holds the feed up to ${horizon}. ${howToGoOn}`);
}
