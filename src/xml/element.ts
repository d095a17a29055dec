/** An attribute with its name resolved; declarations of namespaces are not attributes. */
export interface XmlAttribute {
  /** As written, prefix included. */
  readonly name: string;
  readonly local: string;
  /** The empty string where the attribute has no prefix. */
  readonly namespace: string;
  readonly value: string;
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** An element of a parsed document: names resolved, order kept, text with entities replaced. */
export class XmlElement {
  /** As written, prefix included. */
  readonly name: string;
  readonly local: string;
  /** The empty string where no namespace is declared. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly parent: XmlElement | null;
  readonly children: (XmlElement | string)[] = [];

  constructor(
    names: { readonly name: string; readonly local: string; readonly namespace: string },
    parent: XmlElement | null,
    attributes: readonly XmlAttribute[] = NO_ATTRIBUTES,
  ) {
    this.name = names.name;
    this.local = names.local;
    this.namespace = names.namespace;
    this.parent = parent;
    this.attributes = attributes;
  }

  /** All text below the element, in document order. */
  get text(): string {
    const only = this.children.length === 1 ? this.children[0] : undefined;
    if (typeof only === "string") return only;
    let text = "";
    for (const child of this.children) text += typeof child === "string" ? child : child.text;
    return text;
  }

  /** The child elements, in document order. */
  get elements(): XmlElement[] {
    return this.children.filter((child): child is XmlElement => typeof child !== "string");
  }

  /** The first child of that local name, in whatever namespace (repositories get namespaces wrong), or `null`. */
  child(local: string): XmlElement | null {
    for (const child of this.children) if (typeof child !== "string" && child.local === local) return child;
    return null;
  }

  /** The children of that local name. */
  childrenNamed(local: string): XmlElement[] {
    return this.elements.filter((child) => child.local === local);
  }

  /** The value of the attribute with that local name, or `null`. */
  attribute(local: string): string | null {
    for (const attribute of this.attributes) if (attribute.local === local) return attribute.value;
    return null;
  }

  /** Where the element stands, as a person writes it: `/record/metadata/oai_dc:dc/dc:title[2]`. */
  get path(): string {
    if (this.parent === null) return `/${this.name}`;
    const twins = this.parent.elements.filter((sibling) => sibling.name === this.name);
    const position = twins.length > 1 ? `[${twins.indexOf(this) + 1}]` : "";
    return `${this.parent.path}/${this.name}${position}`;
  }
}
