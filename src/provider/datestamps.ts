import { type Datestamp, endOf, formatDatestamp, parseDatestamp, parseLenientDatestamp } from "../oai/datestamp.ts";
import { OaiError } from "../oai/errors.ts";

/** The range that `from` and `until` ask for, to the second and inclusive; `null`: open. */
export interface DateRange {
  readonly from: Date | null;
  readonly until: Date | null;
}

/** XML Schema 1.0 knows no year 0 (part 2 §3.2.7), so that no answer of ours could repeat it. */
const WRITABLE_YEAR = /^(?!0000)\d{4}-/;

/** Certainly a moment: every month has 28 days. Nearly all datestamps of others are of this form. */
const PLAIN_SECOND = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/**
 * Reads `from` and `until` (OAI-PMH 2.0 §3.3, §4.5). Throws `OaiError` `badArgument` where one cannot be read, where
 * they differ in granularity and where the range ends before it begins.
 */
export function readDateRange(from: string | null, until: string | null): DateRange {
  const first = from === null ? null : readArgument("from", from);
  const last = until === null ? null : readArgument("until", until);
  if (first !== null && last !== null) {
    if (first.granularity !== last.granularity)
      throw new OaiError("badArgument", "from and until must have the same granularity");
    if (first.instant > last.instant) throw new OaiError("badArgument", "from must not be later than until");
  }
  return { from: first?.instant ?? null, until: last === null ? null : endOf(last) };
}

function readArgument(name: string, text: string): Datestamp {
  const datestamp = WRITABLE_YEAR.test(text) ? parseDatestamp(text) : undefined;
  if (datestamp === undefined)
    throw new OaiError("badArgument", `${name} must be a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ`);
  return datestamp;
}

/** Another repository's datestamp as the schema allows it, or `null` where no moment can be read in it. */
export function normalDatestamp(text: string): string | null {
  if (PLAIN_SECOND.test(text)) return text;
  if (WRITABLE_YEAR.test(text) && parseDatestamp(text) !== undefined) return text;
  const datestamp = parseLenientDatestamp(text);
  if (datestamp === undefined) return null;
  const written = formatDatestamp(datestamp.instant, datestamp.granularity);
  return WRITABLE_YEAR.test(written) ? written : null;
}
