import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { readType } from "../../values.ts";
import { withoutIsbd } from "../marc21/isbd.ts";
import { cleanValue, type DcValue } from "../oai-dc/dublin-core.ts";

const SUBDIVISIONS = "jxyz";
/** UNIMARC 6XX $2: the vocabularies of ours; whatever else is named is local, and no name is a keyword. */
const SCHEMES: Readonly<Record<string, string>> = { lc: "LCSH", lcsh: "LCSH", mesh: "MeSH", fmesh: "MeSH" };

/** "Việt Nam--Lịch sử--Thế kỷ 20": the heading, then its subdivisions; `null` where the field holds none. */
export function joinedHeading(field: MarcSourceField, subfields: string): DcValue | null {
  const nodes = field.all(subfields);
  const [first] = nodes;
  if (first === undefined) return null;
  const main = nodes.filter(({ code }) => !SUBDIVISIONS.includes(code)).map(({ value }) => withoutIsbd(value));
  const rest = nodes.filter(({ code }) => SUBDIVISIONS.includes(code)).map(({ value }) => withoutIsbd(value));
  const text = [main.join(", "), ...rest].filter((part) => part !== "").join("--");
  return cleanValue({ text, path: first.path }, null, null);
}

export function headingScheme(field: MarcSourceField): string {
  const source = field.first("2")?.value.toLowerCase() ?? "";
  return source === "" ? "keyword" : (SCHEMES[source] ?? "local");
}

/** The words of 608 that name a type of document. */
export function genres(marc: MarcSource): readonly DcValue[] {
  return formNodes(marc)
    .filter(isType)
    .map((node) => cleanValue(node, null, null));
}

/** The words of 608 that do not: they say what the item is like. */
export function keywords(marc: MarcSource): readonly DcValue[] {
  return formNodes(marc)
    .filter((node) => !isType(node))
    .map((node) => cleanValue(node, null, null));
}

function formNodes(marc: MarcSource): readonly MarcNode[] {
  return marc.fields("608").flatMap((field) => field.all("a"));
}

function isType({ value }: MarcNode): boolean {
  return readType(withoutIsbd(value)) !== null;
}
