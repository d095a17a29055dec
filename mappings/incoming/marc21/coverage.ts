import type { MarcNode, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readRows } from "../../tables.ts";
import { type FieldReader, type Item, unique, withValue } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";

type Coverage = Item<"coverage">;

/** Subfields that make the name of a place, by tag; 752 and 662 go from the country down. */
const PLACES: Readonly<Record<string, string>> = {
  651: "az",
  662: "abcdfgh",
  751: "a",
  752: "abcdfgh",
  522: "a",
  255: "c",
};
const AREA = "http://id.loc.gov/vocabulary/geographicAreas/";

let areas: ReadonlyMap<string, string> | null = null;

/** Places of 651, 662, 751, 752, 522, coordinates of 255 $c, area codes of 043 (by name where we know it), periods of 648. */
export const coverage: FieldReader<"coverage"> = (marc, note) => {
  const places = marc.fields(...Object.keys(PLACES)).flatMap((field) => {
    const nodes = withValue(field.all(PLACES[field.tag] ?? "a"), note);
    field.drop("e");
    return covered("spatial", nodes, field);
  });
  const codes = marc.fields("043").flatMap((field) => {
    field.drop("bc");
    return field.all("a").map(areaOf);
  });
  const periods = marc.fields("648").flatMap((field) => covered("temporal", withValue(field.all("a"), note), field));
  return unique([...places, ...codes, ...periods], ({ value }) => `${value.kind} ${value.value.toLowerCase()}`);
};

function covered(kind: Coverage["kind"], nodes: readonly MarcNode[], field: MarcSourceField): Mapped<Coverage>[] {
  const value = nodes.map((node) => withoutIsbd(node.value)).join("--");
  if (value === "") return [];
  const uri = field.all("01").find((node) => /^https?:\/\//.test(node.value));
  return [mapped(uri === undefined ? { kind, value } : { kind, value, uri: uri.value }, ...nodes)];
}

function areaOf(node: MarcNode): Mapped<Coverage> {
  return mapped(areaNamed(node.value), node);
}

/** The place that a code of the MARC Code List for Geographic Areas names; hyphens fill a code up to seven characters. */
export function areaNamed(text: string): Coverage {
  const code = text.replace(/-+$/, "");
  areas ??= new Map(readRows("marc-geographic-areas").map(({ code: area = "", name = "" }) => [area, name]));
  return { kind: "spatial", value: areas.get(code) ?? code, uri: `${AREA}${code}` };
}
