/** How exactly a date is known, in the words of `date-forms.tsv`; `system` is a timestamp, `none` no date. */
export type Precision =
  | "day"
  | "month"
  | "year"
  | "decade"
  | "century"
  | "range"
  | "quarter"
  | "season"
  | "system"
  | "none";

/** What was assumed or found wrong while a date was read. */
export type DateFlag =
  | "system-timestamp"
  | "us-order"
  | "invalid"
  | "two-digit-year"
  | "month-lost"
  | "copyright"
  | "inferred"
  | "school-year"
  | "cohort"
  | "era"
  | "converted-era"
  | "sexagenary"
  | "no-date"
  | "placeholder"
  | "out-of-range"
  | "extracted"
  | "unparsed";

/** A date as it was read; `value` is EDTF and `null` exactly when `precision` is `none`. */
export interface DateReading {
  readonly value: string | null;
  readonly precision: Precision;
  readonly flags: readonly DateFlag[];
}

export const NO_DATE: DateReading = { value: null, precision: "none", flags: [] };

/** The first Vietnamese books with a date are of the 15th century. */
const EARLIEST_YEAR = 1400;
/** A later year is a typing mistake. Raised by hand: pure rooms have no clock, and mapping twice must give the same. */
export const LATEST_YEAR = 2030;

/** What programs write where nobody entered a date. */
const PLACEHOLDER_YEARS: ReadonlySet<number> = new Set([0, 1, 1000, 1111, 9999]);
const PLACEHOLDER_DAYS: ReadonlySet<string> = new Set(["1753-01-01", "1900-01-01", "0001-01-01", "1970-01-01"]);

/** No date, and why. */
export function noDate(flag: DateFlag): DateReading {
  return { value: null, precision: "none", flags: [flag] };
}

/** A date that was read from its written form; `flags` says what was assumed. */
export function dated(value: string, precision: Precision, ...flags: readonly DateFlag[]): DateReading {
  return { value, precision, flags };
}

/** A year, unless it is a placeholder or cannot be. `suffix` is EDTF's `?` or `~`. */
export function yearDate(year: number, suffix = "", ...flags: readonly DateFlag[]): DateReading {
  return wrongYear(year) ?? dated(`${fourDigits(year)}${suffix}`, "year", ...flags);
}

/** A month of a year; a month that does not exist is no date. */
export function monthDate(year: number, month: number): DateReading {
  if (month < 1 || month > 12) return noDate("invalid");
  return wrongYear(year) ?? dated(`${fourDigits(year)}-${twoDigits(month)}`, "month");
}

/** A day of the calendar; 31/2 and the placeholders of database systems are no dates. */
export function dayDate(year: number, month: number, day: number, ...flags: readonly DateFlag[]): DateReading {
  const value = `${fourDigits(year)}-${twoDigits(month)}-${twoDigits(day)}`;
  if (PLACEHOLDER_DAYS.has(value)) return noDate("placeholder");
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return noDate("invalid");
  return wrongYear(year) ?? dated(value, "day", ...flags);
}

/** From one year to another, not backwards. */
export function yearRange(first: number, last: number, ...flags: readonly DateFlag[]): DateReading {
  const wrong = wrongYear(first) ?? wrongYear(last);
  if (wrong !== null) return wrong;
  return last < first ? noDate("invalid") : dated(`${first}/${last}`, "range", ...flags);
}

/** Why a year cannot be one, or `null` where it can. */
export function wrongYear(year: number): DateReading | null {
  if (PLACEHOLDER_YEARS.has(year)) return noDate("placeholder");
  return year < EARLIEST_YEAR || year > LATEST_YEAR ? noDate("out-of-range") : null;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function fourDigits(year: number): string {
  return String(year).padStart(4, "0");
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
