import { readIdentifier } from "../../../src/crosswalk/identifiers.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readIsbn, readIssn } from "../../../src/crosswalk/standard-numbers.ts";
import { type FieldReader, type Item, unique, withValue } from "./field.ts";
import { joinedByStops, withoutIsbd } from "./isbd.ts";
import { linksBeside } from "./links.ts";

type Relation = Item<"relations">;

/** LoC MARC 21 760–787 as DataCite relation types; 773 is the host, further ones are relations. */
const BY_TAG: Readonly<Record<string, string>> = {
  760: "IsPartOf",
  762: "HasPart",
  765: "IsDerivedFrom",
  767: "IsSourceOf",
  770: "IsSupplementedBy",
  772: "IsSupplementTo",
  773: "IsPartOf",
  774: "HasPart",
  775: "IsVersionOf",
  776: "IsVariantFormOf",
  777: "References",
  780: "Continues",
  785: "IsContinuedBy",
  786: "IsDerivedFrom",
  787: "References",
};

/** 760–787, 530, 510, the works that 700–740 name, and the links of 856 that lead to something beside the item. */
export const relations: FieldReader<"relations"> = (marc, note) => {
  const entries = marc.fields(...Object.keys(BY_TAG)).filter((field) => field !== marc.fields("773")[0]);
  const notes = marc.fields("510", "530").flatMap((field) => {
    const nodes = withValue(field.all("abcd"), note);
    field.drop("ux");
    return nodes.length === 0 ? [] : [related(field.tag === "510" ? "IsReferencedBy" : "IsVariantFormOf", nodes)];
  });
  const all = [...entries.flatMap(linkingEntry), ...notes, ...works(marc), ...linksBeside(marc).map(beside)];
  return unique(all, ({ value }) => `${value.type} ${value.target.value}`);
};

function related(type: string, nodes: readonly MarcNode[]): Mapped<Relation> {
  return mapped({ type, target: { value: joined(nodes) } }, ...nodes);
}

function joined(nodes: readonly MarcNode[]): string {
  return withoutIsbd(nodes.map(({ value }) => value).join(" "));
}

/** The target is the best identifier of the other item, its title the label; without one the title is the target. */
function linkingEntry(field: MarcSourceField): readonly Mapped<Relation>[] {
  const type = BY_TAG[field.tag] ?? "References";
  const number = numberIn(field);
  const names = field.all("ast");
  field.drop("bcdefghiklmnopqruvwyxz");
  const title = withoutIsbd(names.map(({ value }) => value).join(" "));
  if (number === null) return title === "" ? [] : [mapped({ type, target: { value: title } }, ...names)];
  const { value, scheme } = number.value;
  const relation = { type, target: { value, scheme } };
  return [mapped(title === "" ? relation : { ...relation, label: title }, ...number.from, ...names)];
}

/** $x ISSN, $z ISBN, $o a DOI or the like; only valid ones are followed. */
function numberIn(field: MarcSourceField): Mapped<ReturnType<typeof readIssn>> | null {
  const found = field.all("xzo").map((node) => {
    const read = node.code === "x" ? readIssn : node.code === "z" ? readIsbn : readIdentifier;
    return mapped(read(node.value), node);
  });
  return found.find(({ value }) => value.invalid !== true) ?? null;
}

/** Names with a title, and titles that are parts (second indicator 2): works that are in the item or belong to it. */
function works(marc: MarcSource): readonly Mapped<Relation>[] {
  const titled = marc.fields("700", "710", "711").filter((field) => field.has("t"));
  const parts = marc.fields("730", "740").filter(({ indicator2 }) => indicator2 === "2");
  return [...titled, ...parts].flatMap((field) => {
    const name = field.has("t") ? field.all("abc") : [];
    const title = field.all(field.has("t") ? "tnp" : "anp");
    field.drop();
    const value = joinedByStops([joined(name), joined(title)].filter((part) => part !== ""));
    const type = field.indicator2 === "2" ? "HasPart" : "References";
    return value === "" ? [] : [mapped({ type, target: { value } }, ...name, ...title)];
  });
}

function beside({ url, node, field }: ReturnType<typeof linksBeside>[number]): Mapped<Relation> {
  const label = field.first("3") ?? field.first("y") ?? field.first("z");
  const relation = { type: "References", target: { value: url, scheme: "URL" } };
  return label === null
    ? mapped(relation, node)
    : mapped({ ...relation, label: withoutIsbd(label.value) }, node, label);
}
