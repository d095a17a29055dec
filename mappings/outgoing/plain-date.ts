/** What W3CDTF knows of EDTF: a year, a month, a day; seasons and quarters (21 and up) are no months. */
const W3CDTF = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?/;
const UNSPECIFIED = /^\d{1,3}X{1,3}(?![\dX])/;

/**
 * An EDTF date for formats that know plain dates alone (YYYY, YYYY-MM, YYYY-MM-DD): of an interval its beginning, of a decade or a
 * century its first year, of a season its year, without marks of doubt. `null` for what has no year of four digits.
 */
export function plainDate(edtf: string): string | null {
  const unspecified = UNSPECIFIED.exec(edtf)?.[0];
  if (unspecified?.length === 4) return unspecified.replaceAll("X", "0");
  const [date = ""] = W3CDTF.exec(edtf) ?? [];
  return date === "" ? null : existing(date);
}

/** 2019-02-30 is February 2019. */
function existing(date: string): string {
  if (date.length < 10) return date;
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? date : date.slice(0, 7);
}
