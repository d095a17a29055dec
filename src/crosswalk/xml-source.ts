import type { XmlElement } from "../xml/element.ts";
import type { Source, SourceNode } from "./source.ts";

/** The prefixes a crosswalk writes, with the namespaces they stand for; the first is what unknown namespaces count as. */
export type Prefixes = Readonly<Record<string, string>>;

/**
 * An XML record of flat metadata (Dublin Core and its kin): the children of the root, found by name. An element in a
 * namespace that the crosswalk does not know counts as one of its first prefix, because repositories misspell namespaces.
 */
export class XmlSource implements Source {
  readonly root: XmlElement;
  readonly #byName = new Map<string, XmlElement[]>();
  readonly #read = new Set<string>();

  constructor(root: XmlElement, prefixes: Prefixes) {
    this.root = root;
    const { names, fallback } = namesOf(prefixes);
    for (const child of root.children) {
      if (typeof child === "string") continue;
      const name = `${names.get(child.namespace) ?? fallback}:${child.local}`;
      const twins = this.#byName.get(name);
      if (twins === undefined) this.#byName.set(name, [child]);
      else twins.push(child);
    }
  }

  /** All elements of that name in document order, blank ones left out; they count as read from now on. */
  all(name: string): readonly XmlElement[] {
    this.#read.add(name);
    return (this.#byName.get(name) ?? []).filter((element) => element.text.trim() !== "");
  }

  unread(): readonly SourceNode[] {
    const unread: SourceNode[] = [];
    for (const [name, elements] of this.#byName) {
      if (!this.#read.has(name)) unread.push(...elements.filter((element) => element.text.trim() !== ""));
    }
    return unread;
  }
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
