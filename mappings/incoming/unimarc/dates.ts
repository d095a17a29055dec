import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { cleanValue, type DcValue } from "../oai-dc/dublin-core.ts";

/** How French catalogues introduce a date: legal deposit, printing, copyright. */
const INTRODUCTION = /^\[?(?:DL|dép(?:ôt|\.) lég(?:al|\.)|impr\.?|imp\.)\s*/i;
const COPYRIGHT = /^\[?(?:cop\.?|©|c)\s*(?=\d{4})/i;

/** The statements of publication: 214 with second indicator 0, else 210 (214 replaced it in 2019). */
export function publicationFields(marc: MarcSource): readonly MarcSourceField[] {
  const statements = marc.fields("214").filter(({ indicator2 }) => indicator2 === "0");
  return statements.length > 0 ? statements : marc.fields("210");
}

/** 210 or 214 $d, 328 $d of a thesis, at last the first date of 100 $a. */
export function dates(marc: MarcSource): readonly DcValue[] {
  const printed = publicationFields(marc).flatMap((field) => field.all("d").map(printedDate));
  const others = marc.fields("214").filter(({ indicator2 }) => indicator2 === "4");
  const copyright = others.flatMap((field) =>
    field.all("d").map((node) => ({ ...printedDate(node), refinement: "copyrighted" })),
  );
  const defended = marc
    .fields("328")
    .flatMap((field) => field.all("d").map((node) => cleanValue(node, null, "issued")));
  return [...printed, ...copyright, ...defended, ...codedDate(marc)];
}

function printedDate(node: MarcNode): DcValue {
  const isCopyright = COPYRIGHT.test(node.value);
  const text = node.value.replace(INTRODUCTION, "").replace(COPYRIGHT, "").replace(/\]$/, "");
  return cleanValue(
    { text: text === "" ? node.text : text, path: node.path },
    null,
    isCopyright ? "copyrighted" : "issued",
  );
}

/** UNIMARC 100 $a/9-12; "    " and "####" say nothing, "19  " a century. */
function codedDate(marc: MarcSource): readonly DcValue[] {
  const node = marc.fields("100")[0]?.first("a") ?? null;
  const year = node?.text.slice(9, 13) ?? "";
  if (node === null || !/^\d{4}$/.test(year)) return [];
  return [cleanValue({ text: year, path: node.path }, null, "issued")];
}
