import { DATE_FORMS } from "./date-forms.ts";
import { type DateReading, NO_DATE, type Precision } from "./date-reading.ts";
import { type Memory, remembered } from "./remembered.ts";

/** A date that could be read, in EDTF level 0 or 1 (seasons and quarters in their level 2 numbers). */
export interface ParsedDate {
  readonly value: string;
  readonly precision: "day" | "month" | "year" | "decade" | "century" | "interval";
  /** A full timestamp with a clock: when a system took the item in, never when it was published. */
  readonly system: boolean;
}

const DATES: Memory = { entries: 5_000, longest: 40 };
const MAX_LENGTH = 200;

/** What opens and closes a date without belonging to it: white space and the full stop and comma of ISBD. */
const FRAME = /^[\s,;:]+|[\s.,;:]+$/g;
/** "Hà Nội, ngày 23/5/2022": the place of signing. */
const PLACE = /^[^\d,]{1,40},\s*(?=ngày|tháng|năm|\d)/;
const LONE_YEAR = /(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)/g;

/** Reads a date as it is written in metadata, or `null` where none can be read (`mappings/README.md`, "Dates"). */
export function parseDate(raw: string): ParsedDate | null {
  const { value, precision } = readDate(raw);
  if (value === null || precision === "none") return null;
  return { value, precision: PRECISION[precision], system: precision === "system" };
}

const PRECISION: Readonly<Record<Exclude<Precision, "none">, ParsedDate["precision"]>> = {
  system: "day",
  day: "day",
  month: "month",
  year: "year",
  decade: "decade",
  century: "century",
  range: "interval",
  quarter: "interval",
  season: "interval",
};

/** Reads a date and says how: the finer precision of the table of date forms, and flags for what was assumed. */
export const readDate: (raw: string) => DateReading = remembered(readingOf, DATES);

function readingOf(raw: string): DateReading {
  if (raw.length > MAX_LENGTH) return { ...NO_DATE, flags: ["unparsed"] };
  const text = raw.normalize("NFC").toLowerCase().replace(FRAME, "").replace(/\s+/g, " ");
  const plain = text.replace(PLACE, "");
  for (const [form, read] of DATE_FORMS) {
    const match = form.exec(plain);
    const reading = match === null ? null : read(match);
    if (reading !== null) return reading;
  }
  return extracted(text);
}

/** The only plausible year in a phrase ("Luận văn 2014"); where there are several, none is taken. */
function extracted(text: string): DateReading {
  const years = [...text.matchAll(LONE_YEAR)].map((match) => match[0]);
  const [only] = years;
  if (only === undefined || years.length > 1) return { ...NO_DATE, flags: ["unparsed"] };
  return { value: only, precision: "year", flags: ["extracted"] };
}
