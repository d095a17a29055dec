/** From one year to another, both included; open ends are infinite. */
export interface Years {
  readonly first: number;
  readonly last: number;
}

const RANGE = /^(\d{4})?(?:(\.\.)(\d{4})?)?$/;

/** Reads "2019", "2015..", "..1975" or "2015..2020"; `null` where it is none of these, or goes backwards. */
export function readYears(text: string): Years | null {
  const [, from, dots, to] = RANGE.exec(text) ?? [];
  if (from === undefined && to === undefined) return null;
  const first = from === undefined ? Number.NEGATIVE_INFINITY : Number(from);
  const last = to !== undefined ? Number(to) : dots === undefined ? first : Number.POSITIVE_INFINITY;
  return first <= last ? { first, last } : null;
}

/**
 * The years that a date in EDTF may mean: "198X" is 1980 to 1989, an interval without an end goes on. `null` for what has no
 * year of four digits.
 */
export function yearsOfDate(edtf: string): Years | null {
  const [begin = "", end = begin] = edtf.split("/");
  const [earliest, latest] = [yearsOfPart(begin), yearsOfPart(end)];
  if (earliest === null && latest === null) return null;
  const isOpen = (part: string) => part === ".." || part === "";
  if ((earliest === null && !isOpen(begin)) || (latest === null && !isOpen(end))) return null;
  return { first: earliest?.first ?? Number.NEGATIVE_INFINITY, last: latest?.last ?? Number.POSITIVE_INFINITY };
}

function yearsOfPart(date: string): Years | null {
  const year = /^\d{1,4}X{0,3}/.exec(date)?.[0];
  if (year?.length !== 4) return null;
  return { first: Number(year.replaceAll("X", "0")), last: Number(year.replaceAll("X", "9")) };
}
