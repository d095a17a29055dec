import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { type FieldReader, type Item, unique, withValue } from "./field.ts";
import { withoutBrackets, withoutIsbd } from "./isbd.ts";

/** The publication statements: 264 with second indicator 1; where there is none, 260, which 264 replaced in 2013. */
export function publicationFields(marc: MarcSource): readonly MarcSourceField[] {
  const statements = marc.fields("264").filter(({ indicator2 }) => indicator2 === "1");
  return statements.length > 0 ? statements : marc.fields("260");
}

/** Publishers, each with the place that stands before it (LoC MARC 21 264 $a $b, 260 $a $b). */
export const publishers: FieldReader<"publishers"> = (marc, note) => {
  const found = publicationFields(marc).flatMap((field) => {
    const nodes = withValue(field.all("ab"), note);
    return publishersOf(nodes);
  });
  return unique(found, ({ value }) => `${value.place ?? ""} ${value.name}`);
};

/** `$a $a $b $b $a $b`: places and the publishers after them; a publisher after a publisher is in the same place. */
function publishersOf(nodes: readonly MarcNode[]): readonly Mapped<Item<"publishers">>[] {
  const found: Mapped<Item<"publishers">>[] = [];
  let places: MarcNode[] = [];
  let before = "";
  for (const node of nodes) {
    if (node.code === "a") {
      if (before === "b") places = [];
      places.push(node);
    } else {
      const place = places.map(({ value }) => bare(value)).join(" ; ");
      const name = bare(node.value);
      found.push(mapped(place === "" ? { name } : { name, place }, node, ...places));
    }
    before = node.code;
  }
  return found;
}

function bare(value: string): string {
  return withoutBrackets(withoutIsbd(value.replace(/[\])]+\s*[:;,]$/, (end) => end.slice(0, 1))));
}

/** LoC MARC 21 250 $a $b. */
export const edition: FieldReader<"edition"> = (marc, note) => {
  const [field] = marc.fields("250");
  const nodes = field === undefined ? [] : withValue(field.all("ab"), note);
  if (nodes.length === 0) return null;
  // ISBD keeps its " / " between the edition and who made it
  return mapped(withoutIsbd(nodes.map(({ value }) => value).join(" ")), ...nodes);
};

/** LoC MARC 21 300: the whole statement as it is printed, "215 tr. : minh hoạ ; 24 cm". */
export const extents: FieldReader<"extents"> = (marc, note) =>
  marc.fields("300").flatMap((field) => {
    const nodes = withValue(field.all("abcefg"), note);
    const value = nodes.map((node) => node.value).join(" ");
    return nodes.length === 0 ? [] : [mapped(value.replace(/\s*[:;+,]$/, ""), ...nodes)];
  });
