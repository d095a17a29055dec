import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import { MarcSource } from "../../../src/crosswalk/marc-source.ts";
import { readMarcXml } from "../../../src/marc/marcxml.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { contributors, creators } from "./agents.ts";
import { dropBookkeeping } from "./bookkeeping.ts";
import { coverage } from "./coverage.ts";
import { dates, issued } from "./dates.ts";
import { audience, descriptions, sourceNotes } from "./descriptions.ts";
import { funding } from "./funding.ts";
import { holdings } from "./holdings.ts";
import { host, series } from "./host.ts";
import { alternateIdentifiers, identifier, landingPage } from "./identifiers.ts";
import { languages } from "./languages.ts";
import { files, formats } from "./links.ts";
import { edition, extents, publishers } from "./publication.ts";
import { relations } from "./relations.ts";
import { resourceType } from "./resource-type.ts";
import { accessRights, embargoEnd, license, rightsNotes } from "./rights.ts";
import { subjects } from "./subjects.ts";
import { thesis } from "./thesis.ts";
import { titles } from "./titles.ts";

/** MARC 21, as MARCXML or ISO 2709; the rules, field by field, are in `README.md`. */
export const marc21: IncomingCrosswalk<MarcSource> = {
  id: "marc21",
  version: 2,
  namespaces: ["http://www.loc.gov/MARC21/slim"],
  open,
  fields: {
    identifier: (marc, note) => {
      // the first field that is asked for: what nobody is to see must not be left over
      dropBookkeeping(marc);
      return identifier(marc, note);
    },
    alternateIdentifiers,
    landingPage,
    titles,
    creators,
    contributors,
    publishers,
    issued,
    dates,
    resourceType,
    languages,
    descriptions,
    subjects,
    accessRights,
    embargoEnd,
    license,
    rightsNotes,
    // no field of MARC 21 says which version of an article it is
    version: () => null,
    files,
    formats,
    extents,
    relations,
    host,
    series,
    coverage,
    funding,
    thesis,
    audience,
    edition,
    holdings,
    sourceNotes,
  },
};

const PARTS: ReadonlySet<string> = new Set(["leader", "controlfield", "datafield"]);

/** Opens a `<record>` or the first of a `<collection>`, in whatever namespace. Throws `XmlError` where there is none. */
function open(metadata: XmlElement): MarcSource {
  const record = metadata.local === "record" ? metadata : (metadata.child("record") ?? metadata);
  if (!record.elements.some(({ local }) => PARTS.has(local))) {
    throw new XmlError(`<${metadata.name}> holds no MARC record`);
  }
  return new MarcSource(readMarcXml(metadata));
}
