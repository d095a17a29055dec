import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { type DspaceValue, statementsOf } from "./fields.ts";

const DIM = "http://www.dspace.org/xmlns/dspace/dim";

/** The fields of a DSpace item as its database has them (DSpace Intermediate Metadata). */
export const dspaceDim: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "dspace-dim",
  version: 1,
  namespaces: [DIM],
  open,
  fields: dublinCoreFields,
};

function open(metadata: XmlElement): QualifiedDublinCore {
  const fields = metadata.childrenNamed("field");
  if (metadata.local !== "dim" && fields.length === 0) throw new XmlError(`<${metadata.name}> is not DIM`);
  return new QualifiedDublinCore(metadata, statementsOf(fields.map(dspaceValue)));
}

/** `mdschema`, `element` and `qualifier` make the name of a field; `*` and the empty string are no qualifier. */
function dspaceValue(element: XmlElement): DspaceValue {
  const parts = ["mdschema", "element", "qualifier"].map((part) => element.attribute(part)?.trim() ?? "");
  return {
    field: parts.filter((part) => part !== "" && part !== "*").join("."),
    element,
    lang: element.attribute("lang"),
  };
}
