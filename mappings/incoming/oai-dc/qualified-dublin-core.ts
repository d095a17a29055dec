import type { SourceNode } from "../../../src/crosswalk/source.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { readRows } from "../../tables.ts";
import { cleanValue, type DcValue, DublinCore, holdsSomething } from "./dublin-core.ts";

/** A text of a record, and what the record calls it. */
export interface Statement {
  /** Its names in `tables/dublin-core-terms.tsv`, the most exact first: `dcterms:subject@DDC`, `dcterms:subject`. */
  readonly keys: readonly string[];
  readonly element: XmlElement;
  /** Where the text stands, written as people write it in this format. */
  readonly node: SourceNode;
  readonly lang: string | null;
  /** The address of the concept that the text stands for, where the record gives it. */
  readonly uri?: string;
  /** What the record says of the value where that is a word of an open list, like a relation type: it counts before the table. */
  readonly refinement?: string;
}

/** What a name of a format means in Dublin Core. */
interface Term {
  readonly element: string;
  readonly refinement: string | null;
}

/** Stands in the table for what a reader is not meant to see. */
const DROPPED = "-";
let termTable: ReadonlyMap<string, Term> | null = null;

/**
 * A record whose names say more than those of Dublin Core. `tables/dublin-core-terms.tsv` says element and refinement of each;
 * what has structure of its own is read by the crosswalk with `read`. Texts that neither the table nor the crosswalk reads are
 * left over.
 */
export class QualifiedDublinCore extends DublinCore {
  readonly root: XmlElement;
  readonly #statements: readonly Statement[];
  readonly #byElement = new Map<string, readonly [statement: Statement, term: Term][]>();
  readonly #values = new Map<string, readonly DcValue[]>();
  readonly #read = new Set<XmlElement>();

  constructor(root: XmlElement, statements: readonly Statement[]) {
    super();
    this.root = root;
    this.#statements = statements;
    for (const statement of statements) {
      const term = termOf(statement.keys);
      if (term?.element === DROPPED) this.drop(statement.element);
      else if (term !== null)
        this.#byElement.set(term.element, [...(this.#byElement.get(term.element) ?? []), [statement, term]]);
    }
  }

  values(element: string): readonly DcValue[] {
    const known = this.#values.get(element);
    if (known !== undefined) return known;
    const values = (this.#byElement.get(element) ?? [])
      .map(([statement, { refinement }]) => {
        this.drop(statement.element);
        const value = cleanValue(statement.node, statement.lang, statement.refinement ?? refinement);
        return statement.uri === undefined ? value : { ...value, uri: statement.uri };
      })
      .filter(holdsSomething);
    this.#values.set(element, values);
    return values;
  }

  /** The text of an element that has structure around it; it counts as read, with all that stands in it. */
  read(element: XmlElement): DcValue {
    this.drop(element);
    return cleanValue(element, element.attribute("lang"), null);
  }

  /** Counts an element and all that stands in it as read. */
  drop(element: XmlElement): void {
    this.#read.add(element);
    for (const child of element.elements) this.drop(child);
  }

  unread(): readonly SourceNode[] {
    return this.#statements
      .filter(({ element, node }) => !this.#read.has(element) && node.text.trim() !== "")
      .map(({ node }) => node);
  }
}

/** The elements that hold text and no elements, in document order. */
export function leavesOf(root: XmlElement): readonly XmlElement[] {
  const children = root.elements;
  if (children.length === 0) return [root];
  return children.flatMap(leavesOf);
}

function termOf(keys: readonly string[]): Term | null {
  termTable ??= new Map(
    readRows("dublin-core-terms").map(({ term = "", element = "", refinement = "" }) => [
      term.toLowerCase(),
      { element, refinement: refinement === "" ? null : refinement },
    ]),
  );
  for (const key of keys) {
    const term = termTable.get(key.toLowerCase());
    if (term !== undefined) return term;
  }
  return null;
}
