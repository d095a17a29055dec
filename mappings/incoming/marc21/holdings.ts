import type { MarcNode, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { type FieldReader, type Item, present, unique, withValue } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";

type Holding = Item<"holdings">;

/** Which subfields say institution, location and call number: LoC 852, local call numbers 090/092/099, items of Koha 952. */
const PARTS: Readonly<Record<string, Readonly<Record<keyof Holding, string>>>> = {
  852: { institution: "a", location: "bc", callNumber: "khijlm" },
  "090": { institution: "", location: "", callNumber: "ab" },
  "092": { institution: "", location: "", callNumber: "ab" },
  "099": { institution: "", location: "", callNumber: "ab" },
  952: { institution: "", location: "bc", callNumber: "o" },
};

/** 852, 090, 092, 099 and Koha's 952. Barcodes, prices and loans of single copies are the library's own business. */
export const holdings: FieldReader<"holdings"> = (marc, note) => {
  const found = marc.fields(...Object.keys(PARTS)).flatMap((field) => {
    const codes = PARTS[field.tag];
    if (codes === undefined || (field.tag === "952" && !isKohaItem(field))) return [];
    const institution = withValue(field.all(codes.institution), note);
    const location = withValue(field.all(codes.location), note);
    const callNumber = withValue(field.all(codes.callNumber), note);
    field.drop();
    return holdingOf(institution, location, callNumber);
  });
  return unique(found, ({ value }) => JSON.stringify(value));
};

/** Koha's items have a barcode ($p), a call number ($o) or an item number ($9); elsewhere 952 means other things. */
function isKohaItem(field: MarcSourceField): boolean {
  return field.has("p") || field.has("o") || field.has("9");
}

function holdingOf(
  institution: readonly MarcNode[],
  location: readonly MarcNode[],
  callNumber: readonly MarcNode[],
): readonly Mapped<Holding>[] {
  const value = present({
    institution: joined(institution),
    callNumber: joined(callNumber),
    location: joined(location),
  });
  const nodes = [...institution, ...location, ...callNumber];
  return nodes.length === 0 ? [] : [mapped(value, ...nodes)];
}

function joined(nodes: readonly MarcNode[]): string {
  return withoutIsbd(nodes.map(({ value }) => value).join(" "));
}
