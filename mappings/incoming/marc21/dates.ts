import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type ParsedDate, parseDate } from "../../../src/crosswalk/dates.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type FieldReader, type Item, withValue } from "./field.ts";
import { publicationFields } from "./publication.ts";
import { thesisStatement } from "./thesis-note.ts";

type Issued = NonNullable<CommonRecord["issued"]>;

/** Types of date (008/06) whose first date is the year of publication: single, with copyright, reprint, detailed. */
const SINGLE_YEAR = /[ster]/;
const COPYRIGHT = /(?:©|\bc(?:op\.?)? ?|\bp)(1[4-9]\d\d|20\d\d)/i;

/**
 * The year of publication: 264 _1 $c, else 260 $c, for a thesis 502, then 264 _0 $c, 046, the date of an article in 773, and
 * at last 008/07-10. Where the printed year and 008 disagree there is an issue, and the printed one is taken.
 */
export const issued: FieldReader<"issued"> = (marc, note) => {
  const nodes = printedDates(marc, note);
  for (const node of nodes) {
    const date = readDate(node.value);
    if (date === null) note("unreadable-date", { node });
    else {
      compare(marc, date, node, note);
      return mapped(issuedOf(date, node.value), node);
    }
  }
  return thesisDate(marc) ?? codedDate(marc) ?? hostDate(marc);
};

function printedDates(marc: MarcSource, note: Note): readonly MarcNode[] {
  const publication = publicationFields(marc);
  const theses = marc.fields("502");
  const production = marc.fields("264").filter(({ indicator2 }) => indicator2 === "0");
  return [
    ...withValue(nodesOf(publication, "c"), note),
    ...nodesOf(theses, "d"),
    ...nodesOf(production, "c"),
    ...nodesOf(marc.fields("046"), "ck"),
    ...nodesOf(marc.fields("264").filter(isCopyright), "c"),
  ];
}

function nodesOf(fields: readonly MarcSourceField[], codes: string): readonly MarcNode[] {
  return fields.flatMap((field) => field.all(codes));
}

function isCopyright({ indicator2 }: MarcSourceField): boolean {
  return indicator2 === "4";
}

/** The date of a statement of publication: whole, or the first of "2005, c2004", or what "[i.e. 1999]" corrects it to. */
function readDate(raw: string): ParsedDate | null {
  // angle brackets: the cataloguer expects the date to change
  const text = raw.replace(/[<>]/g, "");
  const corrected = /\b(?:i\.? ?e\.?|tức là)\s*(\d{4})/i.exec(text)?.[1];
  const between = /\bbetween (\d{4}) and (\d{4})/i.exec(text);
  const range = between === null ? [] : [`${between[1]}-${between[2]}`];
  const parts = [corrected ?? text, ...range, ...text.split(/[,;]/), ...text.split(/[[\]()]/)].map((part) =>
    part.trim(),
  );
  for (const part of parts) {
    const date = parseDate(part);
    if (date !== null && !date.system) return date;
  }
  return null;
}

function issuedOf({ value, precision }: ParsedDate, raw: string): Issued {
  return { value, raw, precision };
}

/** LoC MARC 21 008/06-10. Only a type with one year can contradict; 9999, blanks and fill characters say nothing. */
function compare(marc: MarcSource, date: ParsedDate, node: MarcNode, note: Note): void {
  const coded = marc.control("008")?.text ?? "";
  const year = coded.slice(7, 11);
  if (!SINGLE_YEAR.test(coded.slice(6, 7)) || parseDate(year)?.precision !== "year") return;
  const contradicts = date.precision === "interval" ? false : !date.value.startsWith(year);
  if (contradicts && /^\d{4}/.test(date.value)) note("date-conflict", { node, value: `${node.value} ≠ 008: ${year}` });
}

/** The year at the end of 502 $a, or of a department and university in 502 $c. */
function thesisDate(marc: MarcSource): Mapped<Issued> | null {
  const statement = marc.kept(thesisStatement);
  const date = parseDate(statement?.date ?? "");
  const [node] = statement?.from ?? [];
  return date === null || node === undefined ? null : mapped(issuedOf(date, node.value), node);
}

/** The first date of 008, "199u" and "19uu" included. */
function codedDate(marc: MarcSource): Mapped<Issued> | null {
  const node = marc.control("008");
  const raw = node?.text.slice(7, 11) ?? "";
  if (node === null || !/^\d\d[\du]{2}$/.test(raw)) return null;
  const date = parseDate(raw.replaceAll("u", "-"));
  return date === null ? null : mapped(issuedOf(date, raw), node);
}

/** The year of an article stands in the statement about its host: "Tạp chí Y học. - 2019. - Số 5. - tr. 12-20". */
function hostDate(marc: MarcSource): Mapped<Issued> | null {
  for (const node of nodesOf(marc.fields("773"), "gd")) {
    const years = [...new Set(node.value.match(/(?<!\d)(?:19|20)\d\d(?!\d)/g) ?? [])];
    const date = years.length === 1 ? parseDate(years[0] ?? "") : null;
    if (date !== null) return mapped(issuedOf(date, node.value), node);
  }
  return null;
}

/** Copyright (264 _4 $c, "c2004" in 264 or 260 $c, 542 $g), creation (046 $k, 533 $d) and revision (046 $j). */
export const dates: FieldReader<"dates"> = (marc) => {
  const copyrighted = marc.fields("264").filter(isCopyright);
  const found = [
    ...nodesOf(copyrighted, "c").flatMap((node) => dated("copyrighted", node, node.value)),
    ...nodesOf(marc.fields("542"), "g").flatMap((node) => dated("copyrighted", node, node.value)),
    ...(copyrighted.length > 0 ? [] : nodesOf(publicationFields(marc), "c").flatMap(copyrightIn)),
    ...nodesOf(marc.fields("046"), "k").flatMap((node) => dated("created", node, node.value)),
    ...nodesOf(marc.fields("533"), "d").flatMap((node) => dated("created", node, node.value)),
    ...nodesOf(marc.fields("046"), "j").flatMap((node) => dated("updated", node, node.value)),
  ];
  marc.fields("046").forEach((field) => {
    field.drop("abdelmnop");
  });
  return found;
};

/** The year of copyright that stands behind a year of publication: "2005, c2004". */
function copyrightIn(node: MarcNode): readonly Mapped<Item<"dates">>[] {
  const year = COPYRIGHT.exec(node.value)?.[1];
  return year === undefined ? [] : dated("copyrighted", node, year);
}

function dated(type: Item<"dates">["type"], node: MarcNode, text: string): readonly Mapped<Item<"dates">>[] {
  const date = readDate(text);
  return date === null ? [] : [mapped({ type, value: date.value, raw: node.value }, node)];
}
