import { RECORD_FIELDS } from "../record/common-record.ts";
import type { Crosswalk, IncomingCrosswalk, Note } from "./crosswalk.ts";
import type { Source, SourceNode } from "./source.ts";

/** A record that stands in another one or comes in a dialect: opened, with the crosswalk that reads it. */
export class CarriedSource implements Source {
  readonly crosswalk: IncomingCrosswalk;
  readonly source: Source;

  constructor(crosswalk: IncomingCrosswalk, source: Source) {
    this.crosswalk = crosswalk;
    this.source = source;
  }

  unread(): readonly SourceNode[] {
    return this.source.unread();
  }
}

/** Joins a source to the crosswalk that reads it: whoever holds the two together need not know their type. */
export function carriedSource<From extends Source>(crosswalk: IncomingCrosswalk<From>, source: From): CarriedSource {
  return new CarriedSource(crosswalk as unknown as IncomingCrosswalk, source);
}

/** Hands every field on to the crosswalk that reads what is carried. */
export const carriedFields: Crosswalk<CarriedSource> = Object.fromEntries(
  RECORD_FIELDS.map((field) => [
    field,
    (carried: CarriedSource, note: Note) => carried.crosswalk.fields[field](carried.source, note),
  ]),
  // every field is there, and each has the type of its own name
) as unknown as Crosswalk<CarriedSource>;
