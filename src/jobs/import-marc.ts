import { readMetadata, readRecord, type SourceRecord, type UnreadableRecord } from "../client/records.ts";
import { MarcError } from "../marc/errors.ts";
import { readIso2709 } from "../marc/iso2709.ts";
import { readMarcXml, writeMarcXml } from "../marc/marcxml.ts";
import type { MarcRecord } from "../marc/record.ts";
import { soundRecord } from "../marc/sound-record.ts";
import { OAI_PMH } from "../oai/namespaces.ts";
import { excerpt, type Issue } from "../record/issue.ts";
import { XmlError } from "../xml/errors.ts";
import { escapeText } from "../xml/escape.ts";
import { restoreStrayBytes } from "../xml/stray-bytes.ts";
import { type MarcIdentity, marcDatestamp, marcIdentity } from "./import-identity.ts";

/** A record of a file, ready for the pipeline that harvested records go through. */
export interface ImportedRecord {
  readonly record: SourceRecord | UnreadableRecord;
  /** What there is to remark before it is mapped. */
  readonly issues: readonly Issue[];
}

const RECORD_TERMINATOR = 0x1d;
const NOT_CARRIED = "characters, tags or codes that MARCXML cannot carry";
/** Where the bytes of ISO 2709 are kept beside MARCXML that does not say all of them. */
const ISO_2709 = "https://lienthong.vn/ns/iso2709";

/**
 * Makes a source record of one MARC record: `<record>` of OAI-PMH 2.0 §2.5 with a header of ours and the MARCXML as its
 * metadata, so that all source records are of one form. MARCXML is kept as sent; ISO 2709 is written as MARCXML, and where
 * that loses anything the bytes are kept in `<about>`. `datestamp` is what a record without a 005 is given. Never throws:
 * what is no MARC record is unreadable, with its bytes.
 */
export function importedMarc(content: Uint8Array | string, datestamp: string): ImportedRecord {
  return typeof content === "string" ? fromMarcXml(content, datestamp) : fromIso2709(content, datestamp);
}

/** Whether the end of a record is missing: it has no terminator, and (without it) not the length that its leader tells. */
export function isCutOff(bytes: Uint8Array): boolean {
  const length = Number(Buffer.from(bytes.subarray(0, 5)).toString("latin1"));
  return bytes.at(-1) !== RECORD_TERMINATOR && length > bytes.length + 1;
}

function fromIso2709(bytes: Uint8Array, datestamp: string): ImportedRecord {
  if (isCutOff(bytes)) return unreadable(dataUrl(bytes), "the end of the record is missing");
  try {
    const { record, problems } = readIso2709(bytes);
    if (record.fields.length === 0) return unreadable(dataUrl(bytes), "no field can be found in the record");
    const xml = writeMarcXml(record);
    const damage = problems.length > 0 || isCarried(record, xml) ? problems : [NOT_CARRIED];
    return imported(record, xml, damage, damage.length === 0 ? "" : aboutBytes(bytes), datestamp);
  } catch (error) {
    if (error instanceof MarcError) return unreadable(dataUrl(bytes), error.message);
    throw error;
  }
}

/** Whether the MARCXML says everything that the record does. */
function isCarried(record: MarcRecord, xml: string): boolean {
  const sound = soundRecord(record);
  return (
    sound.leader === record.leader &&
    sound.fields.every((field, index) => field === record.fields[index]) &&
    !xml.includes("\ufffd")
  );
}

function fromMarcXml(xml: string, datestamp: string): ImportedRecord {
  try {
    const metadata = readMetadata(enveloped("", restoreStrayBytes(xml).text)).element;
    const record = metadata === null ? null : readMarcXml(metadata);
    if (record === null || record.fields.length === 0) return unreadable(xml, "the record has no fields of MARC");
    return imported(record, xml, [], "", datestamp);
  } catch (error) {
    if (error instanceof XmlError) return unreadable(xml, error.message);
    throw error;
  }
}

function imported(
  marc: MarcRecord,
  xml: string,
  damage: readonly string[],
  about: string,
  datestamp: string,
): ImportedRecord {
  const identity = marcIdentity(marc);
  const changed = marcDatestamp(marc);
  // no date but the record's own: the same record must be the same bytes at every import
  const date = changed === null ? "" : `<oai:datestamp>${changed}</oai:datestamp>`;
  const head = `<oai:header><oai:identifier>${escapeText(identity.identifier)}</oai:identifier>${date}</oai:header>`;
  const record = readRecord(enveloped(head, xml, about));
  if (!("header" in record)) return { record, issues: [] };
  const header = { ...record.header, datestamp: changed ?? datestamp };
  return { record: { ...record, header }, issues: issuesOf(identity, damage) };
}

/** A `<record>` whose metadata is `xml`; its own prefix leaves a MARCXML without namespace as it is. */
function enveloped(header: string, xml: string, about = ""): string {
  return `<oai:record xmlns:oai="${OAI_PMH}">${header}<oai:metadata>${xml}</oai:metadata>${about}</oai:record>`;
}

function issuesOf(identity: MarcIdentity, damage: readonly string[]): readonly Issue[] {
  const issues: Issue[] = [];
  if (identity.from === "content")
    issues.push({ code: "identity-from-content", severity: "warning", field: null, path: "001", value: null });
  if (damage.length > 0)
    issues.push({
      code: "marc-damaged",
      severity: "warning",
      field: null,
      path: null,
      value: excerpt(damage.join("; ")),
    });
  return issues;
}

function aboutBytes(bytes: Uint8Array): string {
  return `<oai:about><iso2709 xmlns="${ISO_2709}" encoding="base64">${base64(bytes)}</iso2709></oai:about>`;
}

function unreadable(raw: string, reason: string): ImportedRecord {
  return { record: { raw, reason }, issues: [] };
}

/** Bytes that are no text, as text that says what it is (RFC 2397). */
function dataUrl(bytes: Uint8Array): string {
  return `data:application/marc;base64,${base64(bytes)}`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
