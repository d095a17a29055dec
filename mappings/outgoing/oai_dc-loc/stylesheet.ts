import { isDataField, type MarcDataField, type MarcRecord } from "../../../src/marc/record.ts";
import { materialOf } from "../marc21/kind.ts";

/** An element of Dublin Core and its text. */
export type DublinCoreValue = readonly [element: string, text: string];

const MANUSCRIPTS: ReadonlySet<string> = new Set(["d", "f", "p", "t"]);
const NOT_DESCRIPTIONS: ReadonlySet<string> = new Set(["506", "530", "540", "546"]);
const SUBJECTS = "600 610 611 630 650 653".split(" ");
const NAMES = "100 110 111 700 710 711 720".split(" ");
const LINKS = "760 762 765 767 770 772 773 774 775 776 777 780 785 786 787".split(" ");

/**
 * Dublin Core as the Library of Congress' `MARC21slim2OAIDC.xsl` makes it of MARC 21, in its order and with its habits:
 * 520 and 521 come twice, notes give their first `$a` alone, 264, 246, 022, 024 and 041 are not read, and a collection of
 * manuscripts is a "collectionmanuscripttext". Two differences: an element without text is left out, and white space is
 * single blanks, where the stylesheet copies the line breaks between the subfields of its input.
 */
export function stylesheetDublinCore(marc: MarcRecord): readonly DublinCoreValue[] {
  const fields = marc.fields.filter(isDataField);
  const tagged = (...tags: readonly string[]) => fields.filter(({ tag }) => tags.includes(tag));
  const values: DublinCoreValue[] = [
    ...tagged("245").map((field): DublinCoreValue => ["title", select(field, "abfghk")]),
    ...tagged(...NAMES).map((field): DublinCoreValue => ["creator", whole(field)]),
    ["type", typeOf(marc.leader)],
    ...tagged("655").map((field): DublinCoreValue => ["type", whole(field)]),
    ...tagged("260").map((field): DublinCoreValue => ["publisher", select(field, "ab")]),
    ...tagged("260").flatMap((field) => each(field, "c", "date")),
    ["language", languageOf(marc)],
    ...tagged("856").flatMap((field) => each(field, "q", "format")),
    ...tagged("520").map((field): DublinCoreValue => ["description", first(field, "a")]),
    ...tagged("521").map((field): DublinCoreValue => ["description", first(field, "a")]),
    ...fields.filter(isDescription).map((field): DublinCoreValue => ["description", first(field, "a")]),
    ...SUBJECTS.flatMap((tag) => tagged(tag).map((field): DublinCoreValue => ["subject", select(field, "abcdq")])),
    ...tagged("752").map((field): DublinCoreValue => ["coverage", select(field, "abcd")]),
    ...tagged("530").map((field): DublinCoreValue => ["relation", select(field, "abcdu")]),
    ...tagged(...LINKS).map((field): DublinCoreValue => ["relation", select(field, "ot")]),
    ...tagged("856").map((field): DublinCoreValue => ["identifier", first(field, "u")]),
    ...tagged("020").map((field): DublinCoreValue => ["identifier", `URN:ISBN:${first(field, "a")}`]),
    ...["506", "540"].flatMap((tag) => tagged(tag).map((field): DublinCoreValue => ["rights", first(field, "a")])),
  ];
  return values.map(([element, text]): DublinCoreValue => [element, squeezed(text)]).filter(([, text]) => text !== "");
}

function isDescription({ tag }: MarcDataField): boolean {
  return tag >= "500" && tag <= "599" && !NOT_DESCRIPTIONS.has(tag);
}

function typeOf(leader: string): string {
  const [recordType = "", level = ""] = leader.slice(6, 8);
  const collection = level === "c" ? "collection" : "";
  const manuscript = MANUSCRIPTS.has(recordType) ? "manuscript" : "";
  return collection + manuscript + materialOf(recordType);
}

function languageOf({ fields }: MarcRecord): string {
  const coded = fields.find(({ tag }) => tag === "008");
  return coded === undefined || isDataField(coded) ? "" : coded.value.slice(35, 38);
}

/** The subfields with these codes, in their order. */
function select({ subfields }: MarcDataField, codes: string): string {
  return subfields
    .filter(({ code }) => codes.includes(code))
    .map(({ value }) => value)
    .join(" ");
}

function whole({ subfields }: MarcDataField): string {
  return subfields.map(({ value }) => value).join(" ");
}

function first({ subfields }: MarcDataField, wanted: string): string {
  return subfields.find(({ code }) => code === wanted)?.value ?? "";
}

function each({ subfields }: MarcDataField, wanted: string, element: string): readonly DublinCoreValue[] {
  return subfields.filter(({ code }) => code === wanted).map(({ value }) => [element, value] as const);
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
