import { foldKey } from "../vietnamese/fold.ts";

/** A vocabulary in which phrases are looked up as librarians write them. */
export interface LookupTable<Row> {
  /** By exact phrase, then by folded key; `null` = not in the table. */
  find(phrase: string): Row | null;
}

/** The same few hundred phrases come back in every record; beyond that the source is writing prose into the field. */
const MAX_REMEMBERED = 2_000;
const MAX_PHRASE_LENGTH = 200;

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
  const remembered = new Map<string, Row | null>();
  return {
    find(phrase) {
      const exact = byPhrase.get(phrase);
      if (exact !== undefined) return exact;
      if (phrase.length > MAX_PHRASE_LENGTH) return null;
      const known = remembered.get(phrase);
      if (known !== undefined) return known;
      const row = byKey.get(foldKey(phrase)) ?? null;
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(phrase, row);
      return row;
    },
  };
}
