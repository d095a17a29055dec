import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { leavesOf, QualifiedDublinCore, type Statement } from "../oai-dc/qualified-dublin-core.ts";
import { elementStatement } from "../qdc/elements.ts";
import { creators } from "./creators.ts";
import { accessRights, rightsNotes } from "./rights.ts";

const UKETD = "http://naca.central.cranfield.ac.uk/ethos-oai/2.0/";
const TERMS = /^https?:\/\/naca\.central\.cranfield\.ac\.uk\/ethos-oai\/terms\/?$/;

/** UKETD_DC of the British Library's EThOS: Dublin Core, dcterms, and terms for theses. */
export const uketd: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "uketd",
  version: 1,
  namespaces: [UKETD],
  open,
  fields: { ...dublinCoreFields, creators, accessRights, rightsNotes },
};

function open(metadata: XmlElement): QualifiedDublinCore {
  const isUketd = metadata.local === "uketddc" || metadata.elements.some(({ namespace }) => TERMS.test(namespace));
  if (!isUketd) throw new XmlError(`<${metadata.name}> is not UKETD_DC`);
  return new QualifiedDublinCore(metadata, leavesOf(metadata).map(statementOf));
}

/** `uketdterms:advisor`; of Dublin Core what EThOS means by it before what Dublin Core means. */
function statementOf(element: XmlElement): Statement {
  if (TERMS.test(element.namespace)) {
    return { keys: [`uketdterms:${element.local}`], element, node: element, lang: element.attribute("lang") };
  }
  const statement = elementStatement(element);
  return { ...statement, keys: [...statement.keys.map((key) => `uketd/${key}`), ...statement.keys] };
}
