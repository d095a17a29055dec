import type { Header, Origin, Resumption } from "../oai/types.ts";
import type { XmlElement } from "../xml/element.ts";
import { XmlError } from "../xml/errors.ts";
import { parseXml } from "../xml/parse.ts";
import { repairXml } from "../xml/repair.ts";
import { restoreStrayBytes } from "../xml/stray-bytes.ts";
import { readOrigins } from "./origins.ts";
import { readPlainHeader } from "./plain-header.ts";

/** A record as it was sent. The metadata is parsed on demand: most harvested records turn out to be unchanged. */
export interface SourceRecord {
  readonly header: Header;
  /**
   * The `<record>` element as sent, with the namespace declarations of its ancestors. Bytes that were not of the encoding
   * stand in it as what they were taken for (`repairs` says so); nothing else is changed.
   */
  readonly raw: string;
  /** What was assumed or mended so that the header could be read; empty on a sound record. */
  readonly repairs: readonly string[];
}

/** A record whose header cannot be read, or that could not be had; its bytes go into quarantine. */
export interface UnreadableRecord {
  /** Where it is known from elsewhere. */
  readonly identifier?: string;
  readonly raw: string;
  readonly reason: string;
}

const HEADER = /<(?:[\w.-]+:)?header(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/(?:[\w.-]+:)?header\s*>)/;

/** Reads the header of a record as it came (OAI-PMH 2.0 §2.5). Nothing else of the record is looked at. */
export function readRecord(received: string): SourceRecord | UnreadableRecord {
  const { text, charset } = restoreStrayBytes(received);
  // PostgreSQL keeps every character but this one
  const raw = text.replaceAll("\u0000", "\ufffd");
  const header = HEADER.exec(raw)?.[0];
  if (header === undefined) return { raw, reason: "the record has no <header>" };
  try {
    const { header: read, repairs } = readHeader(raw, header);
    if (read === null) return { raw, reason: "the record has no <header>" };
    if (read.identifier === "") return { raw, reason: "the header has no <identifier>" };
    return { header: read, raw, repairs: charset === null ? repairs : [`bytes read as ${charset}`, ...repairs] };
  } catch (error) {
    if (error instanceof XmlError) return { raw, reason: `the header is ${error.message}` };
    throw error;
  }
}

/** Reads the header inside the tag of its record, whose namespace declarations it may need. Throws `XmlError`. */
function readHeader(
  raw: string,
  header: string,
): { readonly header: Header | null; readonly repairs: readonly string[] } {
  const openTag = /^<[^>]*>/.exec(raw)?.[0] ?? "<record>";
  const plain = readPlainHeader(openTag, header);
  if (plain !== null) return { header: plain, repairs: [] };
  const name = /^<([^\s/>]+)/.exec(openTag)?.[1] ?? "record";
  const { root, repairs } = parseMended(`${openTag}${header}</${name}>`);
  const element = root.child("header");
  return { header: element === null ? null : headerOf(element), repairs };
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

/** The metadata of a record, and what had to be mended to read it. */
export interface ReadMetadata {
  /** The element inside `<metadata>`, or `null` where there is none. */
  readonly element: XmlElement | null;
  readonly repairs: readonly string[];
  /** Where the record was before, the last station first. */
  readonly origins: readonly Origin[];
}

/** Reads the metadata of a record as stored. Throws `XmlError` where it is not well-formed and cannot be mended. */
export function readMetadata(raw: string): ReadMetadata {
  const { root, repairs } = parseMended(raw);
  return { element: root.child("metadata")?.elements[0] ?? null, repairs, origins: readOrigins(root) };
}

/** Strictly, and where that fails once more with what can be mended mended. */
function parseMended(text: string): { readonly root: XmlElement; readonly repairs: readonly string[] } {
  try {
    return { root: parseXml(text), repairs: [] };
  } catch (error) {
    const mended = repairXml(text);
    if (!(error instanceof XmlError) || mended.repairs.length === 0) throw error;
    return { root: parseXml(mended.text), repairs: mended.repairs };
  }
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
