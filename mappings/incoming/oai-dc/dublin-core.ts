import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { XmlSource } from "../../../src/crosswalk/xml-source.ts";
import { cleanText } from "../../../src/vietnamese/clean-text.ts";
import { languageHint } from "../../../src/vietnamese/language-hint.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { readLangTag } from "../../values.ts";

export const DC = "http://purl.org/dc/elements/1.1/";
export const OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";

const PREFIXES = { dc: DC };

/** A value with its text cleaned; `hidden` says that an e-mail address was taken out of it. */
export interface DcValue {
  readonly text: string;
  readonly node: XmlElement;
  readonly hidden: boolean;
}

/** An address of a person, not the user part of a URL. */
const EMAIL = /(?:mailto:)?(?<![/\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const URL_TEXT = /^(?:https?|ftp):\/\/\S+$/i;

/** A record of unqualified Dublin Core. */
export class DublinCore extends XmlSource {
  readonly #values = new Map<string, readonly DcValue[]>();

  constructor(root: XmlElement) {
    super(root, PREFIXES);
  }

  /** The values of `title`, `creator` … in document order: clean, without e-mail addresses, none of them empty. */
  values(name: string): readonly DcValue[] {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const values = this.all("dc", name)
      .map(cleanValue)
      .filter(({ text, hidden }) => text !== "" || hidden);
    this.#values.set(name, values);
    return values;
  }
}

/** Opens `<oai_dc:dc>`; its prefix and namespace are often wrong, so the name or what stands in it decides. */
export function openDublinCore(metadata: XmlElement): DublinCore {
  const isDublinCore = metadata.local === "dc" || metadata.elements.some(({ namespace }) => namespace === DC);
  if (!isDublinCore) throw new XmlError(`<${metadata.name}> is not Dublin Core`);
  return new DublinCore(metadata);
}

/** The language of a text: what `xml:lang` says, else what its letters tell, else nothing. */
export function langOf({ text, node }: DcValue): { readonly lang: string } | undefined {
  const lang = readLangTag(node.attribute("lang")) ?? languageHint(text);
  return lang === null ? undefined : { lang };
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

function cleanValue(node: XmlElement): DcValue {
  const text = cleanText(node.text);
  if (!text.includes("@") || URL_TEXT.test(text)) return { text, node, hidden: false };
  const without = text.replace(EMAIL, "");
  if (without === text) return { text, node, hidden: false };
  return {
    text: without
      .replace(/[([<]\s*[)\]>]/g, "")
      .replace(/\s+/g, " ")
      .trim(),
    node,
    hidden: true,
  };
}
