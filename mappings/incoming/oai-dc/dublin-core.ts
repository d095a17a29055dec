import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { KeepingSource, type SourceNode } from "../../../src/crosswalk/source.ts";
import { XmlSource } from "../../../src/crosswalk/xml-source.ts";
import { cleanText } from "../../../src/vietnamese/clean-text.ts";
import { languageHint } from "../../../src/vietnamese/language-hint.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { readLangTag } from "../../values.ts";

export const DC = "http://purl.org/dc/elements/1.1/";
export const OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";

const PREFIXES = { dc: DC };

/** A value with its text cleaned. */
export interface DcValue {
  readonly text: string;
  readonly node: SourceNode;
  /** An e-mail address was taken out of the text. */
  readonly hidden: boolean;
  /** The language as the record writes it; `null` where it says nothing. */
  readonly lang: string | null;
  /**
   * What a richer format says of the value beyond its element, a word of `tables/dublin-core-terms.tsv`: a relator code, a kind
   * of date, a scheme. `null` in plain Dublin Core, where only the text itself can tell.
   */
  readonly refinement: string | null;
  /** The address of the concept that a term stands for, where the record gives it. */
  readonly uri?: string;
}

/** An address of a person, not the user part of a URL. */
const EMAIL = /(?:mailto:)?(?<![/\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const URL_TEXT = /^(?:https?|ftp):\/\/\S+$/i;

/** A record that can be read as Dublin Core: of whatever format, its values by element. */
export abstract class DublinCore extends KeepingSource {
  /** The values of `title`, `creator` … in document order: clean, without e-mail addresses, none of them empty. */
  abstract values(element: string): readonly DcValue[];
}

/** A record of unqualified Dublin Core. */
export class PlainDublinCore extends DublinCore {
  readonly #xml: XmlSource;
  readonly #values = new Map<string, readonly DcValue[]>();

  constructor(root: XmlElement) {
    super();
    this.#xml = new XmlSource(root, PREFIXES);
  }

  values(element: string): readonly DcValue[] {
    const known = this.#values.get(element);
    if (known !== undefined) return known;
    const values = this.#xml
      .all("dc", element)
      .map((node) => cleanValue(node, node.attribute("lang"), null))
      .filter(holdsSomething);
    this.#values.set(element, values);
    return values;
  }

  unread(): readonly SourceNode[] {
    return this.#xml.unread();
  }
}

/** Opens `<oai_dc:dc>`; its prefix and namespace are often wrong, so the name or what stands in it decides. */
export function openDublinCore(metadata: XmlElement): DublinCore {
  const isDublinCore = metadata.local === "dc" || metadata.elements.some(({ namespace }) => namespace === DC);
  if (!isDublinCore) throw new XmlError(`<${metadata.name}> is not Dublin Core`);
  return new PlainDublinCore(metadata);
}

/** The language of a text: what the record says, else what its letters tell, else nothing. */
export function langOf({ text, lang }: Pick<DcValue, "text" | "lang">): { readonly lang: string } | undefined {
  const tag = readLangTag(lang) ?? languageHint(text);
  return tag === null ? undefined : { lang: tag };
}

/** Remarks on e-mail addresses that were taken out; the remark does not repeat them. */
export function remarkHidden(values: readonly DcValue[], note: Note): void {
  for (const { node, text, hidden } of values) {
    if (hidden) note("email-removed", { severity: "info", node, value: text });
  }
}

/** Keeps the first of values that are the same. */
export function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  if (items.length < 2) return items;
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    return seen.has(key) ? false : seen.add(key);
  });
}

/** Cleans the text of a node and takes e-mail addresses out of it, but not out of an address of a page. */
export function cleanValue(node: SourceNode, lang: string | null, refinement: string | null): DcValue {
  const text = cleanText(node.text);
  if (!text.includes("@") || URL_TEXT.test(text)) return { text, node, hidden: false, lang, refinement };
  const without = text.replace(EMAIL, "");
  if (without === text) return { text, node, hidden: false, lang, refinement };
  const tidy = without
    .replace(/[([<]\s*[)\]>]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return { text: tidy, node, hidden: true, lang, refinement };
}

/** A value is empty only where nothing was taken out of it. */
export function holdsSomething({ text, hidden }: DcValue): boolean {
  return text !== "" || hidden;
}
