import { OAI_DC_FORMAT } from "./sample-repository.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it may stand in an element or in a double-quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** One element with text only; attributes are written in the order given. */
export function writeElement(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): string {
  return `<${name}${writeAttributes(attributes)}>${escapeXml(text)}</${name}>`;
}

/** Attributes with the space before each, ready to follow an element's name. */
export function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join("");
}

/** The `oai_dc:dc` element around its dc elements, with the declarations every provider repeats per record. */
export function wrapDublinCore(elements: readonly string[]): string {
  return (
    `<oai_dc:dc xmlns:oai_dc="${OAI_DC_FORMAT.namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
    ` xsi:schemaLocation="${OAI_DC_FORMAT.namespace} ${OAI_DC_FORMAT.schema}">\n${elements.join("\n")}\n</oai_dc:dc>`
  );
}
