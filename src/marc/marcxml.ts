import type { XmlElement } from "../xml/element.ts";
import { escapeAttribute, escapeText } from "../xml/escape.ts";
import { isDataField, type MarcDataField, type MarcField, type MarcRecord, type MarcSubfield } from "./record.ts";
import { soundRecord } from "./sound-record.ts";

/** Where pretty-printing has put the leader on a line of its own; blanks inside a line belong to the leader. */
const LINE_BREAK_AROUND = /^\s*\n\s*|\s*\n\s*$/g;
const LEADER_LENGTH = 24;

/**
 * Reads a `<record>` of MARCXML, in whatever namespace, or the first one of a `<collection>`. Never throws for what it
 * finds: a missing leader is the empty string, a missing indicator a blank, a missing tag or code the empty string; text
 * that stands in a data field outside of subfields becomes a `$a`. Fields keep their order.
 */
export function readMarcXml(element: XmlElement): MarcRecord {
  const record = element.local === "record" ? element : (element.child("record") ?? element);
  const fields: MarcField[] = [];
  let leader = "";
  for (const child of record.children) {
    if (typeof child === "string") continue;
    if (child.local === "controlfield") fields.push({ tag: child.attribute("tag") ?? "", value: child.text });
    else if (child.local === "datafield") fields.push(readDataField(child));
    else if (child.local === "leader") leader = readLeader(child.text);
  }
  return { leader, fields };
}

function readLeader(text: string): string {
  return text.length === LEADER_LENGTH ? text : text.replace(LINE_BREAK_AROUND, "");
}

function readDataField(element: XmlElement): MarcDataField {
  const subfields: MarcSubfield[] = [];
  for (const child of element.children) {
    if (typeof child !== "string") subfields.push({ code: child.attribute("code") ?? "", value: child.text });
    else if (child.trim() !== "") subfields.push({ code: "a", value: child.trim() });
  }
  return {
    tag: element.attribute("tag") ?? "",
    indicator1: element.attribute("ind1") || " ",
    indicator2: element.attribute("ind2") || " ",
    subfields,
  };
}

/**
 * Writes one `<record>` that is valid against MARC21slim.xsd, its namespace declared on it. What the schema forbids is
 * written in the nearest form that it allows (`soundRecord`); control fields stand before data fields, as it demands.
 */
export function writeMarcXml(record: MarcRecord): string {
  const { leader, fields } = soundRecord(record);
  let controlFields = "";
  let dataFields = "";
  for (const field of fields) {
    if (isDataField(field)) dataFields += writeDataField(field);
    else controlFields += `<controlfield tag="${field.tag}">${escapeText(field.value)}</controlfield>`;
  }
  return `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>${leader}</leader>${controlFields}${dataFields}</record>`;
}

function writeDataField({ tag, indicator1, indicator2, subfields }: MarcDataField): string {
  let written = `<datafield tag="${tag}" ind1="${indicator1}" ind2="${indicator2}">`;
  for (const { code, value } of subfields) {
    written += `<subfield code="${escapeAttribute(code)}">${escapeText(value)}</subfield>`;
  }
  return `${written}</datafield>`;
}
