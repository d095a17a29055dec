import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { withoutIsbd } from "../marc21/isbd.ts";
import { cleanValue, type DcValue } from "../oai-dc/dublin-core.ts";

/** Other forms of the title; 510 and 541 are in another language. */
const OTHERS: Readonly<Record<string, string>> = {
  500: "alternative",
  510: "translated",
  512: "alternative",
  513: "alternative",
  514: "alternative",
  515: "alternative",
  516: "alternative",
  517: "alternative",
  518: "alternative",
  520: "alternative",
  530: "alternative",
  531: "alternative",
  532: "alternative",
  540: "alternative",
  541: "translated",
};
/** The marks of sorting around an article (U+0088, U+0089, U+0098, U+009C) are not text. */
const SORTING_MARKS = /[\u0088\u0089\u0098\u009c]/g;

/** UNIMARC 200: $a : $e. $h, $i as ISBD prints them, $d is the parallel title; then 5XX. */
export function titles(marc: MarcSource): readonly DcValue[] {
  const [proper] = marc.fields("200");
  const own = proper === undefined ? [] : titlesOf(proper);
  const others = marc.fields(...Object.keys(OTHERS)).flatMap((field) => {
    const value = statement(field.all("aehi"));
    field.drop("bjklmnqrsuvwxyz");
    return value === null ? [] : [{ ...value, refinement: OTHERS[field.tag] ?? "alternative" }];
  });
  return [...own, ...others];
}

function titlesOf(field: MarcSourceField): readonly DcValue[] {
  // a second $a is another work by the same author in the same volume
  const main = statement(field.all("aehi"));
  const parallel = field
    .all("d")
    .map((node) => statement([node]))
    .filter((value) => value !== null);
  // general material designation, statements of responsibility (the names stand in 7XX), volume and language of $d
  field.drop("bcfgvz");
  return [...(main === null ? [] : [main]), ...parallel.map((value) => ({ ...value, refinement: "translated" }))];
}

function statement(nodes: readonly MarcNode[]): DcValue | null {
  const [first] = nodes;
  if (first === undefined) return null;
  let title = "";
  let before = "";
  for (const node of nodes) {
    const text = withoutIsbd(node.value.replace(SORTING_MARKS, "")).replace(/^[=:;/]\s*/, "");
    title = title === "" ? text : `${title}${glue(title, node.code, before)}${text}`;
    before = node.code;
  }
  return cleanValue({ text: title, path: first.path }, null, null);
}

/** ISBD(M) area 1. */
function glue(title: string, code: string, before: string): string {
  if (code === "e") return " : ";
  if (code === "a") return " ; ";
  if (code === "i" && before === "h") return ", ";
  return /[.?!…]$/.test(title) ? " " : ". ";
}
