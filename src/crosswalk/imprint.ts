import { foldKey } from "../vietnamese/fold.ts";
import { type LookupTable, lookupTable } from "./lookup.ts";

/** A row of `places.tsv`; both names are empty where the form says that there is no place. */
export interface PlaceRow {
  readonly form: string;
  readonly name: string;
  readonly province_code_2025: string;
}

/** A row of `publishers.tsv`; the name is empty where the form says that there is no publisher. */
export interface PublisherRow {
  readonly form_after_stripping_prefix: string;
  readonly key: string;
  readonly name: string;
}

/** A place of publication by its full name, with its province since 2025; no name where the imprint says that there is none. */
export interface Place {
  readonly name: string | null;
  readonly province: string | null;
}

/** A publisher by its full name; no name where the imprint says that there is none. */
export interface Publisher {
  readonly name: string | null;
}

/** Reads what imprints abbreviate ("H.", "Nxb. CTQG"); `null` where it is in no table. For keys and facets: records keep it as found. */
export interface Imprints {
  place(text: string): Place | null;
  publisher(text: string): Publisher | null;
}

const PUBLISHING_HOUSE = /^(?:nhà xuất bản|nhà xb|n\.? ?x\.? ?b\.?)[\s:]*(?=\p{L})/iu;
const FRAME = /^[\s,:;]+|[\s,:;]+$/g;

/** Makes the readers of the rows of the two tables. */
export function imprintReader(places: readonly PlaceRow[], publishers: readonly PublisherRow[]): Imprints {
  const placeTable = lookupTable(places.map((row) => ({ ...row, phrase: row.form, key: foldKey(row.form) })));
  const publisherTable: LookupTable<PublisherRow> = lookupTable(
    publishers.map((row) => ({ ...row, phrase: row.form_after_stripping_prefix })),
  );
  return {
    place(text) {
      const row = placeTable.find(text.replace(FRAME, ""));
      if (row === null) return null;
      return { name: orNull(row.name), province: orNull(row.province_code_2025) };
    },
    publisher(text) {
      const row = publisherTable.find(text.replace(FRAME, "").replace(PUBLISHING_HOUSE, ""));
      return row === null ? null : { name: orNull(row.name) };
    },
  };
}

function orNull(cell: string): string | null {
  return cell === "" ? null : cell;
}
