import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { type DspaceValue, statementsOf } from "../dspace-dim/fields.ts";
import { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";

/** Groups beside the metadata, which have no level for the language: `others/handle`. */
const BESIDE = new Set(["others", "repository", "license", "bundles"]);
/** Keys of authority records stand beside the value they belong to. */
const OF_THE_VALUE = new Set(["authority", "confidence", "xml:lang"]);
/** The `null` of DSpace's statements about language. */
const NO_LANGUAGE = "none";

/** An XOAI document: the metadata as statements, the bundles of files as they stand. */
export class Xoai extends QualifiedDublinCore {
  readonly bundles: XmlElement | null;

  constructor(root: XmlElement, values: readonly DspaceValue[], bundles: XmlElement | null) {
    super(root, statementsOf(values));
    this.bundles = bundles;
  }
}

/** Opens `<metadata>` of XOAI. Throws `XmlError` where there is no `<element>` in it. */
export function openXoai(metadata: XmlElement): Xoai {
  const groups = metadata.childrenNamed("element");
  if (groups.length === 0) throw new XmlError(`<${metadata.name}> is not XOAI: it holds no <element>`);
  const bundles = groups.find((group) => nameOf(group) === "bundles") ?? null;
  const values = groups.flatMap((group) => (group === bundles ? [] : valuesBelow(group, [])));
  return new Xoai(metadata, withoutRepeatedHandle(values), bundles);
}

/** The fields below an element, with the names of the elements around them. */
function valuesBelow(element: XmlElement, outer: readonly string[]): readonly DspaceValue[] {
  const names = [...outer, nameOf(element)];
  return element.elements.flatMap((child) => {
    if (child.local === "element") return valuesBelow(child, names);
    return child.local === "field" && !OF_THE_VALUE.has(nameOf(child)) ? [dspaceValue(child, names)] : [];
  });
}

/**
 * Schema, element, qualifier and language stand in each other; the innermost is the language ("none" where there is none). Some
 * documents leave it out, and `others`, `repository` and `license` have none.
 */
function dspaceValue(field: XmlElement, names: readonly string[]): DspaceValue {
  if (BESIDE.has(names[0] ?? "")) {
    const name = nameOf(field);
    return { field: [...names, ...(name === "value" ? [] : [name])].join("."), element: field, lang: null };
  }
  const hasLanguage = names.length > 2;
  const last = names.at(-1) ?? NO_LANGUAGE;
  return {
    field: (hasLanguage ? names.slice(0, -1) : names).join("."),
    element: field,
    lang: hasLanguage && last !== NO_LANGUAGE ? last : langBeside(field),
  };
}

function langBeside(field: XmlElement): string | null {
  const beside = field.parent?.elements.find((sibling) => nameOf(sibling) === "xml:lang");
  return beside === undefined ? null : beside.text.trim();
}

/** `others/handle` says again what dc.identifier.uri says as an address; it counts where the address is missing. */
function withoutRepeatedHandle(values: readonly DspaceValue[]): readonly DspaceValue[] {
  const handle = values.find(({ field }) => field === "others.handle")?.element.text.trim();
  const isKnown = (text: string) => handle !== undefined && handle !== "" && text.trim().endsWith(`/${handle}`);
  const repeated = values.some(({ field, element }) => field === "dc.identifier.uri" && isKnown(element.text));
  return repeated ? values.filter(({ field }) => field !== "others.handle") : values;
}

function nameOf(element: XmlElement): string {
  return element.attribute("name")?.trim() ?? "";
}
