import { decodeXml } from "../xml/decode.ts";
import { RecordSplitter } from "../xml/split-records.ts";

/** A record cut out of an XML file. */
export interface XmlItem {
  readonly xml: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** The format of the list it stands in, where the list says so: static repositories have one list a format. */
  readonly metadataPrefix: string | null;
}

/** MARCXML; SRU answers; Alma; OAI-PMH answers and static repositories. */
const PARENTS = ["collection", "recordData", "bib", "ListRecords", "GetRecord"];
/** Where a piece of the text ends: one item at most is completed by it. */
const PIECE_END = /<\/(?:[\w.-]+:)?record\s*>|<(?:[\w.-]+:)?ListRecords(?:\s[^<>]*)?>/g;
/** What may stand before the root of a document that is itself a record. */
const BEFORE_RECORD = /^(?:<\?[^>]*\?>|<!--[\s\S]*?-->|\s)*(?=<(?:[\w.-]+:)?record[\s>])/;
/** A tag that is longer is not waited for; only the line of a record suffers. */
const MAX_TAG_LENGTH = 8_192;

/**
 * Cuts the records out of an XML file while it is read. Where there are none and the document is itself a record, it is
 * that one. At the end `onEnvelope` is given the rest of the document. Throws `XmlError`, where the file is cut off too.
 */
export async function* xmlItems(
  bytes: AsyncIterable<Uint8Array>,
  onEnvelope: (text: string) => void,
): AsyncGenerator<XmlItem, void> {
  const splitter = new RecordSplitter({ item: "record", parents: PARENTS });
  let line = 1;
  let metadataPrefix: string | null = null;
  let found = false;
  for await (const piece of piecesOf(decodeXml(bytes, null))) {
    line += lineBreaks(piece);
    for (const xml of splitter.push(piece)) {
      found = true;
      yield { xml, line: line - lineBreaks(xml), metadataPrefix };
    }
    metadataPrefix = prefixOf(piece) ?? metadataPrefix;
  }
  const rest = splitter.end();
  const prolog = found ? null : BEFORE_RECORD.exec(rest)?.[0];
  if (prolog === null || prolog === undefined) onEnvelope(rest);
  else yield { xml: rest.slice(prolog.length), line: 1 + lineBreaks(prolog), metadataPrefix };
}

function prefixOf(piece: string): string | null {
  const list = /<(?:[\w.-]+:)?ListRecords(?:\s[^<>]*)?>$/.exec(piece)?.[0];
  return list === undefined ? null : (/\smetadataPrefix\s*=\s*["']([^"']*)["']/.exec(list)?.[1] ?? null);
}

async function* piecesOf(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = "";
  for await (const text of texts) {
    const whole = rest + text;
    let from = 0;
    for (const match of whole.matchAll(PIECE_END)) {
      const end = match.index + match[0].length;
      yield whole.slice(from, end);
      from = end;
    }
    // a tag that the chunk cuts in two waits for the next one
    const tag = whole.lastIndexOf("<");
    const waits = tag >= from && whole.indexOf(">", tag) < 0 && whole.length - tag < MAX_TAG_LENGTH;
    if (waits && tag > from) yield whole.slice(from, tag);
    if (!waits && from < whole.length) yield whole.slice(from);
    rest = waits ? whole.slice(tag) : "";
  }
  if (rest !== "") yield rest;
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
