import type { XmlElement } from "../../../src/xml/element.ts";
import type { Statement } from "../oai-dc/qualified-dublin-core.ts";

/** A value of a DSpace field. */
export interface DspaceValue {
  /** Its name as DSpace writes it: `dc.contributor.advisor`. */
  readonly field: string;
  readonly element: XmlElement;
  readonly lang: string | null;
}

/**
 * A qualifier that sites make up may be left off (the "dumb-down" principle of Dublin Core): `dc.subject.luocdo` is a subject. Not
 * so dates, whose qualifier says all, and what DSpace and its extensions keep for themselves.
 */
const DUMB_DOWN = /^(dc\.(?!date|description\.)\w+)\.[^.]+$/i;

/** The values as statements, with the paths that people know: `dc.subject[2]`. */
export function statementsOf(values: readonly DspaceValue[]): readonly Statement[] {
  const counts = new Map<string, number>();
  for (const { field } of values) counts.set(field, (counts.get(field) ?? 0) + 1);
  const seen = new Map<string, number>();
  return values.map(({ field, element, lang }) => {
    const number = (seen.get(field) ?? 0) + 1;
    seen.set(field, number);
    const path = (counts.get(field) ?? 0) > 1 ? `${field}[${number}]` : field;
    const plain = DUMB_DOWN.exec(field)?.[1] ?? dctermsOf(field);
    return {
      keys: plain === undefined ? [field] : [field, plain],
      element,
      node: { text: element.text, path },
      lang,
    };
  });
}

/** DSpace's schema `dcterms` is that of the DCMI: its terms are those of qualified Dublin Core. */
function dctermsOf(field: string): string | undefined {
  return field.startsWith("dcterms.") ? field.replace(".", ":") : undefined;
}
