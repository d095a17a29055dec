import { XmlElement } from "../xml/element.ts";

/** The metadata with some texts in other words. */
export interface TranslatedMetadata {
  readonly metadata: XmlElement;
  /** What stood where a text stands now. */
  readonly originals: ReadonlyMap<string, string>;
}

/** A copy with texts replaced by what `meanings` says of them as a whole, or `null` where it says nothing of any. */
export function translated(
  metadata: XmlElement,
  meanings: Readonly<Record<string, string>>,
): TranslatedMetadata | null {
  const originals = new Map<string, string>();
  const copy = copyOf(metadata, metadata.parent, (element) => {
    const text = element.text;
    const phrase = text.trim().normalize("NFC");
    const meaning = Object.hasOwn(meanings, phrase) ? meanings[phrase] : undefined;
    if (meaning === undefined) return element.children;
    originals.set(meaning, text);
    return [meaning];
  });
  return originals.size === 0 ? null : { metadata: copy, originals };
}

/** A copy of the metadata whose only texts are those of the named element, or `null` where it has none. */
export function onlyLeaves(metadata: XmlElement, name: string): XmlElement | null {
  let found = false;
  const copy = copyOf(metadata, metadata.parent, (element) => {
    if (isCoded(element)) return element.children;
    if (!isNamed(element, name) || element.text.trim() === "") return null;
    found = true;
    return element.children;
  });
  return found ? copy : null;
}

/** What is in a copied element; `null`: it is left out. */
type Content = readonly (XmlElement | string)[] | null;

/** Copies a tree; `leaf` says what is in its elements without elements. What has lost all its elements is left out too. */
function copyOf(element: XmlElement, parent: XmlElement | null, leaf: (element: XmlElement) => Content): XmlElement {
  const copy = new XmlElement(element, parent, element.attributes);
  for (const child of element.children) {
    if (typeof child === "string") copy.children.push(child);
    else if (child.elements.length > 0) {
      const branch = copyOf(child, copy, leaf);
      if (branch.elements.length > 0) copy.children.push(branch);
    } else {
      const content = leaf(child);
      if (content === null) continue;
      const copied = new XmlElement(child, copy, child.attributes);
      copied.children.push(...content);
      copy.children.push(copied);
    }
  }
  return copy;
}

/** Leader and control fields say what kind of a MARC record it is; without them there is none. */
function isCoded({ local }: XmlElement): boolean {
  return local === "leader" || local === "controlfield";
}

/**
 * Whether a person would call the element that: `dc:date` by its name as written, `dc.date.issued` by the name that DSpace
 * gives its fields (dim, xoai), `260$c` in MARC.
 */
function isNamed(element: XmlElement, name: string): boolean {
  if (element.name === name) return true;
  const code = element.attribute("code");
  const tag = element.parent?.attribute("tag") ?? null;
  if (code !== null && tag !== null) return `${tag}$${code}` === name;
  const dspace = element.attribute("mdschema") === null ? nestedName(element) : fieldName(element);
  return dspace === name || dspace.startsWith(`${name}.`);
}

function fieldName(element: XmlElement): string {
  const parts = ["mdschema", "element", "qualifier"].map((part) => element.attribute(part)?.trim() ?? "");
  return parts.filter((part) => part !== "" && part !== "*").join(".");
}

function nestedName(element: XmlElement): string {
  const names: string[] = [];
  for (let at: XmlElement | null = element; at !== null; at = at.parent) names.unshift(at.attribute("name") ?? "");
  return names.filter((part) => part !== "").join(".");
}
