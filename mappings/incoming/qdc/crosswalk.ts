import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { DC } from "../oai-dc/dublin-core.ts";
import { leavesOf, QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { DCTERMS, elementStatement } from "./elements.ts";

/** Qualified Dublin Core: the fifteen elements, their refinements of dcterms, and encoding schemes in `xsi:type`. */
export const qdc: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "qdc",
  version: 1,
  namespaces: [
    DCTERMS,
    "http://dspace.org/qualifieddc/",
    "http://worldcat.org/xmlschemas/qdc-1.0/",
    "http://epubs.cclrc.ac.uk/xmlns/qdc/",
    "http://oclc.org/appqualifieddc/",
    "http://www.openarchives.org/OAI/2.0/oai_qdc/",
    "http://ns.nsdl.org/nsdl_dc_v1.02/",
  ],
  open,
  fields: dublinCoreFields,
};

/** The root is called as it pleases; what stands in it decides. */
function open(metadata: XmlElement): QualifiedDublinCore {
  const isNamed = /^(?:qualified)?dc$/i.test(metadata.local);
  if (!isNamed && !metadata.elements.some(({ namespace }) => namespace === DC || namespace === DCTERMS)) {
    throw new XmlError(`<${metadata.name}> is not qualified Dublin Core`);
  }
  return new QualifiedDublinCore(metadata, leavesOf(metadata).map(elementStatement));
}
