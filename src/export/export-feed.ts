import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "../store/database.ts";
import { readHorizon } from "../store/fence.ts";
import { countFeed, type FeedItem, type ListFilter, type ListPosition, listFeed } from "../store/oai-list.ts";
import { isStoreFailure } from "../store/outage.ts";
import { isReplica } from "../store/replica.ts";
import { findSetId } from "../store/sets.ts";
import { inSnapshot } from "../store/snapshot.ts";
import type { Compression } from "./compression.ts";
import { ExportError, fileFailure } from "./errors.ts";
import { type DumpFolder, MANIFEST } from "./folder.ts";
import { DELETED_LIST, type DumpFormat } from "./formats.ts";
import { type FileEntry, type Manifest, manifestOf } from "./manifest.ts";
import { dumpItems, openRecordFile, type RecordFile } from "./record-file.ts";

/** Which dump is to be written, and where. */
export interface ExportOptions {
  /** Begins the place of the dump: `beginFolder`, `beginBucket`. */
  readonly begin: () => Promise<DumpFolder>;
  readonly formats: readonly DumpFormat[];
  readonly compression: Compression;
  /** `null`: the whole feed. */
  readonly setSpec: string | null;
  /** The address of the feed, for those who go on by harvesting. */
  readonly baseUrl: string;
  /** Address of the licence of our metadata; `null`: nothing is said about it. */
  readonly metadataRights: string | null;
  /** Ends the export after the page in hand; nothing is left of it then. */
  readonly signal?: AbortSignal;
  /** Records that are read at a time. */
  readonly pageSize?: number;
  /** Told after each page. */
  readonly onPage?: (progress: ExportProgress) => void | Promise<void>;
}

/** How far an export has come. */
export interface ExportProgress {
  readonly received: number;
  readonly complete_list_size: number;
  readonly pages: number;
}

/** What was written of the feed. */
interface Written {
  readonly records: number;
  readonly deleted: number;
  readonly files: readonly FileEntry[];
}

/** Of a hundred at a time an export takes 10 MB more, and no less time. */
const PAGE_SIZE = 50;
const ALL = Number.MAX_SAFE_INTEGER - 1;

/** A replica cannot keep rows for us that its primary has removed; it tells so, or only ends the connection. */
const BROKEN_OFF =
  "the replica that FEED_DATABASE_URL names broke the export off: it had to remove rows that were still being read (a conflict with recovery), or it went away. Set hot_standby_feedback = on there (docs/scale.md, A replica), or leave FEED_DATABASE_URL empty for the export; nothing is left of this one";

/**
 * Writes what the feed holds up to its horizon, deleted records too, in one pass over the database: a file for each format,
 * the list of what is deleted, and at last the manifest. All of it is the feed at one moment; what is stamped behind the
 * horizon is left out, and a harvest `from` there brings it. The folder has its name only once it is whole; where
 * something fails, there is none. `db` may be a streaming replica: the dump then ends at the horizon that has reached it. Throws
 * `ExportError`, and what the database throws.
 */
export async function exportFeed(db: Db, options: ExportOptions): Promise<Manifest> {
  // one connection: where an address leads to several replicas, the snapshot must not be another one's than the horizon
  return await db.connection().execute(async (one) => {
    const fromReplica = await isReplica(one);
    return await exportFrom(one, options).catch((error: unknown) => {
      if (fromReplica && isStoreFailure(error)) throw new ExportError(BROKEN_OFF, { cause: error });
      throw error;
    });
  });
}

async function exportFrom(db: Db, options: ExportOptions): Promise<Manifest> {
  const created = new Date();
  const setId = await setIdOf(db, options.setSpec);
  const folder = await options.begin();
  try {
    // in a statement before the snapshot: whatever is stamped up to here was committed when that one is taken
    const horizon = await readHorizon(db);
    const filter: ListFilter = { setId, from: null, until: null, horizon };
    const written = await inSnapshot(db, async (snapshot) => await writeFiles(snapshot, filter, folder.path, options));
    const manifest = manifestOf({ ...options, created, horizon, ...written });
    await writeManifest(folder.path, manifest);
    await folder.complete();
    return manifest;
  } catch (error) {
    await folder.abandon();
    throw error;
  }
}

async function setIdOf(db: Db, setSpec: string | null): Promise<number | null> {
  if (setSpec === null) return null;
  const setId = await findSetId(db, setSpec);
  if (setId === null)
    throw new ExportError(
      `there is no set "${setSpec}" in the feed; ListSets tells which there are (docs/provider.md)`,
    );
  return setId;
}

async function writeFiles(snapshot: Db, filter: ListFilter, folder: string, options: ExportOptions): Promise<Written> {
  const { formats, compression } = options;
  const size = await countFeed(snapshot, filter, ALL);
  const scope = { ...options, horizon: filter.horizon, isEmpty: size === 0 };
  const files = [...formats, DELETED_LIST].map((format) => openRecordFile(folder, compression, format, scope));
  try {
    const counts = await writeRecords(feedPages(snapshot, filter, options.pageSize ?? PAGE_SIZE), size, files, options);
    const entries = await Promise.all(files.map((file) => file.finish()));
    return { ...counts, files: entries };
  } catch (error) {
    await Promise.all(files.map((file) => file.abandon()));
    throw error;
  }
}

async function writeRecords(
  list: AsyncIterable<readonly FeedItem[]>,
  size: number,
  files: readonly RecordFile[],
  { signal, onPage }: ExportOptions,
) {
  const counts = { records: 0, deleted: 0 };
  let pages = 0;
  for await (const page of list) {
    if (signal?.aborted === true) throw new ExportError("the export was stopped; nothing is left of it");
    const items = dumpItems(page);
    await Promise.all(files.map((file) => file.add(items)));
    const live = items.filter((item) => item.live !== null).length;
    counts.records += live;
    counts.deleted += items.length - live;
    pages += 1;
    await onPage?.({ received: counts.records + counts.deleted, complete_list_size: size, pages });
  }
  return counts;
}

/** The whole list, oldest first, `limit` items in memory at a time. */
async function* feedPages(db: Db, filter: ListFilter, limit: number): AsyncGenerator<readonly FeedItem[], void> {
  for (let after: ListPosition | null = null; ; ) {
    const items = await listFeed(db, filter, { after, limit, withMetadata: true });
    const last = items.at(-1);
    if (last === undefined) return;
    yield items;
    after = { stamp: last.stamp, recordId: last.recordId };
  }
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, MANIFEST);
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`, { flag: "wx", flush: true }).catch(
    (error: unknown) => {
      throw fileFailure(path, error);
    },
  );
}
