import { marcOf } from "../../mappings/outgoing/marc21/crosswalk.ts";
import { oaiDcOut } from "../../mappings/outgoing/oai_dc/crosswalk.ts";
import { writeIso2709 } from "../marc/iso2709.ts";
import { writeMarcXml } from "../marc/marcxml.ts";
import type { MarcRecord } from "../marc/record.ts";
import { formatDatestamp } from "../oai/datestamp.ts";
import { OaiError } from "../oai/errors.ts";
import { MARC21, XSI } from "../oai/namespaces.ts";
import { ENVELOPE_END, errorElement, openEnvelope } from "../provider/envelope.ts";
import { publishedOf, recordElement } from "../provider/record.ts";
import { rightsElement } from "../provider/rights.ts";
import type { FeedItem } from "../store/oai-list.ts";

/** Which part of the feed a dump holds. */
export interface DumpScope {
  readonly baseUrl: string;
  readonly horizon: Date;
  /** `null`: the whole feed. */
  readonly setSpec: string | null;
  /** Address of the licence of our metadata; `null`: nothing is said about it. */
  readonly metadataRights: string | null;
  readonly isEmpty: boolean;
}

/** A live record on its way into a dump. */
export interface LiveRecord {
  readonly item: FeedItem;
  /** Made when the first format asks for it, once for all of them. */
  readonly marc: () => MarcRecord;
}

/** A file of a dump: what stands around its records, and what it makes of each. */
export interface DumpFormat {
  /** As `--format` names it. */
  readonly name: string;
  readonly fileName: string;
  readonly head: (scope: DumpScope) => string;
  readonly tail: (scope: DumpScope) => string;
  /** Throws `MarcError` where the format cannot carry the record. `null`: live records do not stand in this file. */
  readonly live: ((record: LiveRecord, scope: DumpScope) => string | Uint8Array) | null;
  /** `null`: deleted records do not stand in this file. */
  readonly deleted: ((item: FeedItem) => string) | null;
}

const NOTHING = () => "";
const COLLECTION = `<?xml version="1.0" encoding="UTF-8"?>
<collection xmlns="${MARC21}" xmlns:xsi="${XSI}" xsi:schemaLocation="${MARC21} http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd">
`;

/** The common records, one JSON object a line, as docs/export.md tells. */
const jsonl: DumpFormat = {
  name: "jsonl",
  fileName: "records.jsonl",
  head: NOTHING,
  tail: NOTHING,
  live: ({ item }) => jsonLine(item, { source: sourceOf(item), record: item.published }),
  deleted: (item) => jsonLine(item, {}),
};

const marcxml: DumpFormat = {
  name: "marcxml",
  fileName: "marc21.xml",
  head: () => COLLECTION,
  tail: () => "</collection>\n",
  live: ({ marc }) => `${writeMarcXml(marc())}\n`,
  deleted: null,
};

const iso2709: DumpFormat = {
  name: "iso2709",
  fileName: "marc21.mrc",
  head: NOTHING,
  tail: NOTHING,
  live: ({ marc }) => writeIso2709(marc()),
  deleted: null,
};

/** What the feed would answer to ListRecords if everything stood on one page (OAI-PMH 2.0 §4.5). */
const oaiDc: DumpFormat = {
  name: "oai_dc",
  fileName: "oai_dc.xml",
  head: ({ baseUrl, horizon, setSpec, isEmpty }) => {
    const set = setSpec === null ? [] : [["set", setSpec] as const];
    const echoed = [["verb", "ListRecords"], ["metadataPrefix", oaiDcOut.metadataPrefix], ...set] as const;
    const opening = openEnvelope({ responseDate: horizon, baseUrl, echoed });
    // the schema allows no empty list
    return opening + (isEmpty ? errorElement(new OaiError("noRecordsMatch", "no records match")) : "<ListRecords>\n");
  },
  tail: ({ isEmpty }) => (isEmpty ? "" : "</ListRecords>") + ENVELOPE_END,
  live: ({ item }, scope) => `${recordElement(item, oaiDcOut, rightsElement(scope))}\n`,
  deleted: (item) => `${recordElement(item, oaiDcOut)}\n`,
};

/** The formats that can be chosen. */
export const DUMP_FORMATS: readonly DumpFormat[] = [jsonl, marcxml, iso2709, oaiDc];

/** The list of deleted records, part of every dump: MARC has no place for them. */
export const DELETED_LIST: DumpFormat = {
  name: "deleted",
  fileName: "deleted.tsv",
  head: () => "identifier\tdatestamp\n",
  tail: NOTHING,
  live: null,
  deleted: ({ oaiIdentifier, stamp }) => `${oaiIdentifier}\t${formatDatestamp(stamp, "second")}\n`,
};

/** A record of the feed as formats take it, or `null` where it is deleted. */
export function liveRecord(item: FeedItem): LiveRecord | null {
  const published = publishedOf(item);
  if (published === null) return null;
  let made: MarcRecord | null = null;
  const marc = () => {
    made ??= marcOf(published);
    return made;
  };
  return { item, marc };
}

function jsonLine({ oaiIdentifier, stamp, deleted, setSpecs }: FeedItem, more: object): string {
  const datestamp = formatDatestamp(stamp, "second");
  return `${JSON.stringify({ identifier: oaiIdentifier, datestamp, deleted, sets: setSpecs, ...more })}\n`;
}

function sourceOf({ repositoryCode, sourceIdentifier, sourceDatestamp, metadataNamespace }: FeedItem) {
  return { repository: repositoryCode, identifier: sourceIdentifier, datestamp: sourceDatestamp, metadataNamespace };
}
