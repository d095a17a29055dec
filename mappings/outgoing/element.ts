import { escapeAttribute, escapeText } from "../../src/xml/escape.ts";

/** Attributes by name, in the order in which they are written; one without a value is left out. */
export type Attributes = Readonly<Record<string, string | null | undefined>>;

/** An element that holds text, or the empty string where there is no text. */
export function textElement(name: string, text: string | null | undefined, attributes?: Attributes): string {
  if (text === null || text === undefined || text === "") return "";
  return `<${name}${attributes === undefined ? "" : written(attributes)}>${escapeText(text)}</${name}>`;
}

/** An element around elements that are written already, or the empty string where there are none. */
export function parentElement(name: string, content: string, attributes?: Attributes): string {
  if (content === "") return "";
  return `<${name}${attributes === undefined ? "" : written(attributes)}>${content}</${name}>`;
}

/** What `write` makes of each item, one after the other. */
export function each<Item>(items: readonly Item[], write: (item: Item) => string): string {
  let all = "";
  for (const item of items) all += write(item);
  return all;
}

function written(attributes: Attributes): string {
  let all = "";
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) all += ` ${name}="${escapeAttribute(value)}"`;
  }
  return all;
}
