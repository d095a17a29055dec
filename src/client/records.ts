import type { Header, Resumption } from "../oai/types.ts";
import type { XmlElement } from "../xml/element.ts";
import { XmlError } from "../xml/errors.ts";
import { parseXml } from "../xml/parse.ts";

/** A record as it was sent. The metadata is parsed on demand: most harvested records turn out to be unchanged. */
export interface SourceRecord {
  readonly header: Header;
  /** The `<record>` element byte for byte, with the namespace declarations of its ancestors. */
  readonly raw: string;
}

/** A record whose header cannot be read; its bytes go into quarantine. */
export interface UnreadableRecord {
  readonly raw: string;
  readonly reason: string;
}

const HEADER = /<(?:[\w.-]+:)?header(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/(?:[\w.-]+:)?header\s*>)/;

/** Reads the header of a raw record (OAI-PMH 2.0 §2.5). Nothing else of the record is looked at. */
export function readRecord(raw: string): SourceRecord | UnreadableRecord {
  const header = HEADER.exec(raw)?.[0];
  if (header === undefined) return { raw, reason: "the record has no <header>" };
  const openTag = /^<[^>]*>/.exec(raw)?.[0] ?? "<record>";
  const name = /^<([^\s/>]+)/.exec(openTag)?.[1] ?? "record";
  try {
    const element = parseXml(`${openTag}${header}</${name}>`).child("header");
    if (element === null) return { raw, reason: "the record has no <header>" };
    const read = headerOf(element);
    return read.identifier === "" ? { raw, reason: "the header has no <identifier>" } : { header: read, raw };
  } catch (error) {
    if (error instanceof XmlError) return { raw, reason: `the header is ${error.message}` };
    throw error;
  }
}

/** A header from its element, as sent but for white space around it. */
export function headerOf(header: XmlElement): Header {
  return {
    identifier: header.child("identifier")?.text.trim() ?? "",
    datestamp: header.child("datestamp")?.text.trim() ?? "",
    setSpecs: header.childrenNamed("setSpec").map((setSpec) => setSpec.text.trim()),
    deleted: header.attribute("status")?.trim().toLowerCase() === "deleted",
  };
}

/** The element inside `<metadata>`, or `null` where there is none. Throws `XmlError` where the record is not well-formed. */
export function metadataOf(raw: string): XmlElement | null {
  return parseXml(raw).child("metadata")?.elements[0] ?? null;
}

/** The resumptionToken of a list (OAI-PMH 2.0 §3.5): an empty one, or none, ends it. */
export function resumptionOf(list: XmlElement): Resumption {
  const element = list.child("resumptionToken");
  const token = element?.text.trim() ?? "";
  return {
    token: token === "" ? null : token,
    completeListSize: integerOf(element?.attribute("completeListSize")),
    cursor: integerOf(element?.attribute("cursor")),
  };
}

function integerOf(text: string | null | undefined): number | null {
  return text !== null && text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
