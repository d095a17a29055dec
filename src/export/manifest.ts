import { formatDatestamp } from "../oai/datestamp.ts";
import type { Compression } from "./compression.ts";
import type { WrittenFile } from "./dump-file.ts";

/** A record that a format cannot carry. */
export interface LeftOut {
  readonly identifier: string;
  readonly reason: string;
}

/** A file of a dump and what is in it. */
export interface FileEntry extends WrittenFile {
  readonly name: string;
  readonly format: string;
  /** Live records in it. */
  readonly records: number;
  /** Deleted records in it. */
  readonly deleted: number;
  readonly leftOut: readonly LeftOut[];
}

/** What a dump is, as `manifest.json` tells it; where that file is, the dump is whole. */
export interface Manifest {
  /** Changes whenever a reader of an older one would misunderstand it. */
  readonly manifestVersion: 1;
  readonly baseUrl: string;
  readonly set: string | null;
  /** Address of the licence of the metadata; `null`: nothing is said about it. */
  readonly metadataRights: string | null;
  /** When the dump was begun, by the clock of this machine. */
  readonly created: string;
  /** The moment up to which the dump holds the feed; the next harvest is `from` here. */
  readonly horizon: string;
  readonly howToGoOn: string;
  readonly compression: string;
  /** Live records of the feed. */
  readonly records: number;
  /** Deleted records of the feed. */
  readonly deleted: number;
  readonly files: readonly FileEntry[];
}

/** What a manifest is made from. */
export interface ManifestFacts extends Pick<Manifest, "baseUrl" | "metadataRights" | "records" | "deleted" | "files"> {
  readonly setSpec: string | null;
  readonly created: Date;
  readonly horizon: Date;
  readonly compression: Compression;
}

/** The manifest of a dump. */
export function manifestOf(facts: ManifestFacts): Manifest {
  const { baseUrl, setSpec, metadataRights, records, deleted, files } = facts;
  const horizon = formatDatestamp(facts.horizon, "second");
  const request = `from=${horizon}${setSpec === null ? "" : `&set=${setSpec}`}`;
  return {
    manifestVersion: 1,
    baseUrl,
    set: setSpec,
    metadataRights,
    created: formatDatestamp(facts.created, "second"),
    horizon,
    howToGoOn: `Harvest ${baseUrl} with ${request}: what has changed since, and what was deleted, comes then and replaces what is here; nothing is lost, even of what changed while this was written.`,
    compression: facts.compression.name,
    records,
    deleted,
    files,
  };
}
