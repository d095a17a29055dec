import type { XmlElement } from "../../../src/xml/element.ts";
import { DC } from "../oai-dc/dublin-core.ts";
import type { Statement } from "../oai-dc/qualified-dublin-core.ts";

export const DCTERMS = "http://purl.org/dc/terms/";
/** The elements of Dublin Core 1.1; whatever else is lacking a namespace is a term. */
const ELEMENTS = new Set(
  "title creator subject description publisher contributor date type format identifier source language relation coverage rights".split(
    " ",
  ),
);

/**
 * An element of Dublin Core as a statement: `dcterms:subject@DDC` by its `xsi:type`, else `dcterms:subject`. Repositories leave
 * namespaces out or write the root's own: then the local name decides.
 */
export function elementStatement(element: XmlElement): Statement {
  const key = `${prefixOf(element)}:${element.local}`;
  const scheme = element.attribute("type")?.replace(/^.*:/, "").trim() ?? "";
  return {
    keys: scheme === "" ? [key] : [`${key}@${scheme}`, key],
    element,
    node: element,
    lang: element.attribute("lang"),
  };
}

function prefixOf({ namespace, local }: XmlElement): string {
  if (namespace === DC) return "dc";
  if (namespace === DCTERMS) return "dcterms";
  return ELEMENTS.has(local) ? "dc" : "dcterms";
}
