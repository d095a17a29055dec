import type { XmlElement } from "../xml/element.ts";
import { KeepingSource, type SourceNode } from "./source.ts";

/** The prefixes a crosswalk writes, with the namespaces they stand for; the first is what unknown namespaces count as. */
export type Prefixes = Readonly<Record<string, string>>;

/**
 * An XML record of flat metadata (Dublin Core and its kin): the children of the root, found by name. An element in a
 * namespace that the crosswalk does not know counts as one of its first prefix, because repositories misspell namespaces.
 */
export class XmlSource extends KeepingSource {
  readonly root: XmlElement;
  readonly #groups = new Map<string, Map<string, Group>>();

  constructor(root: XmlElement, prefixes: Prefixes) {
    super();
    this.root = root;
    const { names, fallback } = namesOf(prefixes);
    for (const child of root.children) {
      if (typeof child !== "string") this.#elementsOf(names.get(child.namespace) ?? fallback, child.local).push(child);
    }
  }

  /** All elements of that name in document order, blank ones left out; they count as read from now on. */
  all(prefix: string, local: string): readonly XmlElement[] {
    const group = this.#groups.get(prefix)?.get(local);
    if (group === undefined) return [];
    group.read = true;
    return group.elements.filter(holdsText);
  }

  unread(): readonly SourceNode[] {
    const unread: SourceNode[] = [];
    for (const byLocal of this.#groups.values()) {
      for (const { elements, read } of byLocal.values()) if (!read) unread.push(...elements.filter(holdsText));
    }
    return unread;
  }

  #elementsOf(prefix: string, local: string): XmlElement[] {
    const byLocal = entryOf(this.#groups, prefix, () => new Map<string, Group>());
    return entryOf(byLocal, local, (): Group => ({ elements: [], read: false })).elements;
  }
}

/** The elements of one name. */
interface Group {
  readonly elements: XmlElement[];
  read: boolean;
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function holdsText(element: XmlElement): boolean {
  return element.text.trim() !== "";
}

interface Names {
  readonly names: ReadonlyMap<string, string>;
  readonly fallback: string;
}

/** A crosswalk opens every record with the same prefixes. */
const turned = new WeakMap<Prefixes, Names>();

function namesOf(prefixes: Prefixes): Names {
  const known = turned.get(prefixes);
  if (known !== undefined) return known;
  const names = new Map(Object.entries(prefixes).map(([prefix, namespace]) => [namespace, prefix]));
  const made = { names, fallback: Object.keys(prefixes)[0] ?? "" };
  turned.set(prefixes, made);
  return made;
}
