import { Parser } from "xml2js";
import { type XmlAttribute, XmlElement } from "./element.ts";
import { XmlError } from "./errors.ts";

/** The shape that xml2js gives with the options below; only what we read is declared. */
interface Xml2jsNode {
  readonly "#name": string;
  readonly $ns?: { readonly local: string; readonly uri: string };
  readonly $?: Readonly<
    Record<string, { readonly name: string; readonly local: string; readonly uri: string; readonly value: string }>
  >;
  readonly $$?: readonly Xml2jsNode[];
  readonly _?: string;
}

const XMLNS = "http://www.w3.org/2000/xmlns/";
/** What XML 1.0 §2.2 forbids; the parser below would let it through. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be found
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Parses a small document: Identify with its free-form descriptions, ListSets, an error, the envelope of a list once its
 * records are cut out. More forgiving than `parseXml` where it does no harm (junk after the root), equally deaf to
 * DOCTYPEs. Throws `XmlError`.
 */
export async function parseDocument(text: string): Promise<XmlElement> {
  if (/<!DOCTYPE/i.test(text)) throw new XmlError("the document has a DOCTYPE, which is never processed");
  if (FORBIDDEN.test(text)) throw new XmlError("the document holds a control character that XML forbids");
  const parser = new Parser({
    xmlns: true,
    explicitRoot: false,
    explicitChildren: true,
    preserveChildrenOrder: true,
    charsAsChildren: true,
    includeWhiteChars: false,
    strict: true,
  });
  const root = await parser.parseStringPromise(text).catch((cause: unknown) => {
    throw new XmlError(
      `not well-formed XML: ${String(cause instanceof Error ? cause.message : cause).split("\n")[0]}`,
      { cause },
    );
  });
  if (root === null || typeof root !== "object") throw new XmlError("the document has no root element");
  return elementOf(root as Xml2jsNode, null);
}

function elementOf(node: Xml2jsNode, parent: XmlElement | null): XmlElement {
  const names = { name: node["#name"], local: node.$ns?.local ?? node["#name"], namespace: node.$ns?.uri ?? "" };
  const element = new XmlElement(names, parent, attributesOf(node));
  for (const child of node.$$ ?? []) {
    element.children.push(
      child["#name"] === "__text__" || child["#name"] === "__cdata" ? (child._ ?? "") : elementOf(child, element),
    );
  }
  return element;
}

function attributesOf(node: Xml2jsNode): XmlAttribute[] {
  return Object.values(node.$ ?? {})
    .filter(({ uri }) => uri !== XMLNS)
    .map(({ name, local, uri, value }) => ({ name, local, namespace: uri, value }));
}
