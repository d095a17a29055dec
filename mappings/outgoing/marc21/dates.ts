import { foldKey } from "../../../src/vietnamese/fold.ts";
import { REIGN_ERAS } from "../../../src/vietnamese/reign-eras.ts";

/** Type of date, date 1 and date 2 as they stand in 008/06-14: nine characters. */
export function codedDates(edtf: string | null, isSerial: boolean): string {
  const [first = "", last = null] = (edtf ?? "").split("/");
  const start = yearsOf(first);
  const end = last === null ? null : yearsOf(last);
  if (start === null) return isSerial ? "uuuuuuuuu" : "nuuuuuuuu";
  if (last === "" || last === "..") return `${isSerial ? "c" : "m"}${start.earliest}9999`;
  if (end !== null) return `${isSerial ? "d" : "m"}${start.earliest}${end.latest}`;
  if (isSerial) return `u${start.earliest}uuuu`;
  if (start.earliest !== start.latest) return `q${start.earliest}${start.latest}`;
  return `s${start.earliest}    `;
}

/** The years that an EDTF date may mean: "198X" is 1980 to 1989; `null` for what is no year of four digits. */
function yearsOf(date: string): { readonly earliest: string; readonly latest: string } | null {
  const year = /^\d{1,4}X{0,3}/.exec(date)?.[0];
  if (year?.length !== 4) return null;
  return { earliest: year.replaceAll("X", "0"), latest: year.replaceAll("X", "9") };
}

/**
 * A date as a cataloguer writes it in 264 $c: what EDTF marks as uncertain stands in brackets, "198X" is "[198-?]",
 * "1987~" is "[khoảng 1987]", "2001/2003" is "2001-2003".
 */
export function displayedDate(edtf: string): string {
  const [first = "", last = null] = edtf.split("/");
  if (last === null) return displayedPart(first);
  return `${displayedPart(first)}-${last === ".." ? "" : displayedPart(last)}`;
}

/** What stands behind the year of a reign: the year that it is converted to. */
const CONVERTED = /[\s,]*[[(]?\d{4}\??[\])]?$/;

/**
 * The date of 264 $c: as `displayedDate` writes it, and for a year of reign the printed words with the converted year behind them,
 * "Minh Mệnh thứ 11 [1830]".
 */
export function publicationDate({ value, raw }: { readonly value: string; readonly raw: string }): string {
  const displayed = displayedDate(value);
  const printed = raw.replace(CONVERTED, "").trim();
  const [, era = ""] = /^(.*?)(?: thứ| năm)*(?: \d{1,2}| nguyên niên)$/iu.exec(printed) ?? [];
  if (REIGN_ERAS[foldKey(era)] === undefined) return displayed;
  return displayed.startsWith("[") ? `${printed} ${displayed}` : `${printed} [${displayed}]`;
}

function displayedPart(date: string): string {
  const plain = date.replace(/[?~%]$/, "");
  const mark = date.slice(plain.length);
  const about = mark === "~" || mark === "%" ? "khoảng " : "";
  const doubt = mark === "?" || mark === "%" || plain.includes("X") ? "?" : "";
  const text = about + plain.replaceAll("X", "-") + doubt;
  return about === "" && doubt === "" ? text : `[${text}]`;
}
