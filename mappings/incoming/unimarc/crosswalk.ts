import type { IncomingCrosswalk, MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readMarcXml } from "../../../src/marc/marcxml.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { readType } from "../../values.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { distinct } from "../oai-dc/dublin-core.ts";
import { contributors, creators } from "./names.ts";
import { publishers } from "./publishers.ts";
import { UnimarcSource } from "./unimarc-source.ts";

/** UNIMARC bibliographic, as XML in whatever namespace, or from ISO 2709 with `new UnimarcSource(record)`. */
export const unimarc: IncomingCrosswalk<UnimarcSource> = {
  id: "unimarc",
  version: 1,
  namespaces: ["http://www.bncf.firenze.sbn.it/unimarc/slim"],
  open,
  fields: { ...dublinCoreFields, alternateIdentifiers, creators, contributors, publishers, resourceType },
};

function open(metadata: XmlElement): UnimarcSource {
  const record = metadata.child("record") ?? metadata;
  if (!record.elements.some(({ local }) => local === "datafield")) {
    throw new XmlError(`<${metadata.name}> holds no MARC record`);
  }
  return new UnimarcSource(readMarcXml(metadata));
}

/** 001 is a running number of the library: it names nothing outside of it. */
function alternateIdentifiers(source: UnimarcSource, note: Note): MappedField<CommonRecord["alternateIdentifiers"]> {
  const number = source.marc.control("001");
  const own = number === null ? [] : [mapped({ value: number.value, scheme: "local" as const }, number)];
  const all = [...dublinCoreFields.alternateIdentifiers(source, note), ...own];
  return distinct(all, ({ value }) => `${value.scheme} ${value.value}`);
}

/** UNIMARC leader/06, other than language material, with COAR types. */
const BY_RECORD_TYPE: Readonly<Record<string, string>> = {
  c: "c_18cw",
  d: "c_18cw",
  e: "c_12cd",
  f: "c_12cd",
  g: "c_8a7e",
  i: "c_18cc",
  j: "c_18cc",
  k: "c_ecc8",
  l: "c_1843",
  r: "c_1843",
};
/** UNIMARC leader/07 of language material. */
const BY_LEVEL: Readonly<Record<string, string>> = {
  a: "c_3248",
  m: "c_2f33",
  s: "QX5C-AR31",
  i: "c_18cf",
  c: "RMP5-3GQ6",
};

/** What the note of a thesis says; else what 608 says in words; else leader/06-07. */
function resourceType(source: UnimarcSource, note: Note): Mapped<NonNullable<CommonRecord["resourceType"]>> | null {
  const said = dublinCoreFields.resourceType(source, note);
  if (said !== null) return said;
  const { leader } = source.marc;
  const [recordType = "", level = ""] = leader.text.slice(6, 8);
  const id = recordType === "a" || recordType === "b" ? BY_LEVEL[level] : BY_RECORD_TYPE[recordType];
  const type = id === undefined ? null : readType(`http://purl.org/coar/resource_type/${id}`);
  return type === null ? null : mapped({ ...type, raw: `leader/06-07: ${recordType}${level}` }, leader);
}
