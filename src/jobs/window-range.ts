import { endOf, formatDatestamp, type Granularity, parseLenientDatestamp } from "../oai/datestamp.ts";

/** What a window asks for, both ends included; `null`: open on that side. */
export interface WindowRange {
  readonly from: string | null;
  readonly until: string | null;
}

/** What is known of a repository's time: where its records begin, and its clock now. */
export interface RepositoryTime {
  readonly earliest: string | null;
  readonly now: string | null;
  readonly granularity: Granularity;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** OAI-PMH is of 2001, but records may carry the dates of what they describe. */
const BEGINNING_MS = Date.UTC(1970, 0, 1);

/**
 * Cuts a window into two by date, the newer part first; `null` where it covers a day or less. Together they cover what
 * the window covered, no second more or less.
 */
export function divideRange(range: WindowRange, time: RepositoryTime): readonly [WindowRange, WindowRange] | null {
  const start = momentOf(range.from) ?? momentOf(time.earliest) ?? BEGINNING_MS;
  const end = lastMomentOf(range.until) ?? lastMomentOf(time.now) ?? start;
  if (end - start <= DAY_MS) return null;
  return cutAfter(range, new Date(start + Math.floor((end - start) / 2)), time.granularity);
}

/** Cuts a window in two behind a datestamp, the newer part first; `null` where the datestamp is none or not inside. */
export function divideRangeAt(
  range: WindowRange,
  datestamp: string,
  granularity: Granularity,
): readonly [WindowRange, WindowRange] | null {
  const moment = momentOf(datestamp);
  const inside = moment !== null && moment >= (momentOf(range.from) ?? -Infinity);
  if (!inside || moment >= (lastMomentOf(range.until) ?? Infinity)) return null;
  return cutAfter(range, new Date(moment), granularity);
}

function cutAfter({ from, until }: WindowRange, last: Date, granularity: Granularity): [WindowRange, WindowRange] {
  const step = granularity === "day" ? DAY_MS : 1000;
  const next = new Date(last.getTime() + step);
  return [
    { from: formatDatestamp(next, granularity), until },
    { from, until: formatDatestamp(last, granularity) },
  ];
}

/** Repositories compare dates in their own time zone, and some of them only the day. */
const SLACK_MS = 2 * DAY_MS;

/** Whether a datestamp is so far from what a window asks for that the repository cannot have looked at the dates. */
export function isFarOutside({ from, until }: WindowRange, datestamp: string): boolean {
  const moment = momentOf(datestamp);
  if (moment === null) return false;
  const start = momentOf(from) ?? -Infinity;
  const end = lastMomentOf(until) ?? Infinity;
  return moment < start - SLACK_MS || moment > end + SLACK_MS;
}

/** The range from the beginning of the first to the end of the last. */
export function rangeOver(ranges: readonly WindowRange[]): WindowRange {
  const [first] = ranges.toSorted((a, b) => (momentOf(a.from) ?? -Infinity) - (momentOf(b.from) ?? -Infinity));
  const [last] = ranges.toSorted((a, b) => (lastMomentOf(b.until) ?? Infinity) - (lastMomentOf(a.until) ?? Infinity));
  return { from: first?.from ?? null, until: last?.until ?? null };
}

/** The ranges between the first and the last window that no window covers: there must be none. */
export function findGaps(windows: readonly WindowRange[]): readonly WindowRange[] {
  const inOrder = windows.toSorted((a, b) => (momentOf(a.from) ?? -Infinity) - (momentOf(b.from) ?? -Infinity));
  const gaps: WindowRange[] = [];
  let covered: { readonly until: string | null; readonly moment: number } | null = null;
  for (const { from, until } of inOrder) {
    const begins = momentOf(from) ?? -Infinity;
    if (covered !== null && begins > covered.moment + 1000) gaps.push({ from: covered.until, until: from });
    const moment = lastMomentOf(until) ?? Infinity;
    if (covered === null || moment > covered.moment) covered = { until, moment };
  }
  return gaps;
}

function momentOf(text: string | null): number | null {
  return text === null ? null : (parseLenientDatestamp(text)?.instant.getTime() ?? null);
}

function lastMomentOf(text: string | null): number | null {
  const datestamp = text === null ? undefined : parseLenientDatestamp(text);
  return datestamp === undefined ? null : endOf(datestamp).getTime();
}
