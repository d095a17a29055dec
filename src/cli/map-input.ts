import { readAnswer } from "../client/answer.ts";
import { PLAIN_CONNECTION } from "../client/connection.ts";
import { createHttpClient, DEFAULT_HTTP_OPTIONS } from "../client/http.ts";
import { readMetadata, readRecord } from "../client/records.ts";
import { readConfig } from "../config.ts";
import { ImportFailure } from "../jobs/import-failure.ts";
import { readSource } from "../jobs/import-source.ts";
import { readIso2709 } from "../marc/iso2709.ts";
import { writeMarcXml } from "../marc/marcxml.ts";
import type { XmlElement } from "../xml/element.ts";
import { XmlError } from "../xml/errors.ts";
import { parseXml } from "../xml/parse.ts";
import { fileReason } from "./file-reason.ts";

/** A record to be shown: its identifier where it has a header, and its metadata; `null` where it has none. */
export interface MapInput {
  readonly identifier: string | null;
  readonly raw: string;
  readonly metadata: XmlElement | null;
  /** What was damaged before it could be read, in sentences. */
  readonly damage: readonly string[];
}

const SPLIT = { item: "record", parents: ["ListRecords", "GetRecord", "collection"] };

/**
 * Reads the records of a file, or of the answer at a URL, one after the other. Throws where one cannot be read, with a
 * message that names the file and the record.
 */
export async function* readMapInput(what: string): AsyncGenerator<MapInput, void> {
  let read = 0;
  try {
    for await (const input of recordsOf(what)) {
      yield input;
      read += 1;
    }
  } catch (cause) {
    // it names the place itself
    if (cause instanceof ImportFailure) throw new Error(`${what}: ${cause.message}`, { cause });
    throw new Error(`${what}${read === 0 ? "" : `, record ${read + 1}`}: ${reasonOf(cause)}`, { cause });
  }
}

async function* recordsOf(what: string): AsyncGenerator<MapInput, void> {
  if (/^https?:\/\//i.test(what)) yield* fromUrl(new URL(what));
  else yield* fromFile(what);
}

function reasonOf(error: unknown): string {
  const [reason, line] = [fileReason(error), error instanceof XmlError ? error.line : null];
  return line === null || reason.includes(`line ${line}`) ? reason : `line ${line}: ${reason}`;
}

async function* fromUrl(url: URL): AsyncGenerator<MapInput, void> {
  const http = createHttpClient({ ...DEFAULT_HTTP_OPTIONS, proxy: readConfig(process.env).harvestProxy });
  try {
    // whoever sits at the command line may ask the library's own network
    const connection = { ...PLAIN_CONNECTION, allowPrivate: true };
    const answer = await http.fetch(url, (response) => readAnswer(response, SPLIT), undefined, connection);
    yield* answer.items.map(fromItem);
  } finally {
    await http.close();
  }
}

async function* fromFile(file: string): AsyncGenerator<MapInput, void> {
  const documents: string[] = [];
  let found = false;
  for await (const { content } of readSource(file, (text) => documents.push(text))) {
    found = true;
    yield typeof content === "string" ? fromItem(content) : fromIso2709(content);
  }
  if (!found) yield* documents.map(fromDocument);
}

/** A document that holds no list is itself the metadata, or one record; or an answer that says why there is none. */
function fromDocument(text: string): MapInput {
  const root = parseXml(text);
  if (root.local !== "OAI-PMH") return fromItem(text);
  const error = root.child("error");
  if (error !== null) throw new Error(`the answer is an error: ${error.attribute("code")} ${error.text.trim()}`);
  throw new Error("the answer holds no records; ListRecords and GetRecord have some");
}

/** MARC files are shown as MARCXML, which says the same and can be read: one field a line. */
function fromIso2709(bytes: Uint8Array): MapInput {
  const { record, problems } = readIso2709(bytes);
  const raw = writeMarcXml(record).replace(/>(?=<(?:leader|controlfield|datafield|\/record)\b)/g, ">\n");
  return { identifier: null, raw, metadata: parseXml(raw), damage: problems };
}

function fromItem(raw: string): MapInput {
  const root = parseXml(raw);
  const isOaiRecord = root.local === "record" && root.child("header") !== null;
  if (!isOaiRecord) return { identifier: null, raw, metadata: root, damage: [] };
  return { ...identityOf(raw), metadata: root.child("metadata")?.elements[0] ?? null };
}

/** A `<record>` of OAI-PMH. Throws `XmlError` where its metadata cannot be read. */
export function fromRecord(raw: string): MapInput {
  return { ...identityOf(raw), metadata: readMetadata(raw).element };
}

function identityOf(raw: string): Omit<MapInput, "metadata"> {
  const record = readRecord(raw);
  return { identifier: "header" in record ? record.header.identifier : null, raw, damage: [] };
}
