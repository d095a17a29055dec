import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import { foldKey } from "../../../src/vietnamese/fold.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { leavesOf, QualifiedDublinCore, type Statement } from "../oai-dc/qualified-dublin-core.ts";

/** ETD-MS of the NDLTD, versions 1.0 and 1.1: Dublin Core for theses with an element for the degree. */
export const etdms: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "etdms",
  version: 1,
  namespaces: [
    "http://www.ndltd.org/standards/metadata/etdms/1.0/",
    "http://www.ndltd.org/standards/metadata/etdms/1.1/",
    "http://www.ndltd.org/standards/metadata/etdms/1-1/",
  ],
  open,
  fields: dublinCoreFields,
};

/** ETD-MS 1.1 leaves the words of `role` to the institution; these are the usual ones, folded, as relator codes. */
const ROLES: Readonly<Record<string, string>> = {
  advisor: "ths",
  adviser: "ths",
  supervisor: "ths",
  "thesis advisor": "ths",
  "nguoi huong dan": "ths",
  chair: "dgc",
  "committee chair": "dgc",
  "committee member": "dgc",
  opponent: "opn",
  reviewer: "opn",
  referee: "opn",
  editor: "edt",
};

/** Opens `<thesis>`; some put it into a wrapper of their own. */
function open(metadata: XmlElement): QualifiedDublinCore {
  const thesis = metadata.local === "thesis" ? metadata : metadata.child("thesis");
  if (thesis === null) throw new XmlError(`<${metadata.name}> is not ETD-MS: there is no <thesis>`);
  return new QualifiedDublinCore(
    thesis,
    leavesOf(thesis).map((element) => statementOf(element, thesis)),
  );
}

/** `etdms:title`, `etdms:degree/level`, `etdms:contributor@ths`. */
function statementOf(element: XmlElement, thesis: XmlElement): Statement {
  const parent = element.parent === thesis ? "" : `${element.parent?.local ?? ""}/`;
  const key = `etdms:${parent}${element.local}`;
  const role = ROLES[foldKey(element.attribute("role") ?? "")];
  return {
    keys: role === undefined ? [key] : [`${key}@${role}`, key],
    element,
    node: element,
    lang: element.attribute("lang"),
  };
}
