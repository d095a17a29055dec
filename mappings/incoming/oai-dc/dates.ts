import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type ParsedDate, parseDate } from "../../../src/crosswalk/dates.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type DcValue, type DublinCore, distinct } from "./dublin-core.ts";

export type Issued = NonNullable<CommonRecord["issued"]>;

/** A dc:date that could be read. */
export interface ReadDate {
  readonly value: DcValue;
  readonly date: ParsedDate;
}

const EMBARGO = /^info:eu-repo\/date\/embargoEnd\//i;
/** "info:eu-repo/date/publication/2015" (OpenAIRE v3 §4.2). */
const EU_REPO = /^info:eu-repo\/date\/\w+\//i;

/** The values of dc:date but those that end an embargo. */
export function dateValues(dc: DublinCore): readonly DcValue[] {
  return dc.values("date").filter(({ text }) => text !== "" && !EMBARGO.test(text));
}

/** The dates that can be read, in document order. */
export function readDates(dc: DublinCore): readonly ReadDate[] {
  return dc.kept(dateValues).flatMap((value) => {
    const date = parseDate(value.text.replace(EU_REPO, ""));
    return date === null ? [] : [{ value, date }];
  });
}

/**
 * The date of publication: the earliest date without a clock, but of several in the same year the most exact one. Its
 * position says nothing; a timestamp was written by a system.
 */
export function issued(dc: DublinCore, note: Note): Mapped<Issued> | null {
  remarkDates(dc, note);
  const written = dc.kept(readDates).filter(({ date }) => !date.system);
  const years = new Set(written.map(({ date }) => yearOf(date)));
  if (years.size > 1)
    note("several-dates", { severity: "info", value: written.map(({ value }) => value.text).join("; ") });
  const first = written.reduce<ReadDate | null>(
    (best, next) => (best === null || isBetter(next, best) ? next : best),
    null,
  );
  return first === null ? null : issuedOf(first);
}

export function issuedOf({ value, date }: ReadDate): Mapped<Issued> {
  return mapped({ value: date.value, raw: value.text, precision: date.precision }, value.node);
}

/** Remarks on what could not be read and on timestamps that were not taken for a date of publication. */
export function remarkDates(dc: DublinCore, note: Note, systemCode: string | null = "system-timestamp"): void {
  const dates = dc.kept(readDates);
  const readable = new Set(dates.map(({ value }) => value));
  for (const value of dc.kept(dateValues)) {
    if (!readable.has(value)) note("unreadable-date", { node: value.node, value: value.text });
  }
  const system = dates.filter(({ date }) => date.system);
  if (systemCode === null) return;
  for (const { value } of distinct(system, ({ date }) => date.value)) {
    note(systemCode, { severity: "info", node: value.node, value: value.text });
  }
}

function isBetter(next: ReadDate, best: ReadDate): boolean {
  if (yearOf(next.date) !== yearOf(best.date)) return yearOf(next.date) < yearOf(best.date);
  const [a, b] = [next.date.value, best.date.value];
  return a.length === b.length ? a < b : a.length > b.length;
}

function yearOf(date: ParsedDate): string {
  return date.value.slice(0, 4);
}
