import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from "saxes";
import { type XmlAttribute, XmlElement } from "./element.ts";
import { XmlError } from "./errors.ts";

/** saxes looks namespaces up through all ancestors, so depth costs its square; real metadata stays below 30. */
const MAX_DEPTH = 200;
const XMLNS = "http://www.w3.org/2000/xmlns/";

/**
 * Parses a well-formed document strictly. A DOCTYPE is refused before anything of it is read, so that no entity is ever
 * expanded. Throws `XmlError`.
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  let root: XmlElement | null = null;
  let open: XmlElement | null = null;
  let depth = 0;

  parser.on("error", (error) => fail(error.message, parser.line));
  parser.on("doctype", () => fail("the document has a DOCTYPE, which is never processed", parser.line));
  parser.on("opentag", (tag) => {
    depth += 1;
    if (depth > MAX_DEPTH) fail(`elements are nested deeper than ${MAX_DEPTH} levels`, parser.line);
    const element: XmlElement = new XmlElement(
      { name: tag.name, local: tag.local, namespace: tag.uri },
      open,
      attributesOf(tag),
    );
    if (open === null) root = element;
    else open.children.push(element);
    open = element;
  });
  parser.on("closetag", () => {
    depth -= 1;
    open = open?.parent ?? null;
  });
  parser.on("text", (part) => addText(open, part));
  parser.on("cdata", (part) => addText(open, part));

  parser.write(text).close();
  return root ?? fail("the document has no root element", parser.line);
}

function addText(element: XmlElement | null, part: string): void {
  if (element === null) return;
  const { children } = element;
  const last = children.length - 1;
  const before = children[last];
  if (typeof before === "string") children[last] = before + part;
  else children.push(part);
}

function attributesOf(tag: SaxesTagNS): XmlAttribute[] | undefined {
  let attributes: XmlAttribute[] | undefined;
  for (const name in tag.attributes) {
    const { local, uri, value } = tag.attributes[name] as SaxesAttributeNS;
    if (uri === XMLNS) continue;
    attributes ??= [];
    attributes.push({ name, local, namespace: uri, value });
  }
  return attributes;
}

function fail(message: string, line: number): never {
  throw new XmlError(`not well-formed XML at line ${line}: ${message.replace(/^\d+:\d+: /, "")}`, { line });
}
