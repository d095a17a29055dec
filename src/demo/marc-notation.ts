import { MARCXML_FORMAT } from "./sample-repository.ts";
import { escapeXml } from "./sample-xml.ts";

export interface MarcSubfield {
  readonly code: string;
  readonly value: string;
}

export interface MarcField {
  readonly tag: string;
  readonly indicators: string;
  readonly subfields: readonly MarcSubfield[];
}

export interface MarcControlField {
  readonly tag: string;
  readonly value: string;
}

export interface MarcRecord {
  readonly leader: string;
  readonly controlFields: readonly MarcControlField[];
  readonly fields: readonly MarcField[];
}

/**
 * Fields as cataloguers write them on paper, one per line: `245 10 $aTitle :$brest /$cnames`. `#` is a blank indicator;
 * a dollar sign that is meant is `{dollar}`, as in MarcEdit's mnemonic format.
 */
export function readMarcFields(text: string): MarcField[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map(readMarcField);
}

function readMarcField(line: string): MarcField {
  const parts = line.slice(7).split("$").slice(1);
  return {
    tag: line.slice(0, 3),
    indicators: line.slice(4, 6).replaceAll("#", " "),
    subfields: parts.map((part) => ({ code: part.slice(0, 1), value: part.slice(1).replaceAll("{dollar}", "$") })),
  };
}

/** The values of the subfields with these codes, field by field in the order of the record. */
export function subfieldValues(fields: readonly MarcField[], tag: string, codes: string): string[][] {
  return fields
    .filter((field) => field.tag === tag)
    .map((field) => field.subfields.filter(({ code }) => codes.includes(code)).map(({ value }) => value));
}

/** MARCXML as Koha sends it: default namespace, one field per line. */
export function writeMarcXml(record: MarcRecord): string {
  const { schema, namespace } = MARCXML_FORMAT;
  const controls = record.controlFields.map(
    ({ tag, value }) => `<controlfield tag="${tag}">${escapeXml(value)}</controlfield>\n`,
  );
  return (
    `<record xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
    ` xsi:schemaLocation="${namespace} ${schema}">\n<leader>${record.leader}</leader>\n` +
    `${controls.join("")}${record.fields.map(writeMarcField).join("")}</record>`
  );
}

function writeMarcField({ tag, indicators, subfields }: MarcField): string {
  const content = subfields
    .map(({ code, value }) => `<subfield code="${code}">${escapeXml(value)}</subfield>`)
    .join("");
  return `<datafield tag="${tag}" ind1="${indicators.slice(0, 1)}" ind2="${indicators.slice(1)}">${content}</datafield>\n`;
}
