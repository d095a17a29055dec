import type { IncomingCrosswalk, Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { dublinCoreFields, oaiDc } from "../oai-dc/crosswalk.ts";
import { type Issued, issuedOf, type ReadDate, readDates, remarkDates } from "../oai-dc/dates.ts";
import { type DublinCore, distinct } from "../oai-dc/dublin-core.ts";

/** Unqualified Dublin Core as DSpace flattens it out of its qualified fields. */
export const dspaceOaiDc: IncomingCrosswalk<DublinCore> = {
  ...oaiDc,
  id: "dspace-oai-dc",
  version: 2,
  fields: { ...dublinCoreFields, issued, dates },
};

/** dc.date.issued is the first date that the system did not write. */
function issued(dc: DublinCore, note: Note): Mapped<Issued> | null {
  remarkDates(dc, note, null);
  const system = dc.kept(systemDates);
  const first = dc.kept(readDates).find((date) => !system.has(date));
  return first === undefined ? null : issuedOf(first);
}

/** When the item came in and when it could be read; DSpace flattens both to the same element, mostly with the same moment. */
function dates(dc: DublinCore): readonly Mapped<CommonRecord["dates"][number]>[] {
  return distinct([...dc.kept(systemDates)], ({ date }) => date.value).map(({ value, date }) =>
    mapped({ type: "available", value: date.value, raw: value.text }, value.node),
  );
}

/**
 * dc.date.accessioned and .available: timestamps, or, where a site cuts them to the day, the day that stands there twice
 * beside another one.
 */
function systemDates(dc: DublinCore): ReadonlySet<ReadDate> {
  const all = dc.kept(readDates);
  const timestamps = all.filter(({ date }) => date.system);
  if (timestamps.length > 0) return new Set(timestamps);
  const [first, second] = all;
  const isPair = first !== undefined && first.date.precision === "day" && first.date.value === second?.date.value;
  const alone = all.every(({ date }) => date.value === first?.date.value);
  return new Set(isPair && !alone ? all.slice(0, 2) : []);
}
