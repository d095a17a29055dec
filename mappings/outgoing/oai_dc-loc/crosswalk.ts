import type { OutgoingCrosswalk } from "../../../src/crosswalk/outgoing.ts";
import { isDataField, type MarcField, type MarcRecord } from "../../../src/marc/record.ts";
import { each, textElement } from "../element.ts";
import { marcOf } from "../marc21/crosswalk.ts";
import { oaiDcOut } from "../oai_dc/crosswalk.ts";
import { stylesheetDublinCore } from "./stylesheet.ts";

const START =
  `<oai_dc:dc xmlns:oai_dc="${oaiDcOut.namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
  ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${oaiDcOut.namespace} ${oaiDcOut.schema}">`;
const NAMES = /^(?:[17][01]\d|720)$/;
/** Relators, affiliations and identifiers: the stylesheet would print them as part of the name. */
const BESIDE_NAMES = "e4u01";

/** Simple Dublin Core by the Library of Congress' own rules, made of our MARC 21; see README.md. */
export const oaiDcLocOut: OutgoingCrosswalk = {
  metadataPrefix: "oai_dc-loc",
  schema: oaiDcOut.schema,
  namespace: oaiDcOut.namespace,
  write(published) {
    const values = stylesheetDublinCore(asStylesheetReads(marcOf(published)));
    return `${START}${each(values, ([element, text]) => textElement(`dc:${element}`, text))}</oai_dc:dc>`;
  },
};

/**
 * Our MARC 21 as the stylesheet of 2006 knows it: the publication in 260, no ISBN that is wrong, names and genres without
 * codes and addresses.
 */
function asStylesheetReads({ leader, fields }: MarcRecord): MarcRecord {
  return { leader, fields: fields.flatMap(asReadField) };
}

function asReadField(field: MarcField): MarcField | readonly MarcField[] {
  if (!isDataField(field)) return field;
  const { tag, indicator2, subfields } = field;
  if (tag === "020") return subfields.some(({ code }) => code === "a") ? field : [];
  if (tag === "264" && indicator2 === "1") return { ...field, tag: "260" };
  if (tag === "655") return { ...field, subfields: subfields.filter(({ code }) => code === "a") };
  if (!NAMES.test(tag)) return field;
  const named = subfields.filter(({ code }) => !BESIDE_NAMES.includes(code));
  return { ...field, subfields: named.map(({ code, value }) => ({ code, value: value.replace(/,$/, "") })) };
}
