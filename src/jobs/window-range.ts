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
  const middle = start + Math.floor((end - start) / 2);
  const step = time.granularity === "day" ? DAY_MS : 1000;
  const until = formatDatestamp(new Date(middle), time.granularity);
  const next = formatDatestamp(new Date(middle + step), time.granularity);
  return [
    { from: next, until: range.until },
    { from: range.from, until },
  ];
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
