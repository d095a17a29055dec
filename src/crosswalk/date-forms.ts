import {
  type DateReading,
  dated,
  dayDate,
  LATEST_YEAR,
  monthDate,
  noDate,
  wrongYear,
  yearDate,
  yearRange,
} from "./date-reading.ts";
import { monthOf, readCentury, readEra, readQuarter, readSeason } from "./date-words.ts";

/** A written form and how it is read; `null` passes the text on to the next form. */
type DateForm = readonly [form: RegExp, read: (match: RegExpExecArray) => DateReading | null];

const number = (match: RegExpExecArray, group: number) => Number(match[group]);

const NO_DATE_PHRASE =
  /^(?:\[?(?:s\.? ?d|n\.? ?d|s\.? ?n|k\.? ?n|k\.? ?đ|không rõ.*|không năm|đang cập nhật|n\/a|-+|\?+)\.?\]?)$/;

/** The forms of `date-forms.tsv`, the frequent ones first; the text comes in lower case and without its frame. */
export const DATE_FORMS: readonly DateForm[] = [
  [/^(\d{4})-(\d{2})-(\d{2})$/, (m) => dayDate(number(m, 1), number(m, 2), number(m, 3))],
  [/^(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:z|[+-]\d{2}:?\d{2}))?$/, readTimestamp],
  [/^(\d{4})$/, (m) => yearDate(number(m, 1))],
  [/^(\d{4})-(0[1-9]|1[0-2])$/, (m) => monthDate(number(m, 1), number(m, 2))],
  [/^(?:ngày )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})$/, readDayFirst],
  [/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/, (m) => dayDate(number(m, 1), number(m, 2), number(m, 3))],
  [/^(\d{1,2}) ?[/.-] ?(\d{4})$/, (m) => monthDate(number(m, 2), number(m, 1))],
  [/^(?:ngày )?(\d{1,2}) ?tháng (\d{1,2}) năm (\d{4})$/, (m) => dayDate(number(m, 3), number(m, 2), number(m, 1))],
  [/^tháng ([\p{L}\d][\p{L} \d]*?) ?(?:năm|[/.-]) ?(\d{4})$/u, (m) => monthOf(m[1] ?? "", number(m, 2))],
  [/^(?:(\d{1,2})-)?(?:th|thg|tháng)\.? ?(\d{1,2})-(\d{4})$/, readDspaceMonth],
  [/^(?:th|thg|tháng)\.?-(\d{4})$/, (m) => yearDate(number(m, 1), "", "month-lost")],
  [/^(\d{1,2})\/(\d{1,2})\/(\d{2})$/, readShortYear],
  [/^năm ?(?:bảo vệ|xuất bản)? ?:? ?(\d{4})$/, (m) => yearDate(number(m, 1))],
  [/^(?:c|©|cop\.?|bản quyền) ?(\d{4})$/, (m) => yearDate(number(m, 1), "", "copyright")],
  [/^\[(\d{4})\]$/, (m) => yearDate(number(m, 1), "?", "inferred")],
  [/^\[?(\d{4})\?\]?$/, (m) => yearDate(number(m, 1), "?")],
  [/^\[?(?:k\.?|khoảng|ca\.?|~) ?(\d{4})\??\]?$/, (m) => yearDate(number(m, 1), "~")],
  [/^\[?(\d{3})[-?]\??\]?$/, (m) => wrongYear(number(m, 1) * 10) ?? dated(`${m[1]}X`, "decade")],
  [/^\[?(\d{2})--\??\]?$/, (m) => wrongYear(number(m, 1) * 100) ?? dated(`${m[1]}XX`, "century")],
  [/^(?:thế kỷ|thế kỉ|tk\.?) ?([ivx]+)$/, (m) => readCentury(m[1] ?? "")],
  [/^(?:thế kỷ|thế kỉ|tk\.?) ?\d+$/, () => noDate("unparsed")],
  [/^(\d{4}) ?[-–/] ?(\d{4})$/, (m) => yearRange(number(m, 1), number(m, 2))],
  [/^(\d{4}) ?[-–]$/, (m) => wrongYear(number(m, 1)) ?? dated(`${m[1]}/..`, "range")],
  [/^(\d{2})(\d{2})-(\d{2})$/, (m) => yearRange(Number(`${m[1]}${m[2]}`), Number(`${m[1]}${m[3]}`))],
  [/^quý ?(i|ii|iii|iv|[1-4]) ?[/.-]? ?(?:năm)? ?(\d{4})$/, (m) => readQuarter(m[1] ?? "", number(m, 2))],
  [/^(?:năm học|niên khóa|niên khoá|học kỳ \d,? năm học) ?(\d{4}) ?[-–] ?(\d{4})$/, readSchoolYear],
  [/^(?:khóa|khoá|k) ?(\d{4}) ?[-–] ?(\d{4})$/, () => noDate("cohort")],
  [/^(\d{4})(\d{2})(\d{2})$/, (m) => dayDate(number(m, 1), number(m, 2), number(m, 3))],
  [/^(\d{1,2})\/(\d{4}) ?[-–] ?(\d{1,2})\/(\d{4})$/, readMonthRange],
  [/^mùa ?(xuân|hạ|hè|thu|đông) ?(?:năm)? ?(\d{4})$/, (m) => readSeason(m[1] ?? "", number(m, 2))],
  [NO_DATE_PHRASE, () => noDate("no-date")],
  [/^([\p{L} ]+?)(?: \d+)? ?[([](\d{4})[)\]]$/u, (m) => readEra(m[1] ?? "", null, number(m, 2))],
  [/^([\p{L} ]+?) ?(?:thứ|năm thứ)? (\d{1,2}|nguyên niên)$/u, (m) => readEra(m[1] ?? "", m[2] ?? "", null)],
];

/** The day of a timestamp; to midnight UTC or with a clock, a system wrote it. */
function readTimestamp(match: RegExpExecArray): DateReading {
  const [year = 0, month = 0, day = 0] = (match[1] ?? "").split("-").map(Number);
  const reading = dayDate(year, month, day);
  return reading.value === null ? reading : dated(reading.value, "system", "system-timestamp");
}

/** Day first, as Vietnam writes; American order only where nothing else is possible. */
function readDayFirst(match: RegExpExecArray): DateReading {
  const [first, second, year] = [number(match, 1), number(match, 2), number(match, 3)];
  return second > 12 && first <= 12 ? dayDate(year, first, second, "us-order") : dayDate(year, second, first);
}

function readShortYear(match: RegExpExecArray): DateReading {
  const year = number(match, 3);
  const century = year <= LATEST_YEAR - 2000 ? 2000 : 1900;
  return dayDate(century + year, number(match, 2), number(match, 1), "two-digit-year");
}

function readDspaceMonth(match: RegExpExecArray): DateReading {
  const [month, year] = [number(match, 2), number(match, 3)];
  return match[1] === undefined ? monthDate(year, month) : dayDate(year, month, number(match, 1));
}

function readSchoolYear(match: RegExpExecArray): DateReading {
  return yearRange(number(match, 1), number(match, 2), "school-year");
}

function readMonthRange(match: RegExpExecArray): DateReading {
  const first = monthDate(number(match, 2), number(match, 1)).value;
  const last = monthDate(number(match, 4), number(match, 3)).value;
  return first === null || last === null || last < first ? noDate("invalid") : dated(`${first}/${last}`, "range");
}
