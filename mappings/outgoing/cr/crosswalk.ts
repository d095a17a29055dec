import type { OutgoingCrosswalk } from "../../../src/crosswalk/outgoing.ts";
import { type CommonRecord, mainTitle, toStored } from "../../../src/record/common-record.ts";
import { escapeText } from "../../../src/xml/escape.ts";

const NAMESPACE = "https://lienthong.vn/ns/cr/1";
const MODS = "http://www.loc.gov/mods/v3";
const START =
  `<mods xmlns="${MODS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
  ` xsi:schemaLocation="${MODS} http://www.loc.gov/standards/mods/v3/mods-3-8.xsd" version="3.8">`;

type PluralField = {
  [Field in keyof CommonRecord]: CommonRecord[Field] extends readonly unknown[] ? Field : never;
}[keyof CommonRecord];

/** What one item of a list is called; the list itself has the name of its field. */
const ITEM_NAMES: Readonly<Record<PluralField | "identifiers" | "affiliations", string>> = {
  affiliations: "affiliation",
  alternateIdentifiers: "alternateIdentifier",
  audience: "group",
  contributors: "contributor",
  coverage: "scope",
  creators: "creator",
  dates: "date",
  descriptions: "description",
  extents: "extent",
  files: "file",
  formats: "format",
  funding: "award",
  holdings: "holding",
  identifiers: "identifier",
  languages: "language",
  publishers: "publisher",
  relations: "relation",
  rightsNotes: "rightsNote",
  series: "seriesStatement",
  sourceNotes: "sourceNote",
  subjects: "subject",
  titles: "title",
};

/**
 * The common record without loss, by `cr.xsd`: an element for each field and member, a list as an element around its items.
 * It travels in the extension of a MODS record (docs/adr/0006-cr-travels-in-mods.md).
 */
export const crOut: OutgoingCrosswalk = {
  metadataPrefix: "cr",
  // resolved against the provider's public address
  schema: "/schema/cr.xsd",
  namespace: NAMESPACE,
  write({ record, oaiIdentifier }) {
    const title = mainTitle(record);
    const titleInfo = title === null ? "" : `<titleInfo><title>${escapeText(title)}</title></titleInfo>`;
    const identifier = `<recordIdentifier source="lienthong">${escapeText(oaiIdentifier)}</recordIdentifier>`;
    const common = `<record xmlns="${NAMESPACE}">${writeMembers(toStored(record))}</record>`;
    return `${START}${titleInfo}<recordInfo>${identifier}</recordInfo><extension>${common}</extension></mods>`;
  },
};

function writeMembers(object: object): string {
  let written = "";
  for (const [name, value] of Object.entries(object)) if (value !== undefined) written += writeElement(name, value);
  return written;
}

function writeElement(name: string, value: unknown): string {
  return `<${name}>${contentOf(name, value)}</${name}>`;
}

function contentOf(name: string, value: unknown): string {
  if (Array.isArray(value)) {
    // every list of the record has a name for its items: test/mappings/outgoing-cr.test.ts
    const item = ITEM_NAMES[name as keyof typeof ITEM_NAMES];
    return value.map((one) => writeElement(item, one)).join("");
  }
  return typeof value === "object" && value !== null ? writeMembers(value) : escapeText(String(value));
}
