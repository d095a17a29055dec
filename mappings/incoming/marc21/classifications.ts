import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { type Item, withValue } from "./field.ts";

type Subject = Item<"subjects">;

/**
 * A Dewey number at the beginning of 082 $a. Decimals may stand in groups of three divided by blanks ("895.922 3"), the last
 * group shorter or a standard subdivision ("687.042 0285"); a cutter may follow. Four digits before the point are none.
 */
const DDC = /^\[?(\d{3}(?:\.\d+(?: \d{1,3}| 0\d{3})*)?)(?![\d.])/;
/** LoC MARC 21 082: where a number may be cut to be shorter. */
const PRIME_MARK = /(?<=\d)[/'’](?=\.?\d)/g;
const BY_TAG: Readonly<Record<string, Subject["scheme"]>> = {
  "050": "LCC",
  "055": "LCC",
  "060": "NLM",
  "080": "UDC",
  "082": "DDC",
  "083": "DDC",
  "084": "local",
};
/** LoC MARC 21 084 $2: the schemes of ours that may stand there. */
const BY_SOURCE: Readonly<Record<string, Subject["scheme"]>> = {
  bbk: "BBK",
  rubbk: "BBK",
  ddc: "DDC",
  udc: "UDC",
  lcc: "LCC",
};

/** The class numbers of 050, 055, 060, 080, 082, 083, 084; book numbers ($b) belong to the copy, not to the subject. */
export function classifications(marc: MarcSource, note: Note): readonly Mapped<Subject>[] {
  return marc.fields(...Object.keys(BY_TAG)).flatMap((field) => {
    const scheme = schemeOf(field);
    field.drop("bmqxyz");
    return withValue(field.all("a"), note).map((node) => mapped(classed(node, scheme, note), node));
  });
}

function schemeOf(field: MarcSourceField): Subject["scheme"] {
  const scheme = BY_TAG[field.tag] ?? "local";
  if (field.tag !== "084") return scheme;
  return BY_SOURCE[field.first("2")?.value.toLowerCase() ?? ""] ?? scheme;
}

function classed(node: MarcNode, scheme: Subject["scheme"], note: Note): Subject {
  if (scheme !== "DDC") return { value: node.value, scheme };
  const number = DDC.exec(node.value.replace(PRIME_MARK, ""))?.[1];
  if (number !== undefined) return { value: number.replaceAll(" ", ""), scheme };
  note("invalid-classification", { node });
  return { value: node.value, scheme: "local" };
}
