import { type Datestamp, endOf, parseDatestamp } from "../oai/datestamp.ts";
import { excerptOf, Problem } from "./problem.ts";

/** A range of datestamps, both ends inclusive; `null`: open. */
export interface DateRange {
  readonly from: Date | null;
  readonly until: Date | null;
}

/** The feed knows no year 0 either (`src/provider/datestamps.ts`). */
const YEAR_ZERO = /^0000-/;

/** Reads `from` and `until` as the feed does (OAI-PMH 2.0 §3.3, §4.5). Throws `Problem` `bad-date`. */
export function readRange(from: string | undefined, until: string | undefined): DateRange {
  const first = from === undefined ? null : readDate("from", from);
  const last = until === undefined ? null : readDate("until", until);
  if (first !== null && last !== null) {
    if (first.granularity !== last.granularity)
      throw new Problem("bad-date", `"from" and "until" must both be days or both be seconds: ${from}, ${until}`);
    if (first.instant > last.instant)
      throw new Problem("bad-date", `"from" must not be later than "until": ${from} is later than ${until}`);
  }
  return { from: first?.instant ?? null, until: last === null ? null : endOf(last) };
}

/** Reads one datestamp. Throws `Problem` `bad-date`. */
export function readDate(name: string, given: string): Datestamp {
  const datestamp = YEAR_ZERO.test(given) ? undefined : parseDatestamp(given);
  if (datestamp !== undefined) return datestamp;
  throw new Problem(
    "bad-date",
    `"${name}" was "${excerptOf(given)}": give a date as 2026-05-01 or 2026-05-01T00:00:00Z, in UTC`,
  );
}
