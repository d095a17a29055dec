import { type CarriedSource, carriedFields, carriedSource } from "../../../src/crosswalk/carried.ts";
import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import { MarcSource } from "../../../src/crosswalk/marc-source.ts";
import { readMarcXml } from "../../../src/marc/marcxml.ts";
import { readOaiMarc } from "../../../src/marc/oai-marc.ts";
import type { MarcRecord } from "../../../src/marc/record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { marc21 } from "../marc21/crosswalk.ts";
import { unimarc } from "../unimarc/crosswalk.ts";
import { UnimarcSource } from "../unimarc/unimarc-source.ts";

/** MARC as XML beside MARCXML: MarcXchange (ISO 25577), which carries any MARC, and `oai_marc` of 2001. */
export const marcxchange: IncomingCrosswalk<CarriedSource> = {
  id: "marcxchange",
  version: marc21.version + unimarc.version - 1,
  namespaces: [
    "info:lc/xmlns/marcxchange-v1",
    "info:lc/xmlns/marcxchange-v2",
    "http://www.bn.pt/standards/metadata/marcxml/1.0/",
    "http://www.openarchives.org/OAI/1.1/oai_marc",
    "http://www.openarchives.org/OAI/1.0/oai_marc",
  ],
  open,
  fields: carriedFields,
};

const PARTS: ReadonlySet<string> = new Set(["leader", "controlfield", "datafield", "fixfield", "varfield"]);

/** Opens a `<record>`, the first of a `<collection>`, or an `<oai_marc>`. */
function open(metadata: XmlElement): CarriedSource {
  const element = metadata.child("record") ?? metadata.child("oai_marc") ?? metadata;
  if (!element.elements.some(({ local }) => PARTS.has(local)))
    throw new XmlError(`<${metadata.name}> holds no MARC record`);
  const isOaiMarc = element.elements.some(({ local }) => local === "varfield" || local === "fixfield");
  const record = isOaiMarc ? readOaiMarc(element) : readMarcXml(element);
  return isUnimarc(record, element.attribute("format"))
    ? carriedSource(unimarc, new UnimarcSource(record))
    : carriedSource(marc21, new MarcSource(record));
}

/** Where the title stands tells before what the attribute `format` says: records of one dialect are labelled as another. */
function isUnimarc({ fields }: MarcRecord, format: string | null): boolean {
  if (fields.some(({ tag }) => tag === "245")) return false;
  return fields.some(({ tag }) => tag === "200") || /unimarc/i.test(format ?? "");
}
