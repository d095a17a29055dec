import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type ParsedDate, parseDate } from "../../../src/crosswalk/dates.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { DATE_TYPES } from "../../../src/record/vocabulary.ts";
import { type DcValue, type DublinCore, distinct } from "./dublin-core.ts";

export type Issued = NonNullable<CommonRecord["issued"]>;
type OtherDate = CommonRecord["dates"][number];

/** A dc:date that could be read. */
export interface ReadDate {
  readonly value: DcValue;
  readonly date: ParsedDate;
}

const EMBARGO = /^info:eu-repo\/date\/embargoEnd\//i;
/** "info:eu-repo/date/publication/2015" (OpenAIRE v3 §4.2). */
const EU_REPO = /^info:eu-repo\/date\/\w+\//i;
/** What stands in for a date of publication that nobody stated, the best first. */
const INSTEAD_OF_ISSUED = ["copyrighted", "created"];

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
 * The date of publication: the one that is called so. Where none is, the earliest date without a clock of those that nothing
 * is said about, but of several in the same year the most exact one: its position says nothing, a timestamp was written by a
 * system. At last the year of copyright or creation.
 */
export function issued(dc: DublinCore, note: Note): Mapped<Issued> | null {
  remarkDates(dc, note);
  const dates = dc.kept(readDates);
  const stated = dates.find(({ value }) => value.refinement === "issued");
  if (stated !== undefined) return issuedOf(stated);
  const written = dates.filter(({ date, value }) => !date.system && value.refinement === null);
  const years = new Set(written.map(({ date }) => yearOf(date)));
  if (years.size > 1)
    note("several-dates", { severity: "info", value: written.map(({ value }) => value.text).join("; ") });
  const best = written.reduce<ReadDate | null>(
    (best, next) => (best === null || isBetter(next, best) ? next : best),
    null,
  );
  const instead = INSTEAD_OF_ISSUED.flatMap((type) => dates.filter(({ value }) => value.refinement === type));
  const chosen = best ?? instead[0] ?? null;
  return chosen === null ? null : issuedOf(chosen);
}

export function issuedOf({ value, date }: ReadDate): Mapped<Issued> {
  return mapped({ value: date.value, raw: value.text, precision: date.precision }, value.node);
}

/** The dates that a qualified format calls something else than the date of publication, each once. */
export function statedDates(dc: DublinCore): readonly Mapped<OtherDate>[] {
  const all = dc.kept(readDates).flatMap(({ value, date }): Mapped<OtherDate>[] => {
    const type = DATE_TYPES.find((candidate) => candidate === value.refinement);
    return type === undefined ? [] : [mapped({ type, value: date.value, raw: value.text }, value.node)];
  });
  return distinct(all, ({ value }) => `${value.type} ${value.value}`);
}

/** Remarks on what could not be read and on timestamps that were not taken for a date of publication. */
export function remarkDates(
  dc: DublinCore,
  note: Note,
  systemCode: "system-timestamp" | null = "system-timestamp",
): void {
  const dates = dc.kept(readDates);
  const readable = new Set(dates.map(({ value }) => value));
  for (const value of dc.kept(dateValues)) {
    if (!readable.has(value)) note("unreadable-date", { node: value.node, value: value.text });
  }
  if (systemCode === null) return;
  const system = dates.filter(({ date, value }) => date.system && value.refinement === null);
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
