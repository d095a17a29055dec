import { type Granularity, parseLenientDatestamp } from "../oai/datestamp.ts";
import type { Header } from "../oai/types.ts";

/** A record that a list brought, with its datestamp in the ways it can be asked for. */
export interface KnownRecord {
  readonly header: Header;
  readonly instant: Date;
  readonly granularity: Granularity;
  /** `2024-05-01`, in UTC. */
  readonly day: string;
  /** `2024-05-01T10:15:00Z`. */
  readonly second: string;
}

/**
 * The record to ask for again: a live one of the day with the fewest records, since after a mass import a day has more
 * than one page. `null` where no datestamp can be read.
 */
export function chooseKnown(headers: readonly Header[]): KnownRecord | null {
  const readable = headers.map(knownOf).filter((known) => known !== null);
  const live = readable.filter(({ header }) => !header.deleted);
  const candidates = live.length > 0 ? live : readable;
  const perDay = new Map<string, number>();
  for (const { day } of readable) perDay.set(day, (perDay.get(day) ?? 0) + 1);
  const crowd = ({ day }: KnownRecord) => perDay.get(day) ?? 0;
  return candidates.reduce<KnownRecord | null>(
    (best, known) => (best === null || crowd(known) < crowd(best) ? known : best),
    null,
  );
}

function knownOf(header: Header): KnownRecord | null {
  const datestamp = parseLenientDatestamp(header.datestamp);
  if (datestamp === undefined) return null;
  const iso = datestamp.instant.toISOString();
  return { header, ...datestamp, day: iso.slice(0, 10), second: `${iso.slice(0, 19)}Z` };
}
