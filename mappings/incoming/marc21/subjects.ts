import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readType } from "../../values.ts";
import { classifications } from "./classifications.ts";
import { type FieldReader, type Item, unique, withValue } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";

type Subject = Item<"subjects">;

/** 69X is local: Vietnamese libraries keep branch of study, speciality and course in 690–693. */
const HEADINGS = "600 610 611 630 648 650 651 654 656 657 690 691 692 693 694 695 696 697 698 699".split(" ");
/** LoC MARC 21 6XX, second indicator; a blank or 4 names no vocabulary, and Vietnamese records have keywords there. */
const BY_INDICATOR: Readonly<Record<string, Subject["scheme"]>> = { 0: "LCSH", 1: "LCSH", 2: "MeSH" };
const BY_SOURCE: Readonly<Record<string, Subject["scheme"]>> = { lcsh: "LCSH", lcshac: "LCSH", mesh: "MeSH" };
const SUBDIVISIONS = "vxyz";

/** 6XX with their subdivisions, 653, the genres of 655 that are no types, and the classes of 050, 060, 080, 082, 084. */
export const subjects: FieldReader<"subjects"> = (marc, note) => {
  const headings = marc
    .fields(...HEADINGS)
    .flatMap((field) => [field, ...marc.linkedTo(field)].flatMap((each) => heading(each, schemeOf(field), note)));
  const keywords = marc.fields("653").flatMap((field) => withValue(field.all("a"), note).flatMap(keywordsOf));
  const genres = marc.fields("655").flatMap((field) => {
    const nodes = withValue(field.all("avxyz"), note);
    field.drop("bc");
    return nodes.filter(({ value }) => readType(withoutIsbd(value)) === null).flatMap(keywordsOf);
  });
  const all = [...headings, ...keywords, ...genres, ...classifications(marc, note)];
  return unique(all, ({ value }) => `${value.scheme} ${value.value.toLowerCase()}`);
};

/** "Việt Nam--Lịch sử--Thế kỷ 20": the heading, then its subdivisions as LCSH writes them. */
function heading(field: MarcSourceField, scheme: Subject["scheme"], note: Note): readonly Mapped<Subject>[] {
  const nodes = withValue(field.all("abcdfgklmnopqrtvxyz"), note);
  const main = nodes.filter(({ code }) => !SUBDIVISIONS.includes(code)).map(({ value }) => value);
  const subdivisions = nodes.filter(({ code }) => SUBDIVISIONS.includes(code)).map(({ value }) => withoutIsbd(value));
  const uri = field.all("01").find(({ value }) => /^https?:\/\//.test(value));
  field.drop("e");
  const parts = [withoutIsbd(main.join(" ")), ...subdivisions].filter((part) => part !== "");
  if (parts.length === 0) return [];
  const value = { value: parts.join("--"), scheme };
  return [mapped(uri === undefined ? value : { ...value, uri: uri.value }, ...nodes)];
}

function schemeOf(field: MarcSourceField): Subject["scheme"] {
  const source = field.first("2")?.value.toLowerCase();
  if (field.tag >= "690") return "local";
  if (field.indicator2 === "7") return BY_SOURCE[source ?? ""] ?? "local";
  return BY_INDICATOR[field.indicator2] ?? (/[356]/.test(field.indicator2) ? "local" : "keyword");
}

/** Uncontrolled terms; several in one subfield are divided by semicolons. */
function keywordsOf(node: MarcNode): readonly Mapped<Subject>[] {
  return node.value
    .split(/\s*;\s*/)
    .map(withoutIsbd)
    .filter((value) => value !== "")
    .map((value) => mapped({ value, scheme: "keyword" as const }, node));
}
