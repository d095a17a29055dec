import type { OutgoingCrosswalk, PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import { formatDatestamp } from "../../../src/oai/datestamp.ts";
import { parentElement, textElement } from "../element.ts";
import { conditions, identifiers, locations } from "./access.ts";
import { descriptions, languages, physicalDescription, titleInfos, types } from "./description.ts";
import { names } from "./names.ts";
import { originInfo } from "./origin.ts";
import { relatedItems } from "./related-items.ts";
import { subjects } from "./subjects.ts";
import { degree } from "./thesis.ts";

const NAMESPACE = "http://www.loc.gov/mods/v3";
const SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd";
const START =
  `<mods xmlns="${NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink"` +
  ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NAMESPACE} ${SCHEMA}" version="3.8">`;

/** MODS 3.8, elements in the order of the Library of Congress' own MARC to MODS stylesheet; see README.md. */
export const modsOut: OutgoingCrosswalk = {
  metadataPrefix: "mods",
  schema: SCHEMA,
  namespace: NAMESPACE,
  write(published) {
    const { record } = published;
    return [
      START,
      titleInfos(record),
      names(record),
      types(record),
      originInfo(record),
      languages(record),
      physicalDescription(record),
      descriptions(record),
      subjects(record),
      relatedItems(record),
      identifiers(published),
      locations(record),
      conditions(record),
      degree(record),
      recordInfo(published),
      "</mods>",
    ].join("");
  },
};

function recordInfo({ oaiIdentifier, datestamp, source }: PublishedRecord): string {
  const content =
    textElement("recordContentSource", source.repositoryName) +
    textElement("recordChangeDate", formatDatestamp(datestamp, "second"), { encoding: "w3cdtf" }) +
    textElement("recordIdentifier", oaiIdentifier, { source: "lienthong" });
  return parentElement("recordInfo", content);
}
