import { foldKey } from "../vietnamese/fold.ts";
import { type Memory, remembered } from "./remembered.ts";

/** A vocabulary in which phrases are looked up as librarians write them. */
export interface LookupTable<Row> {
  /** By exact phrase, then by folded key; `null` = not in the table. */
  find(phrase: string): Row | null;
}

/** The same few hundred phrases come back in every record; beyond that the source is writing prose into the field. */
const PHRASES: Memory = { entries: 2_000, longest: 200 };

/** Makes a table of rows. Where two rows share a phrase or a key, the first one counts. */
export function lookupTable<Row extends { readonly phrase: string; readonly key: string }>(
  rows: readonly Row[],
): LookupTable<Row> {
  const byPhrase = new Map<string, Row>();
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    if (!byPhrase.has(row.phrase)) byPhrase.set(row.phrase, row);
    if (row.key !== "" && !byKey.has(row.key)) byKey.set(row.key, row);
  }
  const findFolded = remembered((phrase) => byKey.get(foldKey(phrase)) ?? null, PHRASES);
  return {
    find: (phrase) => byPhrase.get(phrase) ?? (phrase.length > PHRASES.longest ? null : findFolded(phrase)),
  };
}
