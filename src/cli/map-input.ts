import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { readAnswer } from "../client/answer.ts";
import { createHttpClient } from "../client/http.ts";
import { readRecord } from "../client/records.ts";
import { iso2709Records, readIso2709 } from "../marc/iso2709.ts";
import { writeMarcXml } from "../marc/marcxml.ts";
import { decodeXml } from "../xml/decode.ts";
import type { XmlElement } from "../xml/element.ts";
import { parseXml } from "../xml/parse.ts";
import { RecordSplitter } from "../xml/split-records.ts";

/** A record to be shown: its identifier where it has a header, and its metadata; `null` where it has none. */
export interface MapInput {
  readonly identifier: string | null;
  readonly raw: string;
  readonly metadata: XmlElement | null;
}

const SPLIT = { item: "record", parents: ["ListRecords", "GetRecord", "collection"] };

/** Reads the records of a file or of the answer at a URL, one after the other. Throws where nothing can be read. */
export async function* readMapInput(what: string): AsyncGenerator<MapInput, void> {
  if (/^https?:\/\//i.test(what)) yield* fromUrl(new URL(what));
  else if (await isIso2709(what)) yield* fromIso2709(what);
  else yield* fromXmlFile(what);
}

async function* fromUrl(url: URL): AsyncGenerator<MapInput, void> {
  const http = createHttpClient();
  try {
    const answer = await http.fetch(url, (response) => readAnswer(response, SPLIT));
    yield* answer.items.map(fromItem);
  } finally {
    await http.close();
  }
}

async function* fromXmlFile(file: string): AsyncGenerator<MapInput, void> {
  const splitter = new RecordSplitter(SPLIT);
  let found = false;
  for await (const text of decodeXml(createReadStream(file), null)) {
    for (const item of splitter.push(text)) {
      found = true;
      yield fromItem(item);
    }
  }
  const rest = splitter.end();
  // a document that holds no list is itself the metadata, or one record
  if (!found) yield fromItem(rest);
}

/** MARC files are shown as MARCXML, which says the same and can be read. */
async function* fromIso2709(file: string): AsyncGenerator<MapInput, void> {
  for await (const bytes of iso2709Records(createReadStream(file))) {
    const raw = writeMarcXml(readIso2709(bytes).record);
    yield { identifier: null, raw, metadata: parseXml(raw) };
  }
}

function fromItem(raw: string): MapInput {
  const root = parseXml(raw);
  const isOaiRecord = root.local === "record" && root.child("header") !== null;
  if (!isOaiRecord) return { identifier: null, raw, metadata: root };
  const record = readRecord(raw);
  const identifier = "header" in record ? record.header.identifier : null;
  return { identifier, raw, metadata: root.child("metadata")?.elements[0] ?? null };
}

/** A MARC file begins with the length of its first record in five digits (ISO 2709 §4.2). */
async function isIso2709(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(5), 0, 5, 0);
    return bytesRead === 5 && /^\d{5}$/.test(buffer.toString("latin1"));
  } finally {
    await handle.close();
  }
}
