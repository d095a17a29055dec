/** Datestamps as OAI-PMH writes them: UTC, to the day or to the second, and nothing in between (OAI-PMH 2.0 §3.3). */
export type Granularity = "day" | "second";

/** A moment and the precision it was written in. The two travel together: "2024-05-01" is not midnight. */
export interface Datestamp {
  readonly instant: Date;
  readonly granularity: Granularity;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const SECOND = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/;

/**
 * Reads a datestamp exactly as the protocol allows it; `undefined` for everything else, days that no calendar has
 * ("2002-02-30") included.
 */
export function parseDatestamp(text: string): Datestamp | undefined {
  const granularity: Granularity = DAY.test(text) ? "day" : "second";
  if (granularity === "second" && !SECOND.test(text)) return undefined;
  const instant = new Date(granularity === "day" ? `${text}T00:00:00Z` : text);
  // Date rolls "2002-02-30" over into March; only a date that comes back unchanged exists.
  if (Number.isNaN(instant.getTime()) || formatDatestamp(instant, granularity) !== text) return undefined;
  return { instant, granularity };
}

/**
 * Reads what repositories really send: fractions of a second, offsets, local time without a zone (taken as UTC), a bare
 * month or year. `undefined` when no moment can be read. The caller remarks on whatever `parseDatestamp` refuses.
 */
export function parseLenientDatestamp(text: string): Datestamp | undefined {
  const trimmed = text.trim();
  const strict = parseDatestamp(trimmed);
  if (strict !== undefined) return strict;
  const match =
    /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      trimmed,
    );
  if (match === null) return undefined;
  const [, year, month = "01", day = "01", clock, seconds = ":00", zone = "Z"] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const instant = new Date(
    `${year}-${month}-${day}T${clock ?? "00:00"}${clock === undefined ? ":00" : seconds}${clock === undefined ? "Z" : offset}`,
  );
  if (Number.isNaN(instant.getTime())) return undefined;
  return { instant, granularity: clock === undefined ? "day" : "second" };
}

/** Writes a moment in the given granularity; what is finer is cut off, never rounded. */
export function formatDatestamp(instant: Date, granularity: Granularity): string {
  const iso = instant.toISOString();
  return granularity === "day" ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`;
}

/** The last second that a datestamp covers: `until=2024-05-01` includes the whole day (OAI-PMH 2.0 §3.3.1). */
export function endOf(datestamp: Datestamp): Date {
  const dayMs = 24 * 60 * 60 * 1000;
  return datestamp.granularity === "second" ? datestamp.instant : new Date(datestamp.instant.getTime() + dayMs - 1000);
}

/** The text that Identify gives for a granularity (OAI-PMH 2.0 §4.2). */
export const GRANULARITY_TEXT: Readonly<Record<Granularity, string>> = {
  day: "YYYY-MM-DD",
  second: "YYYY-MM-DDThh:mm:ssZ",
};
