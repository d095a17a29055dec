import { foldKey } from "../vietnamese/fold.ts";
import { REIGN_ERAS } from "../vietnamese/reign-eras.ts";
import { type DateReading, dated, monthDate, noDate, wrongYear, yearDate } from "./date-reading.ts";

/** Months by folded name; "giêng" and "chạp" are the first and last of the lunar year, taken as 1 and 12. */
const MONTHS: Readonly<Record<string, number>> = {
  gieng: 1,
  mot: 1,
  hai: 2,
  ba: 3,
  tu: 4,
  bon: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
  "muoi mot": 11,
  "muoi hai": 12,
  chap: 12,
};

/** EDTF numbers the seasons from 21 and the quarters from 33. */
const SEASONS: Readonly<Record<string, number>> = { xuân: 21, hạ: 22, hè: 22, thu: 23, đông: 24 };
const QUARTERS: Readonly<Record<string, number>> = { i: 33, ii: 34, iii: 35, iv: 36, 1: 33, 2: 34, 3: 35, 4: 36 };

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

const STEMS: ReadonlySet<string> = new Set(["giap", "at", "binh", "dinh", "mau", "ki", "canh", "tan", "nham", "qui"]);
const BRANCHES: ReadonlySet<string> = new Set([
  "ti",
  "suu",
  "dan",
  "mao",
  "thin",
  "ngo",
  "mui",
  "than",
  "dau",
  "tuat",
  "hoi",
]);

/** The month of "tháng Năm năm 2022", in words or digits. */
export function monthOf(name: string, year: number): DateReading {
  const month = /^\d{1,2}$/.test(name) ? Number(name) : MONTHS[foldKey(name)];
  return month === undefined ? noDate("unparsed") : monthDate(year, month);
}

/** "Quý I/2020" */
export function readQuarter(name: string, year: number): DateReading {
  return wrongYear(year) ?? dated(`${year}-${QUARTERS[name] ?? ""}`, "quarter");
}

/** "Mùa thu 2019" */
export function readSeason(name: string, year: number): DateReading {
  return wrongYear(year) ?? dated(`${year}-${SEASONS[name] ?? ""}`, "season");
}

/** "Thế kỷ XIX": century n covers the years from (n-1)00 on. */
export function readCentury(roman: string): DateReading {
  const values = [...roman].map((letter) => ROMAN[letter] ?? 0);
  const century = values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
  return wrongYear((century - 1) * 100) ?? dated(`${century - 1}XX`, "century");
}

/**
 * "Tự Đức 31 (1878)", "Minh Mệnh thứ 11", "Mậu Tuất (2018)": a Western year in brackets wins, otherwise the year of the
 * era is counted from its first. `null` where the words name neither an era nor a year of the cycle of sixty.
 */
export function readEra(name: string, ordinal: string | null, western: number | null): DateReading | null {
  const key = foldKey(name).replace(/ (nam )?thu$/, "");
  const era = REIGN_ERAS[key];
  if (western !== null) {
    if (era !== undefined) return yearDate(western, "", "era");
    return isSexagenary(key) ? yearDate(western, "", "sexagenary") : null;
  }
  if (era === undefined || ordinal === null) return null;
  const year = era[0] + (/^\d+$/.test(ordinal) ? Number(ordinal) : 1) - 1;
  return year > era[1] ? noDate("invalid") : yearDate(year, "", "converted-era");
}

function isSexagenary(key: string): boolean {
  const [stem = "", branch = "", ...rest] = key.replace(/^nam /, "").split(" ");
  return rest.length === 0 && STEMS.has(stem) && BRANCHES.has(branch);
}
