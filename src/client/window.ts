import { formatDatestamp, type Granularity, parseLenientDatestamp } from "../oai/datestamp.ts";

/** Clocks of web servers and databases behind them disagree by seconds; two minutes are cheap, a lost record is not. */
const OVERLAP_MS = 2 * 60 * 1000;
const GRANULE_MS: Readonly<Record<Granularity, number>> = { day: 24 * 60 * 60 * 1000, second: 1000 };

/**
 * The `from` of an incremental harvest: the repository's own clock at the start of the last complete run, less its
 * granularity and an overlap, written in its granularity. `null` (everything) where there is no cursor that can be read.
 */
export function fromOfCursor(harvestedUntil: string | null, granularity: Granularity): string | null {
  const cursor = harvestedUntil === null ? undefined : parseLenientDatestamp(harvestedUntil);
  if (cursor === undefined) return null;
  return formatDatestamp(new Date(cursor.instant.getTime() - GRANULE_MS[granularity] - OVERLAP_MS), granularity);
}
